import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalIndex } from 'vectra';
import type { Log } from '../base/log.ts';
import { AtomicStorage } from './atomicStorage.ts';
import { withFolderLock } from './fileLock.ts';
import type { IndexEntry, NearIncident, VectorIndex } from './incidentMemory.ts';

interface ItemMetadata {
  readonly [key: string]: string;
  readonly key: string;
}

/** How often a corrupt index is set aside under a name of its own before the name is used again. */
const keptCorrupt = 3;

/**
 * The vectors of the incidents in a vectra index: a cache that can be deleted at any time. Every
 * change is one transaction: lock, read what is on disk, write a new file, rename. One `LocalIndex`
 * serves reads until the file changes, since vectra never looks at the disk again by itself.
 */
export class VectraIndex implements VectorIndex {
  readonly #folder: string;
  readonly #dimensions: number;
  readonly #log: Log;
  #open: { readonly stamp: string; readonly index: LocalIndex<ItemMetadata> } | null = null;

  constructor(folder: string, dimensions: number, log: Log) {
    this.#folder = folder;
    this.#dimensions = dimensions;
    this.#log = log;
  }

  async keys(): Promise<ReadonlyMap<string, string>> {
    const items = await this.#reading((index) => index.listItems());
    return new Map(items.map((item) => [item.id, item.metadata.key]));
  }

  async update(put: readonly IndexEntry[], remove: readonly string[]): Promise<void> {
    await withFolderLock(this.#folder, async () => {
      const index = await this.#usable();
      await index.beginUpdate();
      try {
        await index.deleteItems(remove);
        for (const { id, key, vector } of put) {
          if (this.#sound(vector)) {
            await index.upsertItem({ id, vector: Array.from(vector), metadata: { key } });
          }
        }
        await index.endUpdate();
      } catch (error) {
        // A failed save leaves vectra in the middle of an update for ever.
        index.cancelUpdate();
        throw error;
      } finally {
        this.#open = null;
      }
    });
  }

  async nearest(vector: Float32Array, limit: number): Promise<readonly NearIncident[]> {
    if (!this.#sound(vector)) return [];
    const found = await this.#reading((index) => index.queryItems(Array.from(vector), '', limit));
    return found
      .filter(({ score }) => Number.isFinite(score))
      .map(({ item, score }) => ({ id: item.id, cosine: score }));
  }

  /** vectra takes a zero vector, which then hides better hits, and one of any length. */
  #sound(vector: Float32Array): boolean {
    return (
      vector.length === this.#dimensions &&
      vector.every((value) => Number.isFinite(value)) &&
      vector.some((value) => value !== 0)
    );
  }

  async #reading<T>(read: (index: LocalIndex<ItemMetadata>) => Promise<T>): Promise<T> {
    const stamp = await this.#stamp();
    if (this.#open !== null && this.#open.stamp === stamp) return read(this.#open.index);
    const index = await withFolderLock(this.#folder, () => this.#usable());
    this.#open = { stamp: await this.#stamp(), index };
    return read(index);
  }

  async #stamp(): Promise<string> {
    return stat(this.#file()).then(
      ({ size, mtimeMs, ino }) => `${size}:${mtimeMs}:${ino}`,
      () => 'none',
    );
  }

  #file(): string {
    return join(this.#folder, 'index.json');
  }

  /** An index that can be read: made when there is none, set aside and made anew when it is corrupt. */
  async #usable(): Promise<LocalIndex<ItemMetadata>> {
    const storage = new AtomicStorage();
    const fresh = (): LocalIndex<ItemMetadata> =>
      new LocalIndex<ItemMetadata>(this.#folder, undefined, storage);
    const index = fresh();
    if (!(await index.isIndexCreated())) {
      await index.createIndex({ version: 1 });
      return index;
    }
    try {
      const items = await index.listItems();
      if (
        items.every(
          ({ id, vector, metadata }) => id !== '' && vector.length > 0 && metadata.key !== '',
        )
      ) {
        return index;
      }
    } catch (error) {
      this.#log.warn(`The incident index cannot be read and is built again: ${String(error)}`);
    }
    await rename(this.#file(), `${this.#file()}.corrupt-${await this.#freeSlot()}`);
    const rebuilt = fresh();
    await rebuilt.createIndex({ version: 1 });
    return rebuilt;
  }

  async #freeSlot(): Promise<number> {
    for (let slot = 1; slot < keptCorrupt; slot += 1) {
      const taken = await stat(`${this.#file()}.corrupt-${slot}`).then(
        () => true,
        () => false,
      );
      if (!taken) return slot;
    }
    return keptCorrupt;
  }
}
