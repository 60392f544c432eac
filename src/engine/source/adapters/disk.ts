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
 * Paths of which a call was given up and has not ended. Each takes one of the few threads that read
 * files for all of the process, the editor's extensions included: a path gets no second one.
 */
const unanswered = new Map<string, number>();

/** Whether calls are left that were given up: they keep a program alive that has nothing else to do. */
export function isDiskHanging(): boolean {
  return unanswered.size > 0;
}

/**
 * What `work` brings, unless it takes longer than `patience` milliseconds. A call of the system cannot
 * be cancelled: it goes on, and what it brings is dropped; until it ends, no other one is begun for the
 * path.
 * @throws EngineError `timed-out`
 */
export async function within<T>(
  path: string,
  patience: number,
  work: () => Promise<T>,
): Promise<T> {
  if (unanswered.has(path)) throw tooLate(path, patience);
  let timer: NodeJS.Timeout | undefined;
  const answer = work();
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(tooLate(path, patience));
      giveUp(path, answer);
    }, patience);
  });
  try {
    return await Promise.race([answer, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function giveUp(path: string, answer: Promise<unknown>): void {
  unanswered.set(path, (unanswered.get(path) ?? 0) + 1);
  const ended = (): void => {
    const others = (unanswered.get(path) ?? 1) - 1;
    if (others > 0) unanswered.set(path, others);
    else unanswered.delete(path);
  };
  answer.then(ended, ended);
}

function tooLate(path: string, patience: number): EngineError {
  return new EngineError(
    'timed-out',
    `${path} did not answer within ${(patience / 1000).toLocaleString('en')} s.`,
    'Its disk or network share may be down. Try again when it answers, or copy the file.',
  );
}
