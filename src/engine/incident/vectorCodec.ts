import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { JsonCodec } from 'vectra';
import type { VectorModel } from './vectorIndex.ts';

type IndexCodec = Pick<
  JsonCodec,
  | 'extension'
  | 'serializeIndex'
  | 'deserializeIndex'
  | 'serializeCatalog'
  | 'deserializeCatalog'
  | 'serializeMetadata'
  | 'deserializeMetadata'
>;
type IndexData = ReturnType<IndexCodec['deserializeIndex']>;

/** Version of the index file. 1 was vectra's own JSON, four times as large and slow to read. */
export const indexSchema = 2;

const fileShape = v.object({
  schema: v.literal(indexSchema),
  model: v.string(),
  dimensions: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16_384)),
  sha256: v.string(),
  items: v.array(v.object({ id: v.pipe(v.string(), v.nonEmpty()), key: v.string() })),
  vectors: v.string(),
});

const headShape = v.object({ schema: v.number() });

/** The file was written by a later version: it is left alone. */
export class NewerIndexError extends Error {
  constructor() {
    super('The index of past incidents was made by a newer version of Faultline.');
    this.name = 'NewerIndexError';
  }
}

/**
 * How vectra's index lies on the disk: names and keys as JSON, the vectors together as base64 of
 * little-endian float32, under a checksum. A file that was cut, changed or made by another version is
 * told from a good one when it is read.
 */
export class VectorCodec implements IndexCodec {
  readonly extension = '.json';
  /** What the vectors are made with; null until a file was read, whatever it holds. */
  model: VectorModel | null;

  constructor(model: VectorModel | null) {
    this.model = model;
  }

  serializeIndex(data: IndexData): Buffer {
    const { id: model, dimensions } = this.model ?? { id: '', dimensions: 1 };
    const vectors = Buffer.alloc(data.items.length * dimensions * 4);
    data.items.forEach(({ vector }, item) => {
      for (let place = 0; place < dimensions; place += 1) {
        vectors.writeFloatLE(vector[place] ?? 0, (item * dimensions + place) * 4);
      }
    });
    const items = data.items.map(({ id, metadata }) => ({ id, key: String(metadata['key']) }));
    const packed = vectors.toString('base64');
    const sha256 = checksum(model, items, packed);
    return Buffer.from(
      JSON.stringify({ schema: indexSchema, model, dimensions, sha256, items, vectors: packed }),
    );
  }

  /** @throws NewerIndexError; Error for anything that is no whole index of this version */
  deserializeIndex(buffer: Buffer): IndexData {
    const value: unknown = JSON.parse(buffer.toString('utf8'));
    const head = v.safeParse(headShape, value);
    if (head.success && head.output.schema > indexSchema) throw new NewerIndexError();
    const { model, dimensions, sha256, items, vectors: packed } = v.parse(fileShape, value);
    this.model ??= { id: model, dimensions };
    if (model !== this.model.id || dimensions !== this.model.dimensions) {
      throw new Error(`The vectors are those of ${model}.`);
    }
    if (checksum(model, items, packed) !== sha256) throw new Error('The checksum does not fit.');
    const bytes = Buffer.from(packed, 'base64');
    if (bytes.length !== items.length * dimensions * 4) throw new Error('Vectors are missing.');
    const all = new Float32Array(items.length * dimensions);
    for (let place = 0; place < all.length; place += 1) all[place] = bytes.readFloatLE(place * 4);
    return {
      version: 1,
      metadata_config: {},
      items: items.map(({ id, key }, item) => {
        const vector = all.subarray(item * dimensions, (item + 1) * dimensions);
        return {
          id,
          metadata: { key },
          // vectra only reads its vectors by position; 32 bits each are a quarter of the memory.
          vector: vector as unknown as number[],
          norm: Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)),
        };
      }),
    };
  }

  // Of vectra's documents, which are not used here.
  serializeCatalog(): Buffer {
    throw new Error('Incidents are no documents.');
  }

  deserializeCatalog(): ReturnType<IndexCodec['deserializeCatalog']> {
    throw new Error('Incidents are no documents.');
  }

  serializeMetadata(metadata: Parameters<IndexCodec['serializeMetadata']>[0]): Buffer {
    return Buffer.from(JSON.stringify(metadata));
  }

  deserializeMetadata(buffer: Buffer): ReturnType<IndexCodec['deserializeMetadata']> {
    return JSON.parse(buffer.toString('utf8')) as ReturnType<IndexCodec['deserializeMetadata']>;
  }
}

function checksum(
  model: string,
  items: readonly { readonly id: string; readonly key: string }[],
  packed: string,
): string {
  return createHash('sha256')
    .update(JSON.stringify([model, items]))
    .update(packed)
    .digest('hex');
}
