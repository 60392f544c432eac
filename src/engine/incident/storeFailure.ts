import { EngineError } from '../base/engineError.ts';

/** What the system says and what a person can do about it; by its error code. */
const remedies: Readonly<Record<string, readonly [what: string, advice: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space and try again; what was saved before is kept.'],
  EDQUOT: [
    'the disk quota is used up',
    'Free some space and try again; what was saved before is kept.',
  ],
  EFBIG: [
    'the file may not grow any more',
    'Free some space or raise the limit, then try again; what was saved before is kept.',
  ],
  EROFS: [
    'the disk is read-only',
    'Past incidents are still found. To save new ones, make the disk writable.',
  ],
  EACCES: [
    'there is no permission to write there',
    'Past incidents are still found. To save new ones, allow writing to that folder.',
  ],
  EPERM: [
    'there is no permission to write there',
    'Past incidents are still found. To save new ones, allow writing to that folder.',
  ],
};

/** A write to the memory that failed, in words. Nothing that was acknowledged is lost by it. */
export function unwritable(path: string, error: unknown): EngineError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const [what, advice] = remedies[code] ?? [
    '',
    'Check the permissions of that folder and the free disk space, then try again.',
  ];
  return new EngineError(
    'store-unwritable',
    `The incident memory at ${path} cannot be written${what === '' ? '' : `: ${what}`}.`,
    advice,
    error,
  );
}

/** A file of the memory that is there and cannot be read. */
export function unreadable(path: string, error: unknown): EngineError {
  return new EngineError(
    'store-unwritable',
    `The incident memory at ${path} cannot be read.`,
    'Check the permissions of that file.',
    error,
  );
}
