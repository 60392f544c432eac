import type { Embedder } from './embedder.ts';
import { patternWords } from './patternWords.ts';

/** Remembered vectors of one embedder. Implementations: a file, a map in memory for tests. */
export interface VectorCache {
  /** Vectors of those texts that are known. Never throws: what cannot be read is not known. */
  read(texts: ReadonlySet<string>): Promise<ReadonlyMap<string, Float32Array>>;
  /** Adds vectors. Never throws: what cannot be written is computed again next time. */
  write(vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
}

/** Texts between two chances to keep finished work when the reader cancels: a second or less. */
const batchSize = 128;

/**
 * Embeds each distinct text once and remembers it. A cancelled or failed call keeps what was done,
 * so that the next call goes on from there.
 */
export function cachedEmbedder(inner: Embedder, cache: VectorCache): Embedder {
  return {
    id: inner.id,
    dimensions: inner.dimensions,
    async embed(texts, signal) {
      const words = texts.map(patternWords);
      const known = new Map(await cache.read(new Set(words)));
      // Like lengths together: texts of equal length are run at once.
      const missing = [...new Set(words)]
        .filter((text) => !known.has(text))
        .sort((a, b) => a.length - b.length);
      const fresh = new Map<string, Float32Array>();
      try {
        for (let start = 0; start < missing.length; start += batchSize) {
          const batch = missing.slice(start, start + batchSize);
          const vectors = await inner.embed(batch, signal);
          batch.forEach((text, index) => fresh.set(text, vectors[index]!));
        }
      } finally {
        if (fresh.size > 0) await cache.write(fresh);
      }
      return words.map((text) => fresh.get(text) ?? known.get(text)!);
    },
  };
}
