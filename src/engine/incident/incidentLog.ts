import { type FileHandle, mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../base/engineError.ts';
import { AtomicStorage } from './atomicStorage.ts';
import { compactLines, wantsCompaction } from './compactLines.ts';
import type { Change, EventLog, ReadEvents } from './eventLog.ts';
import { withFolderLock } from './fileLock.ts';
import { decodeLine, encodeEvent, type IncidentEvent } from './incidentEvents.ts';
import { foldEvents } from './memoryState.ts';
import { unreadable, unwritable } from './storeFailure.ts';

/** The file in the folder of the memory. */
export const incidentFile = 'incidents.jsonl';

/** Far above what 5,000 incidents take: a larger file is something else. */
const mostBytes = 256 * 1024 * 1024;
/** Bytes before the known end that are compared before only what follows is read. */
const compared = 4096;
const lineEnd = 0x0a;

interface Known {
  readonly inode: number;
  readonly modified: number;
  /** Size of the file when it was read. */
  readonly size: number;
  /** Bytes of the lines that were taken; what follows was not ended yet. */
  readonly taken: number;
  /** The last of the bytes that were taken. */
  readonly tail: Buffer;
  readonly events: IncidentEvent[];
  readonly content: ReadEvents;
}

/**
 * The truth of the incident memory: an append-only file of JSON lines. An event is durable once
 * `change` has resolved: written in one piece, under the lock of the folder, and synced. Lines that
 * cannot be read (torn by a crash, edited by hand, from a later version) stay in the file untouched.
 * A file that has grown is read from where it ended.
 */
export class IncidentLog implements EventLog {
  readonly folder: string;
  readonly #file: string;
  #known: Known | null = null;
  #generation = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.folder = folder;
    this.#file = join(folder, incidentFile);
  }

  read(): Promise<ReadEvents> {
    // One after the other: two at once would take the same new lines twice.
    const next = this.#last.then(() => this.#read());
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #read(): Promise<ReadEvents> {
    let file: FileHandle;
    try {
      file = await open(this.#file, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(this.#file, error);
      if (this.#known !== null) this.#generation += 1;
      this.#known = null;
      return { generation: this.#generation, events: [], damaged: 0, newer: 0 };
    }
    try {
      return await this.#readOpen(file);
    } catch (error) {
      throw EngineError.is(error) ? error : unreadable(this.#file, error);
    } finally {
      await file.close();
    }
  }

  async #readOpen(file: FileHandle): Promise<ReadEvents> {
    const { ino, size, mtimeMs } = await file.stat();
    if (size > mostBytes) {
      throw new EngineError(
        'store-corrupt',
        `The incident memory at ${this.#file} holds ${Math.round(size / 1e6)} MB, far more than incidents take.`,
        'Move that file away; a copy of an earlier state can be imported.',
      );
    }
    const known = this.#known;
    if (known?.inode === ino && known.size === size && known.modified === mtimeMs) {
      return known.content;
    }
    const grown =
      known?.inode === ino && size > known.size && (await endsAs(file, known.taken, known.tail));
    const from = grown ? known.taken : 0;
    const bytes = await readFrom(file, from, size);
    if (!grown) this.#generation += 1;
    const events = grown ? known.events : [];
    let damaged = grown ? known.content.damaged : 0;
    let newer = grown ? known.content.newer : 0;
    let at = 0;
    while (at < bytes.length) {
      const end = bytes.indexOf(lineEnd, at);
      const line = bytes.toString('utf8', at, end === -1 ? bytes.length : end);
      const decoded = decodeLine(line);
      // What has no line end yet is being written, or was never acknowledged.
      if (end === -1 && decoded.event === null) break;
      if (decoded.event !== null) events.push(decoded.event);
      if (decoded.newer) newer += 1;
      else if (decoded.event === null && line.trim() !== '') damaged += 1;
      at = end === -1 ? bytes.length : end + 1;
    }
    const content = { generation: this.#generation, events, damaged, newer };
    this.#known = {
      inode: ino,
      modified: mtimeMs,
      size,
      taken: from + at,
      tail: Buffer.concat([grown ? known.tail : Buffer.alloc(0), bytes.subarray(0, at)]).subarray(
        -compared,
      ),
      events,
      content,
    };
    return content;
  }

  async change<T>(work: (content: ReadEvents) => Change<T>): Promise<T> {
    return withFolderLock(this.folder, async () => {
      const before = await this.read();
      const { events, result } = work(before);
      if (events.length === 0) return result;
      const lines = `${events.map(encodeEvent).join('\n')}\n`;
      try {
        // A lock that expired meanwhile may have let another window replace the file.
        let kept = false;
        for (let attempt = 0; attempt < 3 && !kept; attempt += 1) kept = await this.#append(lines);
        if (!kept) throw new Error('The file was replaced while it was written to.');
      } catch (error) {
        throw unwritable(this.#file, error);
      }
      // The change is durable already; a compaction that fails can be done next time.
      if (before.newer === 0) await this.#compactIfWorth().catch(() => undefined);
      return result;
    });
  }

  async bytes(): Promise<number> {
    return stat(this.#file).then(
      ({ size }) => size,
      () => 0,
    );
  }

  async backup(folder: string, name: string): Promise<string> {
    const path = join(folder, name);
    try {
      await mkdir(folder, { recursive: true });
      await new AtomicStorage().upsertFile(path, await this.#bytes());
    } catch (error) {
      throw EngineError.is(error) ? error : unwritable(path, error);
    }
    return path;
  }

  async clear(name: string): Promise<string> {
    return withFolderLock(this.folder, async () => {
      const path = await this.backup(this.folder, name);
      try {
        await rm(this.#file, { force: true });
        await syncFolder(this.folder);
      } catch (error) {
        throw unwritable(this.#file, error);
      }
      return path;
    });
  }

  /** False where the file is no longer the one that was written to. */
  async #append(lines: string): Promise<boolean> {
    const file = await open(this.#file, 'a+');
    try {
      const { size, ino } = await file.stat();
      const lastByte = Buffer.alloc(1);
      if (size > 0) await file.read(lastByte, 0, 1, size - 1);
      // A torn last line must not swallow the next one.
      const lead = size > 0 && lastByte[0] !== lineEnd ? '\n' : '';
      try {
        await file.appendFile(lead + lines);
        await file.sync();
      } catch (error) {
        // On a full disk half a line may have been written.
        await file.truncate(size).catch(() => undefined);
        throw error;
      }
      if (size === 0) await syncFolder(this.folder);
      const now = await stat(this.#file).catch(() => null);
      return now?.ino === ino;
    } finally {
      await file.close();
    }
  }

  async #compactIfWorth(): Promise<void> {
    const { events } = await this.read();
    // Folding is spared where no number of incidents would make it worth while.
    if (!wantsCompaction(events.length, 0)) return;
    if (!wantsCompaction(events.length, foldEvents(events).known.size)) return;
    const lines = (await this.#bytes()).toString('utf8').split('\n');
    const kept = compactLines(lines);
    if (kept === null) return;
    await new AtomicStorage().upsertFile(this.#file, `${kept.join('\n')}\n`);
    await syncFolder(this.folder);
  }

  async #bytes(): Promise<Buffer> {
    const file = await open(this.#file, 'r').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw unreadable(this.#file, error);
    });
    if (file === null) return Buffer.alloc(0);
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  }
}

async function readFrom(file: FileHandle, from: number, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size - from);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** Whether the bytes before a place are those that were read there before. */
async function endsAs(file: FileHandle, place: number, tail: Buffer): Promise<boolean> {
  const bytes = await readFrom(file, place - tail.length, place);
  return bytes.equals(tail);
}

/** A new name survives a power cut only when the folder that holds it is synced as well. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows opens no folders and needs none of this.
  }
}
