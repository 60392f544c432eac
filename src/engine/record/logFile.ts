import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { throwIfAborted } from '../base/abort.ts';
import { EngineError } from '../base/engineError.ts';
import { decodeLog } from './decodeLog.ts';
import type { LogText } from './logText.ts';

/** Offsets are 32 bits wide and a log is held in memory: 2 GiB of text is the limit. */
const largestLog = 2 ** 31;

const chunkSize = 4 << 20;

/** Room behind a file's bytes for what is appended to it, beside a share of its size. */
const smallRoom = 65_536;

/** The first `size` bytes are the text; behind them is room for more. */
interface RoomyBytes {
  readonly buffer: Uint8Array;
  readonly size: number;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Share of the file's bytes read, 0..1. */
  readonly onProgress?: (share: number) => void;
  /** Bound on the text's size in bytes, for archives as well; `largestLog` when absent. */
  readonly maxBytes?: number;
}

/**
 * Reads a log file as it stands when it is opened; what is appended meanwhile is left for
 * `readLogTail`. Gzip is recognised by its first bytes.
 * @throws EngineError `aborted`, `not-found`, `no-permission`, `not-a-file`, `too-large`,
 * `truncated-archive`, `changed-while-reading`, `unreadable`
 */
export async function readLogFile(path: string, options: ReadOptions = {}): Promise<LogText> {
  const limit = options.maxBytes ?? largestLog;
  return withFile(path, async (file, stats) => {
    const magic = new Uint8Array(2);
    const { bytesRead } = await file.read(magic, 0, 2, 0);
    const zipped = bytesRead === 2 && magic[0] === 0x1f && magic[1] === 0x8b;
    const { buffer, size } = zipped
      ? await readArchive(path, file, stats.size, limit, options)
      : await readPlain(path, file, stats.size, limit, options);
    return decodeLog(path, buffer, size);
  });
}

/**
 * The bytes of a file from `fromByte` on: what was appended since (`rawLength` of the log read
 * before). Only for plain files; an archive does not grow.
 * @throws EngineError as `readLogFile`; `changed-while-reading` when the file is shorter than `fromByte`
 */
export async function readLogTail(path: string, fromByte: number): Promise<Uint8Array> {
  return withFile(path, async (file, stats) => {
    if (stats.size < fromByte) throw shrunk(path);
    if (stats.size - fromByte > largestLog) throw tooLarge(path, largestLog);
    const bytes = new Uint8Array(stats.size - fromByte);
    await fill(path, file, bytes, fromByte, {});
    return bytes;
  });
}

async function withFile<T>(
  path: string,
  use: (file: FileHandle, stats: Stats) => Promise<T>,
): Promise<T> {
  let file: FileHandle | null = null;
  try {
    // Asking before opening: opening a device can have effects, a pipe without a writer waits.
    requireFile(path, await stat(path));
    // Windows has no O_NONBLOCK: the undefined constant counts as 0 here.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await file.stat();
    requireFile(path, stats);
    return await use(file, stats);
  } catch (error) {
    throw asEngineError(path, error);
  } finally {
    await file?.close();
  }
}

function requireFile(path: string, stats: Stats): void {
  if (stats.isFile()) return;
  const what = stats.isDirectory() ? 'a folder' : stats.isFIFO() ? 'a pipe' : 'a device or socket';
  throw new EngineError('not-a-file', `${path} is ${what}, not a file.`, 'Choose a log file.');
}

async function readPlain(
  path: string,
  file: FileHandle,
  size: number,
  limit: number,
  options: ReadOptions,
): Promise<RoomyBytes> {
  if (size > limit) throw tooLarge(path, limit);
  // Files of /proc say that they are empty, and are not.
  if (size === 0) return readUnsized(path, file, limit, options);
  // Pages of the room that nothing is written to take no memory.
  const buffer = new Uint8Array(size + Math.ceil(size / 8) + smallRoom);
  await fill(path, file, buffer.subarray(0, size), 0, options);
  return { buffer, size };
}

