import { createHash } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalIndex } from 'vectra';
import type { Log } from '../base/log.ts';
import { AtomicStorage } from './atomicStorage.ts';
import { withFolderLock } from './fileLock.ts';
import { unwritable } from './storeFailure.ts';
import { NewerIndexError, VectorCodec } from './vectorCodec.ts';
import type {
  IndexCheck,
  IndexEntry,
  NearIncident,
  VectorIndex,
  VectorModel,
} from './vectorIndex.ts';

interface ItemMetadata {
  readonly [key: string]: string;
  readonly key: string;
}

type OpenIndex = LocalIndex<ItemMetadata>;

const indexFile = /^index-[0-9a-f]{8}\.json$/;

/** How often a corrupt index is set aside under a name of its own before the name is used again. */
const keptCorrupt = 3;

/**
 * The vectors of the incidents in a vectra index: a cache that can be deleted at any time. Every
 * change is one transaction: lock, read what is on disk, write a new file, rename. One `LocalIndex`
 * serves reads until the file changes, since vectra never looks at the disk again by itself. Reading
 * takes no lock and writes nothing, so that it also works on a read-only disk.
 */
export class VectraIndex implements VectorIndex {
  readonly #folder: string;
  readonly #log: Log;
  /** What was read last; another model has a file of its own. */
  #open: {
    readonly file: string;
    readonly stamp: string;
    readonly found: OpenIndex | null;
  } | null = null;

  constructor(folder: string, log: Log) {
    this.#folder = folder;
    this.#log = log;
  }

  async stamp(model: VectorModel): Promise<string> {
    return stat(this.#file(model)).then(
      ({ size, mtimeMs, ino }) => `${size}:${mtimeMs}:${ino}`,
      () => 'none',
    );
  }

  async keys(model: VectorModel): Promise<ReadonlyMap<string, string>> {
    const found = await this.#reading(model);
    const items = found === null ? [] : await found.listItems();
    return new Map(items.map((item) => [item.id, item.metadata.key]));
  }

  async update(
    model: VectorModel,
    put: readonly IndexEntry[],
    remove: readonly string[],
  ): Promise<void> {
    await withFolderLock(this.#folder, async () => {
      const index = await this.#writable(model);
      await index.beginUpdate();
      try {
        await index.deleteItems(remove);
        for (const { id, key, vector } of put) {
          if (sound(vector, model)) {
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

  async nearest(
    model: VectorModel,
    vector: Float32Array,
    limit: number,
  ): Promise<readonly NearIncident[]> {
    if (!sound(vector, model)) return [];
    const found = await this.#reading(model);
    if (found === null) return [];
    const near = await found.queryItems(Array.from(vector), '', limit);
    return near
      .filter(({ score }) => Number.isFinite(score))
      .map(({ item, score }) => ({ id: item.id, cosine: score }));
  }

  async check(): Promise<IndexCheck> {
    const [latest] = await this.#indexFiles();
    if (latest === undefined) return { ids: [], model: '', problem: null };
    try {
      const codec = new VectorCodec(null);
      const { items } = codec.deserializeIndex(await new AtomicStorage().readFile(latest));
      return { ids: items.map(({ id }) => id), model: codec.model?.id ?? '', problem: null };
    } catch (error) {
      const problem =
        error instanceof NewerIndexError
          ? `${error.message} Incidents are found by words; update Faultline to use the index.`
          : 'The index of past incidents cannot be read; it is made anew with the next search.';
      return { ids: [], model: '', problem };
    }
  }

  async bytes(): Promise<number> {
    const names = await readdir(this.#folder).catch(() => []);
    const sizes = names.map((name) =>
      stat(join(this.#folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }

  async drop(): Promise<void> {
    await withFolderLock(this.#folder, async () => {
      this.#open = null;
      try {
        for (const name of await readdir(this.#folder)) await rm(join(this.#folder, name));
      } catch (error) {
        throw unwritable(this.#folder, error);
      }
    });
  }

  /** Paths of the indexes of all models, the one that changed last first. */
  async #indexFiles(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const found = names
      .filter((name) => indexFile.test(name))
      .map(async (name) => {
        const path = join(this.#folder, name);
        const changed = await stat(path).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        );
        return { path, changed };
      });
    return (await Promise.all(found)).sort((a, b) => b.changed - a.changed).map(({ path }) => path);
  }

  #file(model: VectorModel): string {
    return join(this.#folder, indexName(model));
  }

  /** Null where there is no index, or one of another model. @throws NewerIndexError */
  async #reading(model: VectorModel): Promise<OpenIndex | null> {
    const file = this.#file(model);
    const stamp = await this.stamp(model);
    if (this.#open?.file !== file || this.#open.stamp !== stamp) {
      let found: OpenIndex | null;
      try {
        found = await this.#read(model);
      } catch (error) {
        if (error instanceof NewerIndexError) throw error;
        // The next update sets it aside and makes it anew.
        found = null;
      }
      this.#open = { file, stamp, found };
    }
    return this.#open.found;
  }

  /** Null where there is none. @throws NewerIndexError, Error for one that is corrupt */
  async #read(model: VectorModel): Promise<OpenIndex | null> {
    const index = this.#local(model);
    if (!(await index.isIndexCreated())) return null;
    await index.listItems();
    return index;
  }

  #local(model: VectorModel): OpenIndex {
    return new LocalIndex<ItemMetadata>(
      this.#folder,
      indexName(model),
      new AtomicStorage(),
      new VectorCodec(model),
    );
  }

  /** An index of that model to write to; one that is corrupt is set aside. @throws NewerIndexError */
  async #writable(model: VectorModel): Promise<OpenIndex> {
    try {
      const found = await this.#read(model);
      if (found !== null) return found;
    } catch (error) {
      if (error instanceof NewerIndexError) throw error;
      this.#log.warn(
        `The incident index could not be read; it was set aside and is made anew: ${String(error)}`,
      );
      const file = this.#file(model);
      await rename(file, `${file}.corrupt-${await freeSlot(file)}`);
    }
    const fresh = this.#local(model);
    await fresh.createIndex({ version: 1 });
    return fresh;
  }
}

async function freeSlot(file: string): Promise<number> {
  for (let slot = 1; slot < keptCorrupt; slot += 1) {
    const taken = await stat(`${file}.corrupt-${slot}`).then(
      () => true,
      () => false,
    );
    if (!taken) return slot;
  }
  return keptCorrupt;
}

/** Each model has its file: two windows with different ones do not overwrite each other's vectors. */
function indexName({ id, dimensions }: VectorModel): string {
  const short = createHash('sha256').update(`${id}:${dimensions}`).digest('hex').slice(0, 8);
  return `index-${short}.json`;
}

/** vectra takes a zero vector, which then hides better hits, and one of any length. */
function sound(vector: Float32Array, { dimensions }: VectorModel): boolean {
  return (
    vector.length === dimensions &&
    vector.every((value) => Number.isFinite(value)) &&
    vector.some((value) => value !== 0)
  );
}
