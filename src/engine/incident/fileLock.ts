import { access, constants, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import lockfile from 'proper-lockfile';
import { EngineError } from '../base/engineError.ts';
import { unwritable } from './storeFailure.ts';

/** A holder that has not renewed its lock for this long is taken for dead, in milliseconds. */
const staleAfter = 10_000;
/** Together somewhat longer than a dead holder's lock lasts. */
const attempts = 60;
const firstPause = 20;
const longestPause = 250;

/**
 * Runs `work` while this process alone holds the folder. Between processes the lock is a directory
 * whose time its holder renews (proper-lockfile), so that the lock of a killed process expires.
 * @throws EngineError `store-locked` when another process held it for longer than some ten seconds,
 * `store-unwritable` when the folder cannot be made or locked
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const release = await lock(folder);
  try {
    return await work();
  } finally {
    // A lock that expired while its holder was suspended is already gone; the work itself is done.
    await release().catch(() => undefined);
  }
}

async function lock(folder: string): Promise<() => Promise<void>> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    // The lock itself lies beside the folder.
    await access(dirname(folder), constants.W_OK);
  } catch (error) {
    throw unwritable(folder, error);
  }
  let pause = firstPause;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await lockfile.lock(folder, {
        stale: staleAfter,
        // By default a lock that was taken over throws from a timer and ends the process. It happens
        // when a laptop sleeps in the middle of a write; the write is then finished without the lock,
        // which a single append or rename survives.
        onCompromised: () => undefined,
        // Its own retries also wait for what does not pass: a full or read-only disk.
        retries: 0,
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw unwritable(folder, error);
      if (attempt === attempts) {
        throw new EngineError(
          'store-locked',
          'Another window is writing to the incident memory and did not finish.',
          'Try again; if it stays so, close other windows on this workspace.',
          error,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
      pause = Math.min(longestPause, pause * 1.4);
    }
  }
}