async function fill(
  path: string,
  file: FileHandle,
  bytes: Uint8Array,
  fromByte: number,
  { signal, onProgress }: ReadOptions,
): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    throwIfAborted(signal);
    const length = Math.min(chunkSize, bytes.length - done);
    const { bytesRead } = await file.read(bytes, done, length, fromByte + done);
    if (bytesRead === 0) throw shrunk(path);
    done += bytesRead;
    onProgress?.(done / bytes.length);
  }
}

async function readUnsized(
  path: string,
  file: FileHandle,
  limit: number,
  { signal }: ReadOptions,
): Promise<RoomyBytes> {
  const text = new GrowingBytes(path, limit, 0);
  const chunk = new Uint8Array(65_536);
  for (;;) {
    throwIfAborted(signal);
    const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) return text.roomy();
    text.add(chunk.subarray(0, bytesRead));
  }
}

/** Unpacks in a stream: neither the archive nor more than `limit` bytes of text are held. */
async function readArchive(
  path: string,
  file: FileHandle,
  size: number,
  limit: number,
  { signal, onProgress }: ReadOptions,
): Promise<RoomyBytes> {
  const text = new GrowingBytes(path, limit, Math.min(limit, size * 4));
  let read = 0;
  async function* packed(): AsyncGenerator<Uint8Array> {
    while (read < size) {
      throwIfAborted(signal);
      const chunk = new Uint8Array(Math.min(1 << 20, size - read));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, read);
      if (bytesRead === 0) throw shrunk(path);
      read += bytesRead;
      onProgress?.(read / size);
      yield chunk.subarray(0, bytesRead);
    }
  }
  let refused: unknown = null;
  const unpacked = pipeline(
    Readable.from(packed()),
    createGunzip({ chunkSize: 1 << 18 }),
    async (source: AsyncIterable<Uint8Array>) => {
      for await (const piece of source) {
        try {
          text.add(piece);
        } catch (error) {
          refused = error;
          throw error;
        }
      }
    },
  );
  // Tearing the streams down reports a premature close, not why it was done.
  await unpacked.catch((error: unknown) => {
    throw refused ?? error;
  });
  return text.roomy();
}

/** Bytes of unknown number: doubles its room, refuses to pass the limit. */
class GrowingBytes {
  readonly #path: string;
  readonly #limit: number;
  #buffer: Uint8Array;
  #length = 0;

  constructor(path: string, limit: number, capacity: number) {
    this.#path = path;
    this.#limit = limit;
    this.#buffer = new Uint8Array(Math.max(65_536, capacity));
  }

  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#limit) throw tooLarge(this.#path, this.#limit);
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(Math.min(this.#limit, Math.max(length, length * 2)));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(piece, this.#length);
    this.#length = length;
  }

  roomy(): RoomyBytes {
    return { buffer: this.#buffer, size: this.#length };
  }
}

function shrunk(path: string): EngineError {
  return new EngineError(
    'changed-while-reading',
    `${path} became shorter while it was read.`,
    'It was probably rotated or truncated. Open it again.',
  );
}

function tooLarge(path: string, limit: number): EngineError {
  const size =
    limit >= 2 ** 30
      ? `${(limit / 2 ** 30).toFixed(0)} GiB`
      : `${limit.toLocaleString('en')} bytes`;
  return new EngineError(
    'too-large',
    `${path} holds more than ${size} of text.`,
    'Split the log, or cut out the time that matters.',
  );
}

function asEngineError(path: string, error: unknown): EngineError {
  if (EngineError.is(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
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
    case 'EISDIR':
      return new EngineError('not-a-file', `${path} is a folder.`, 'Choose a log file.', error);
    case 'Z_BUF_ERROR':
      return new EngineError(
        'truncated-archive',
        `${path} ends in the middle of its compressed data.`,
        'The copy is incomplete. Fetch the archive again.',
        error,
      );
    default:
      return new EngineError(
        'unreadable',
        `${path} could not be read${code === '' ? '' : ` (${code})`}.`,
        code.startsWith('Z_') ? 'The archive is damaged. Fetch it again.' : 'Try again.',
        error,
      );
  }
}
