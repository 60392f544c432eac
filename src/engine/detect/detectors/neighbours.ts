import { calibrate } from '../calibrate.ts';
import type { Projection } from '../numeric/principal.ts';

/** How alone each text stands among the texts of its log. */
export interface Neighbours {
  /** Evidence in bits per text. */
  readonly bits: Float64Array;
  /** The most similar other text, -1 for none. */
  readonly nearest: Int32Array;
  /** Cosine similarity to it. */
  readonly similarity: Float64Array;
}

/**
 * Share of all records that the neighbourhood must hold. With a fixed small number of neighbours a
 * failure that repeats with small variations is its own neighbourhood and looks normal.
 */
const neighbourMass = 0.02;
/** Texts compared pairwise; beyond that only the most frequent ones are taken as neighbours. */
const comparedTexts = 4000;

/**
 * Mass-weighted nearest neighbours: the cosine distance at which the texts around one hold 2 % of
 * the log's records, itself not counted.
 *
 * @param counts records of each text
 */
export function massNeighbours(projection: Projection, counts: ArrayLike<number>): Neighbours {
  const { width } = projection;
  const size = counts.length;
  const rows = new Float32Array(projection.rows);
  let total = 0;
  for (let index = 0; index < size; index += 1) {
    total += counts[index]!;
    let norm = 0;
    for (let at = 0; at < width; at += 1) norm += rows[index * width + at]! ** 2;
    const inverse = norm > 1e-12 ? 1 / Math.sqrt(norm) : 0;
    for (let at = 0; at < width; at += 1) {
      rows[index * width + at] = rows[index * width + at]! * inverse;
    }
  }
  const pool = Array.from({ length: size }, (_, index) => index)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, comparedTexts);
  const distances = new Float64Array(size);
  const nearest = new Int32Array(size).fill(-1);
  const similarity = new Float64Array(size).fill(-1);
  const near: { distance: number; mass: number }[] = [];
  for (let index = 0; index < size; index += 1) {
    near.length = 0;
    const own = index * width;
    for (const other of pool) {
      if (other === index) continue;
      let dot = 0;
      for (let at = 0; at < width; at += 1) dot += rows[own + at]! * rows[other * width + at]!;
      if (dot > similarity[index]!) {
        similarity[index] = dot;
        nearest[index] = other;
      }
      near.push({ distance: 1 - dot, mass: counts[other]! });
    }
    near.sort((a, b) => a.distance - b.distance);
    // A text that is frequent itself needs no company.
    let mass = Math.max(0, counts[index]! - 1);
    let distance = mass >= total * neighbourMass ? 0 : 2;
    for (const candidate of near) {
      if (mass >= total * neighbourMass) break;
      mass += candidate.mass;
      distance = candidate.distance;
    }
    distances[index] = distance;
  }
  return { bits: calibrate(distances, counts, 0), nearest, similarity };
}
