import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../base/log.ts';
import type { VectorCache } from './cachedEmbedder.ts';

export interface VectorCacheOptions {
  /** Folder of the cache; made when first written to. */
  readonly dir: string;
  /** Id of the embedder: another one has another file. */
  readonly embedderId: string;
  readonly dimensions: number;
  readonly log: Log;
  /** Most vectors kept; those unused for longest go first. 16,384 of 384 entries are 25 MB. */
  readonly capacity?: number;
}

/** Format: this header, then per vector 16 bytes of the text's sha256 and `dimensions` floats, little-endian. */
const magic = 'FLVEC001';
const digestBytes = 32;
const headerBytes = magic.length + 4 + 4 + digestBytes;
const keyBytes = 16;
const defaultCapacity = 16_384;

interface Content {
  readonly stamp: string;
  /** Key as hex → bytes of the vector; the longest unused first. */
  readonly vectors: Map<string, Buffer>;
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, keyBytes).toString('hex');
}

function toBytes(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes;
}

function toVector(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) =>
    bytes.readFloatLE(index * 4),
  );
}

function encode(vectors: ReadonlyMap<string, Buffer>, dimensions: number): Buffer {
  const body = Buffer.concat(
    [...vectors].flatMap(([key, bytes]) => [Buffer.from(key, 'hex'), bytes]),
  );
  const header = Buffer.alloc(headerBytes);
  header.write(magic, 'latin1');
  header.writeUInt32LE(dimensions, magic.length);
  header.writeUInt32LE(vectors.size, magic.length + 4);
  createHash('sha256')
    .update(body)
    .digest()
    .copy(header, magic.length + 8);
  return Buffer.concat([header, body]);
}

/** Null when the bytes are not what `encode` wrote. */
function decode(bytes: Buffer, dimensions: number): Map<string, Buffer> | null {
  if (bytes.length < headerBytes || bytes.toString('latin1', 0, magic.length) !== magic)
    return null;
  const count = bytes.readUInt32LE(magic.length + 4);
  const recordBytes = keyBytes + dimensions * 4;
  const body = bytes.subarray(headerBytes);
  if (bytes.readUInt32LE(magic.length) !== dimensions || body.length !== count * recordBytes)
    return null;
  const digest = createHash('sha256').update(body).digest();
  if (!digest.equals(bytes.subarray(magic.length + 8, headerBytes))) return null;
  const vectors = new Map<string, Buffer>();
  for (let at = 0; at < body.length; at += recordBytes) {
    vectors.set(
      body.toString('hex', at, at + keyBytes),
      body.subarray(at + keyBytes, at + recordBytes),
    );
  }
  return vectors;
}

/**
 * Vectors in one file per embedder. Losing it costs time, never an answer: a damaged file is
 * dropped, an unwritable one is reported once. It is replaced whole, under a temporary name first,
 * so that a reader in another window sees the old or the new file; when two windows write at the
 * same moment, the vectors of one are computed again later.
 */
export class FileVectorCache implements VectorCache {
  readonly #options: VectorCacheOptions;
  readonly #file: string;
  #content: Content | null = null;
  /** Writes follow each other, or the second would be made from what the first one replaces. */
  #writing: Promise<void> = Promise.resolve();
  #reported = false;

  constructor(options: VectorCacheOptions) {
    this.#options = options;
    const name = options.embedderId.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 100);
    this.#file = join(options.dir, `vectors-${name}.bin`);
  }

  async read(texts: ReadonlySet<string>): Promise<ReadonlyMap<string, Float32Array>> {
    const found = new Map<string, Float32Array>();
    const { vectors } = await this.#load();
    for (const text of texts) {
      const key = keyOf(text);
      const bytes = vectors.get(key);
      if (bytes === undefined) continue;
      found.set(text, toVector(bytes));
      // A Map keeps the order of insertion: what was used moves to the end.
      vectors.delete(key);
      vectors.set(key, bytes);
    }
    return found;
  }

  async write(added: ReadonlyMap<string, Float32Array>): Promise<void> {
    this.#writing = this.#writing.then(() => this.#replace(added));
    await this.#writing;
  }

  async #replace(added: ReadonlyMap<string, Float32Array>): Promise<void> {
    const temporary = `${this.#file}.${randomUUID()}.tmp`;
    try {
      const { vectors } = await this.#load();
      for (const [text, vector] of added) {
        const key = keyOf(text);
        vectors.delete(key);
        vectors.set(key, toBytes(vector));
      }
      const surplus = vectors.size - (this.#options.capacity ?? defaultCapacity);
      for (const key of [...vectors.keys()].slice(0, Math.max(0, surplus))) vectors.delete(key);
      await mkdir(this.#options.dir, { recursive: true });
      await writeFile(temporary, encode(vectors, this.#options.dimensions), { flag: 'wx' });
      await rename(temporary, this.#file);
      this.#content = { stamp: await this.#stamp(), vectors };
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      if (!this.#reported) {
        this.#options.log.warn(
          `Vectors cannot be kept for next time in ${this.#file}: ${String(error)}`,
        );
      }
      this.#reported = true;
    }
  }

  async #load(): Promise<Content> {
    const stamp = await this.#stamp();
    if (this.#content?.stamp === stamp) return this.#content;
    const bytes = await readFile(this.#file).catch(() => null);
    const decoded = bytes === null ? null : decode(bytes, this.#options.dimensions);
    if (bytes !== null && decoded === null) {
      this.#options.log.warn(
        `The vectors kept in ${this.#file} are damaged and will be computed again.`,
      );
    }
    this.#content = { stamp, vectors: decoded ?? new Map<string, Buffer>() };
    return this.#content;
  }

  async #stamp(): Promise<string> {
    return stat(this.#file).then(
      ({ size, mtimeMs, ino }) => `${size}:${mtimeMs}:${ino}`,
      () => 'none',
    );
  }
}
