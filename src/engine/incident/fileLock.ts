import { mkdir } from 'node:fs/promises';
import lockfile from 'proper-lockfile';
import { EngineError } from '../base/engineError.ts';

/** A holder that has not renewed its lock for this long is taken for dead, in milliseconds. */
const staleAfter = 10_000;

/**
 * Runs `work` while this process alone holds the folder. Between processes the lock is a directory
 * whose time its holder renews (proper-lockfile), so that the lock of a killed process expires.
 * @throws EngineError `store-locked` when another process held it for longer than some ten seconds,
 * `store-unwritable` when the folder cannot be made
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new EngineError(
      'store-unwritable',
      `The incident memory at ${folder} cannot be written.`,
      'Check the permissions of that folder and the free disk space.',
      error,
    );
  }
  let release: () => Promise<void>;
  try {
    release = await lockfile.lock(folder, {
      stale: staleAfter,
      // By default a lock that was taken over throws from a timer and ends the process. It happens
      // when a laptop sleeps in the middle of a write; the write is then finished without the lock,
      // which a single append or rename survives.
      onCompromised: () => undefined,
      retries: { retries: 60, minTimeout: 20, maxTimeout: 250, factor: 1.4 },
    });
  } catch (error) {
    throw new EngineError(
      'store-locked',
      'Another window is writing to the incident memory and did not finish.',
      'Try again; if it stays so, close other windows on this workspace.',
      error,
    );
  }
  try {
    return await work();
  } finally {
    // A lock that expired while its holder was suspended is already gone; the work itself is done.
    await release().catch(() => undefined);
  }
}
