import { EngineError } from '../../base/engineError.ts';

/** What `stat` says a path is; number and bigint forms both fit. */
interface Kind {
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
}

/** @throws EngineError `not-a-file` for folders, pipes, devices and sockets */
export function requireFile(path: string, stats: Kind): void {
  if (stats.isFile()) return;
  const what = stats.isDirectory() ? 'a folder' : stats.isFIFO() ? 'a pipe' : 'a device or socket';
  throw new EngineError('not-a-file', `${path} is ${what}, not a file.`, 'Choose a log file.');
}

export function shrunk(path: string): EngineError {
  return new EngineError(
    'changed-while-reading',
    `${path} became shorter while it was read.`,
    'It was probably rotated or truncated. Open it again.',
  );
}

/** The system's code of a failure, such as `ENOENT`; empty where there is none. */
export function failureCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** A failure to read `path`, in words; an EngineError comes back as it is. */
export function asEngineError(path: string, error: unknown): EngineError {
  if (EngineError.is(error)) return error;
  const code = failureCode(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new EngineError('not-found', `${path} does not exist.`, 'Check the path.', error);
    case 'EACCES':
    case 'EPERM':
      return new EngineError(
        'no-permission',
        `${path} may not be read by this user.`,
        'Ask for read permission, or copy the file.',
        error,
      );
    case 'ELOOP':
      return new EngineError(
        'unreadable',
        `${path} could not be read: it is a link that leads to itself.`,
        'Open the file it was meant for.',
        error,
      );
    case 'EISDIR':
      return new EngineError('not-a-file', `${path} is a folder.`, 'Choose a log file.', error);
    default:
      return new EngineError(
        'unreadable',
        `${path} could not be read${code === '' ? '' : ` (${code})`}.`,
        'Try again.',
        error,
      );
  }
}
