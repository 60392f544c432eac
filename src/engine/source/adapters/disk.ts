import type { BigIntStats } from 'node:fs';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import { EngineError } from '../../base/engineError.ts';

/** The calls that a dead network path never answers; handed in, so that a test can hang them. */
export interface Disk {
  /** Numbers of 64 bits: identities of files on Windows do not fit into 53. */
  stat(path: string): Promise<BigIntStats>;
  open(path: string): Promise<FileHandle>;
}

export const localDisk: Disk = {
  stat: (path) => stat(path, { bigint: true }),
  // Windows has no O_NONBLOCK: the undefined constant counts as 0 here.
  open: (path) => open(path, constants.O_RDONLY | constants.O_NONBLOCK),
};

/** Milliseconds that a disk may take for one answer. A spun-down disk needs some seconds. */
export const usualPatience = 10_000;

/**
 * The result of `work`, unless it takes longer than `patience` milliseconds. The call itself cannot be
 * cancelled: it goes on, and what it brings is dropped.
 * @throws EngineError `timed-out`
 */
export async function within<T>(path: string, patience: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new EngineError(
          'timed-out',
          `${path} did not answer within ${(patience / 1000).toLocaleString('en')} s.`,
          'Its disk or network share may be down. Try again when it answers, or copy the file.',
        ),
      );
    }, patience);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
