import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../base/engineError.ts';
import { withFolderLock } from './fileLock.ts';
import { decodeEvent, encodeEvent, type IncidentEvent } from './incidentEvents.ts';
import type { EventLog, ReadEvents } from './incidentMemory.ts';

/** The file in the folder of the memory. */
export const incidentFile = 'incidents.jsonl';

/**
 * The truth of the incident memory: an append-only file of JSON lines. An event is durable once
 * `append` has resolved: written in one piece, under the lock of the folder, and synced. Lines that
 * cannot be read (torn by a crash, edited by hand, from a later version) stay in the file untouched.
 */
export class IncidentLog implements EventLog {
  readonly #folder: string;
  readonly #file: string;
  #known: { readonly stamp: string; readonly content: ReadEvents } | null = null;

  constructor(folder: string) {
    this.#folder = folder;
    this.#file = join(folder, incidentFile);
  }

  /** @throws EngineError `store-unwritable` when the file exists and cannot be read */
  async read(): Promise<ReadEvents> {
    let text: string;
    let stamp: string;
    try {
      const { size, mtimeMs } = await stat(this.#file);
      stamp = `${size}:${mtimeMs}`;
      if (this.#known?.stamp === stamp) return this.#known.content;
      text = await readFile(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { events: [], damaged: 0 };
      throw new EngineError(
        'store-unwritable',
        `The incident memory at ${this.#file} cannot be read.`,
        'Check the permissions of that file.',
        error,
      );
    }
    const events: IncidentEvent[] = [];
    let damaged = 0;
    const lines = text.split('\n');
    lines.forEach((line, index) => {
      if (line.trim() === '') return;
      const event = decodeEvent(line);
      if (event !== null) events.push(event);
      // What has no line end yet is being written, or was never acknowledged.
      else if (index < lines.length - 1) damaged += 1;
    });
    const content = { events, damaged };
    this.#known = { stamp, content };
    return content;
  }

  async append(events: readonly IncidentEvent[]): Promise<void> {
    if (events.length === 0) return;
    const lines = `${events.map(encodeEvent).join('\n')}\n`;
    await withFolderLock(this.#folder, async () => {
      try {
        const file = await open(this.#file, 'a+');
        try {
          const { size } = await file.stat();
          const lastByte = Buffer.alloc(1);
          if (size > 0) await file.read(lastByte, 0, 1, size - 1);
          // A torn last line must not swallow the next one.
          const lead = size > 0 && lastByte[0] !== 0x0a ? '\n' : '';
          await file.appendFile(lead + lines);
          await file.sync();
          if (size === 0) await syncFolder(this.#folder);
        } finally {
          await file.close();
        }
      } catch (error) {
        throw new EngineError(
          'store-unwritable',
          `The incident could not be written to ${this.#file}.`,
          'Check the permissions of that file and the free disk space, then save again.',
          error,
        );
      }
    });
  }
}

/** A new file survives a power cut only when the folder that names it is synced as well. */
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
