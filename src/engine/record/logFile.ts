import type { FileHandle } from 'node:fs/promises';
import { throwIfAborted } from '../base/abort.ts';
import { EngineError } from '../base/engineError.ts';
import type { Disk } from '../source/adapters/disk.ts';
import { localDisk, usualPatience, within } from '../source/adapters/disk.ts';
import { asEngineError, requireFile, shrunk } from '../source/adapters/fileFailure.ts';
import { ArchiveFault } from '../source/archiveFault.ts';
import type { Packing } from '../source/packing.ts';
import { magicBytes, packingOf } from '../source/packing.ts';
import { faultError, unpackers } from '../source/unpack.ts';
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
  /** Milliseconds that the disk may take for an answer; ten seconds when absent. */
  readonly patience?: number;
  readonly disk?: Disk;
}

/** A file that is open, each of whose answers is waited for so long and no longer. */
interface OpenFile {
  readonly size: number;
  /** Bytes read into `into`. @throws EngineError `timed-out`; `into` must not be used again then */
  read(into: Uint8Array, at: number): Promise<number>;
}

/**
 * Reads a log file as it stands when it is opened; what is appended meanwhile is left for
 * `readLogTail`. Archives (gzip, zstd, bzip2, xz) are recognised by their first bytes.
 * @throws EngineError `aborted`, `not-found`, `no-permission`, `not-a-file`, `too-large`,
 * `truncated-archive`, `archive-bomb`, `changed-while-reading`, `timed-out`, `unreadable`
 */
export async function readLogFile(path: string, options: ReadOptions = {}): Promise<LogText> {
  const limit = options.maxBytes ?? largestLog;
  return withFile(path, options, async (file) => {
    const head = new Uint8Array(magicBytes);
    const read = await file.read(head, 0);
    const packing = packingOf(head.subarray(0, read));
    const { buffer, size } =
      packing === 'none'
        ? await readPlain(path, file, limit, options)
        : await readArchive(path, file, packing, limit, options);
    return decodeLog(path, buffer, size);
  });
}

/**
 * The bytes of a file from `fromByte` on: what was appended since (`rawLength` of the log read
 * before). Only for plain files; an archive does not grow.
 * @throws EngineError as `readLogFile`; `changed-while-reading` when the file is shorter than `fromByte`
 */
export async function readLogTail(path: string, fromByte: number): Promise<Uint8Array> {
  return withFile(path, {}, async (file) => {
    if (file.size < fromByte) throw shrunk(path);
    if (file.size - fromByte > largestLog) throw tooLarge(path, largestLog);
    const bytes = new Uint8Array(file.size - fromByte);
    await fill(path, file, bytes, fromByte, {});
    return bytes;
  });
}

async function withFile<T>(
  path: string,
  { disk = localDisk, patience = usualPatience }: ReadOptions,
  use: (file: OpenFile) => Promise<T>,
): Promise<T> {
  const soon = <R>(work: () => Promise<R>): Promise<R> => within(path, patience, work);
  let file: FileHandle | null = null;
  let hangs = false;
  try {
    // Asking before opening: opening a device can have effects, a pipe without a writer waits.
    requireFile(path, await soon(() => disk.stat(path)));
    const opened = await soon(() => disk.open(path));
    file = opened;
    const stats = await soon(() => opened.stat());
    requireFile(path, stats);
    return await use({
      size: stats.size,
      read: async (into, at) => {
        const { bytesRead } = await soon(() => opened.read(into, 0, into.length, at));
        return bytesRead;
      },
    });
  } catch (error) {
    const failure = asEngineError(path, error);
    hangs = failure.reason === 'timed-out';
    throw failure;
  } finally {
    const closed = file?.close();
    // Closing waits for the call that hangs, which may be for ever.
    if (hangs) closed?.catch(() => undefined);
    else await closed;
  }
}

async function readPlain(
  path: string,
  file: OpenFile,
  limit: number,
  options: ReadOptions,
): Promise<RoomyBytes> {
  const { size } = file;
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
  file: OpenFile,
  bytes: Uint8Array,
  fromByte: number,
  { signal, onProgress }: ReadOptions,
): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    throwIfAborted(signal);
    const read = await file.read(bytes.subarray(done, done + chunkSize), fromByte + done);
    if (read === 0) throw shrunk(path);
    done += read;
    onProgress?.(done / bytes.length);
  }
}

async function readUnsized(
  path: string,
  file: OpenFile,
  limit: number,
  { signal }: ReadOptions,
): Promise<RoomyBytes> {
  const text = new GrowingBytes(path, limit, 0);
  const chunk = new Uint8Array(65_536);
  for (let at = 0; ;) {
    throwIfAborted(signal);
    const read = await file.read(chunk, at);
    if (read === 0) return text.roomy();
    text.add(chunk.subarray(0, read));
    at += read;
  }
}

/** Unpacks in a stream: neither the archive nor more than `limit` bytes of text are held. */
async function readArchive(
  path: string,
  file: OpenFile,
  packing: Exclude<Packing, 'none'>,
  limit: number,
  { signal, onProgress }: ReadOptions,
): Promise<RoomyBytes> {
  const { size } = file;
  const text = new GrowingBytes(path, limit, Math.min(limit, size * 4));
  let done = 0;
  async function* packed(): AsyncGenerator<Uint8Array> {
    while (done < size) {
      throwIfAborted(signal);
      const chunk = new Uint8Array(Math.min(1 << 20, size - done));
      const read = await file.read(chunk, done);
      if (read === 0) throw shrunk(path);
      done += read;
      onProgress?.(done / size);
      yield chunk.subarray(0, read);
    }
  }
  try {
    for await (const piece of unpackers[packing](packed())) text.add(piece);
  } catch (error) {
    if (error instanceof ArchiveFault) throw faultError(path, error);
    throw error;
  }
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
