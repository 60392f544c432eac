import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { EngineError } from '../../base/engineError.ts';
import type { SourceChange } from '../byteSource.ts';
import type { Disk } from './disk.ts';
import { within } from './disk.ts';
import { asEngineError, requireFile, shrunk } from './fileFailure.ts';
import { LentHandle } from './lentHandle.ts';

/** Bytes kept of the head and of the end: file systems give the number of a deleted file to the next one. */
const markBytes = 256;

/** Short enough for a rotation on Windows to succeed at its second try. */
const idleMilliseconds = 2000;

/** What a file was when it was last looked at. */
interface Known {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly head: Uint8Array;
  /** The last bytes before `size`. */
  readonly end: Uint8Array;
}

/** The bytes of a regular file as they lie on the disk, and what happens to them. */
export class RawFile {
  readonly path: string;
  readonly #disk: Disk;
  readonly #patience: number;
  readonly #handle: LentHandle;
  #known: Known;

  private constructor(path: string, disk: Disk, patience: number) {
    this.path = path;
    this.#disk = disk;
    this.#patience = patience;
    this.#handle = new LentHandle(() => this.#openSame(), idleMilliseconds);
    const none = new Uint8Array(0);
    this.#known = { dev: -1n, ino: -1n, size: 0, mtimeNs: -1n, head: none, end: none };
  }

  /** @throws EngineError `not-found`, `no-permission`, `not-a-file`, `timed-out`, `unreadable` */
  static async open(path: string, disk: Disk, patience: number): Promise<RawFile> {
    const file = new RawFile(path, disk, patience);
    try {
      // Asking before opening: opening a device can have effects, a pipe without a writer waits.
      const stats = await within(path, patience, () => disk.stat(path));
      requireFile(path, stats);
      await file.#adopt(stats);
      return file;
    } catch (error) {
      await file.close();
      throw asEngineError(path, error);
    }
  }

  /** Another one whenever the file is another or was written to, as far as the system tells. */
  get version(): string {
    const { dev, ino, size, mtimeNs } = this.#known;
    return `${dev}-${ino}-${size}-${mtimeNs}`;
  }

  /** Bytes known; changed by `refresh` only. */
  get size(): number {
    return this.#known.size;
  }

  /**
   * Fills `into` from byte `at` on; fewer bytes only at the known end. After `timed-out` the buffer
   * must not be used again: the late answer still goes there.
   * @throws EngineError `changed-while-reading`, `timed-out`, `no-permission`, `not-found`, `unreadable`
   */
  async read(into: Uint8Array, at: number): Promise<number> {
    const length = Math.min(into.length, this.size - at);
    if (length <= 0) return 0;
    const done = await this.#use((file) => fill(file, into.subarray(0, length), at));
    if (done < length) throw shrunk(this.path);
    return done;
  }

  /**
   * Reads from the start until nothing comes: for files that say they are empty and are not, as those
   * of `/proc` do. `take` answers whether it wants more.
   */
  async readUnsized(take: (piece: Uint8Array) => Promise<boolean>): Promise<void> {
    await this.#use(async (file) => {
      const piece = new Uint8Array(65_536);
      for (let at = 0; ;) {
        const { bytesRead } = await file.read(piece, 0, piece.length, at);
        if (bytesRead === 0 || !(await take(piece.slice(0, bytesRead)))) return;
        at += bytesRead;
      }
    });
  }

  /** One system call while nothing changes; some reads of a few bytes when something did. */
  async refresh(): Promise<SourceChange> {
    try {
      const stats = await within(this.path, this.#patience, () => this.#disk.stat(this.path));
      requireFile(this.path, stats);
      return await this.#compare(stats);
    } catch (error) {
      const { reason, message, advice } = asEngineError(this.path, error);
      return reason === 'not-found' ? { kind: 'gone' } : { kind: 'unreadable', message, advice };
    }
  }

  async close(): Promise<void> {
    await this.#handle.drop();
  }

  async #compare(stats: BigIntStats): Promise<SourceChange> {
    const known = this.#known;
    const to = Number(stats.size);
    const sameFile = stats.dev === known.dev && stats.ino === known.ino;
    if (sameFile && to === known.size && stats.mtimeNs === known.mtimeNs) return { kind: 'same' };
    const kept = sameFile && (await this.#keeps(known, to));
    if (!kept) {
      await this.#handle.drop();
      await this.#adopt(stats);
      return { kind: 'replaced', to: this.size };
    }
    await this.#adopt(stats);
    if (to < known.size) return { kind: 'truncated', to };
    return to === known.size ? { kind: 'same' } : { kind: 'grew', from: known.size, to };
  }

  /** Whether what was known still stands in the first `size` bytes, as far as the marks tell. */
  async #keeps(known: Known, size: number): Promise<boolean> {
    return this.#use(async (file) => {
      const head = new Uint8Array(Math.min(known.head.length, size));
      if ((await fill(file, head, 0)) < head.length) return false;
      if (Buffer.compare(head, known.head.subarray(0, head.length)) !== 0) return false;
      if (size < known.size) return true;
      const end = new Uint8Array(known.end.length);
      const done = await fill(file, end, known.size - end.length);
      return done === end.length && Buffer.compare(end, known.end) === 0;
    });
  }

  async #adopt(stats: BigIntStats): Promise<void> {
    const size = Number(stats.size);
    const identity = { dev: stats.dev, ino: stats.ino, size, mtimeNs: stats.mtimeNs };
    this.#known = { ...this.#known, ...identity };
    const head = new Uint8Array(Math.min(markBytes, size));
    const end = new Uint8Array(Math.min(markBytes, size));
    // Also for an empty file: whether it may be read shows only when it is opened.
    const [headDone, endDone] = await this.#use((file) =>
      Promise.all([fill(file, head, 0), fill(file, end, size - end.length)]),
    );
    if (headDone < head.length || endDone < end.length) throw shrunk(this.path);
    this.#known = { ...identity, head, end };
  }

  /** The name may lead to another file by now: its bytes must not be mixed with those of the old one. */
  async #openSame(): Promise<FileHandle> {
    const file = await this.#disk.open(this.path);
    const stats = await file.stat({ bigint: true });
    const { dev, ino } = this.#known;
    if (stats.isFile() && stats.dev === dev && stats.ino === ino) return file;
    await file.close();
    throw new EngineError(
      'changed-while-reading',
      `${this.path} was replaced by another file.`,
      'It was probably rotated. Open it again.',
    );
  }

  async #use<T>(work: (file: FileHandle) => Promise<T>): Promise<T> {
    try {
      return await within(this.path, this.#patience, () => this.#handle.use(work));
    } catch (error) {
      // A handle that hangs is left to its readers; the next one tries anew.
      if (EngineError.is(error, 'timed-out')) await this.#handle.drop();
      throw asEngineError(this.path, error);
    }
  }
}

async function fill(file: FileHandle, into: Uint8Array, at: number): Promise<number> {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await file.read(into, done, into.length - done, at + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}
