import { throwIfAborted, yieldToEventLoop } from '../base/abort.ts';
import type { Embedder } from './embedder.ts';
import { normalise } from './vectors.ts';

const dimensions = 384;
/** A longer text is cut here: the start of a log pattern tells it apart, and work stays bounded. */
const maxCharacters = 2048;
/** A word counts more than one of its pieces, which catch inflections and joined names. */
const wordWeight = 1;
const trigramWeight = 0.35;
const textsPerSlice = 256;

/** FNV-1a, 32 bits (Fowler, Noll, Vo, 1991), over UTF-16 units, with a final mix so that low bits vary. */
function hash(text: string, start: number, end: number, seed: number): number {
  let value = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = start; i < end; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function isWordUnit(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || unit > 127;
}

/** The index takes the low bits, the sign the highest one, so that collisions cancel instead of adding up. */
function add(vector: Float32Array, feature: number, weight: number): void {
  vector[feature % dimensions]! += feature >= 0x80000000 ? -weight : weight;
}

function embedOne(text: string): Float32Array {
  const vector = new Float32Array(dimensions);
  const lower = text.slice(0, maxCharacters).toLowerCase();
  let start = -1;
  for (let i = 0; i <= lower.length; i++) {
    if (i < lower.length && isWordUnit(lower.charCodeAt(i))) {
      if (start < 0) start = i;
      continue;
    }
    if (start < 0) continue;
    add(vector, hash(lower, start, i, 1), wordWeight);
    for (let at = start; at + 3 <= i; at++) add(vector, hash(lower, at, at + 3, 2), trigramWeight);
    start = -1;
  }
  // A text without words still needs a direction: callers rely on norm 1.
  if (vector.every((value) => value === 0)) add(vector, hash(lower, 0, lower.length, 3), 1);
  return normalise(vector);
}

/**
 * The embedder that is always there: words and character trigrams, hashed with signs into 384
 * entries (Weinberger et al., 2009, "Feature Hashing for Large Scale Multitask Learning").
 * Knows spelling, not meaning. Same text, same vector, on every machine.
 */
export const hashingEmbedder: Embedder = {
  id: 'hashing-1',
  dimensions,
  async embed(texts, signal) {
    throwIfAborted(signal);
    const vectors: Float32Array[] = [];
    for (const text of texts) {
      vectors.push(embedOne(text));
      if (vectors.length % textsPerSlice === 0) await yieldToEventLoop(signal);
    }
    return vectors;
  },
};
