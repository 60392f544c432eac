import { seededRandom } from '../../base/random.ts';

/** Rows projected onto their main directions. */
export interface Projection {
  readonly width: number;
  /** Row-major, `rowCount * width`. */
  readonly rows: Float32Array;
}

/**
 * Principal components by subspace iteration (Halko, Martinsson, Tropp 2011) on the weighted
 * covariance: a dozen rounds are enough to separate what is used from what is noise.
 *
 * @param vectors at least two, all of one length
 * @param weights how much each vector counts
 * @param components wanted; fewer where there are fewer vectors or dimensions
 */
export function project(
  vectors: readonly Float32Array[],
  weights: ArrayLike<number>,
  components: number,
  seed: number,
): Projection {
  const dimensions = vectors[0]?.length ?? 0;
  const width = Math.max(1, Math.min(components, dimensions, vectors.length - 1));
  const mean = new Float64Array(dimensions);
  let total = 0;
  for (const [index, vector] of vectors.entries()) {
    const weight = weights[index]!;
    total += weight;
    for (let at = 0; at < dimensions; at += 1) mean[at] = mean[at]! + weight * vector[at]!;
  }
  for (let at = 0; at < dimensions; at += 1) mean[at] = mean[at]! / Math.max(total, 1e-9);
  const centred = vectors.map((vector) =>
    Float32Array.from(vector, (value, at) => value - mean[at]!),
  );

  const random = seededRandom(seed);
  let basis = Array.from({ length: width }, () =>
    Float64Array.from({ length: dimensions }, () => random() - 0.5),
  );
  orthonormalise(basis);
  for (let round = 0; round < 12; round += 1) {
    const next = basis.map(() => new Float64Array(dimensions));
    for (const [index, row] of centred.entries()) {
      const weight = weights[index]!;
      for (let component = 0; component < width; component += 1) {
        const direction = basis[component]!;
        let dot = 0;
        for (let at = 0; at < dimensions; at += 1) dot += row[at]! * direction[at]!;
        dot *= weight;
        const target = next[component]!;
        for (let at = 0; at < dimensions; at += 1) target[at] = target[at]! + dot * row[at]!;
      }
    }
    orthonormalise(next);
    basis = next;
  }
  const rows = new Float32Array(vectors.length * width);
  for (const [index, row] of centred.entries()) {
    for (let component = 0; component < width; component += 1) {
      const direction = basis[component]!;
      let dot = 0;
      for (let at = 0; at < dimensions; at += 1) dot += row[at]! * direction[at]!;
      rows[index * width + component] = dot;
    }
  }
  return { width, rows };
}

/** Modified Gram-Schmidt; a direction that vanishes becomes zero and stays so. */
function orthonormalise(basis: Float64Array[]): void {
  for (const [index, vector] of basis.entries()) {
    for (const other of basis.slice(0, index)) {
      let dot = 0;
      for (let at = 0; at < vector.length; at += 1) dot += vector[at]! * other[at]!;
      for (let at = 0; at < vector.length; at += 1) vector[at] = vector[at]! - dot * other[at]!;
    }
    let norm = 0;
    for (const value of vector) norm += value * value;
    norm = Math.sqrt(norm);
    const inverse = norm > 1e-9 ? 1 / norm : 0;
    for (let at = 0; at < vector.length; at += 1) vector[at] = vector[at]! * inverse;
  }
}
