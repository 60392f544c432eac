import type { SessionMatrix } from '../sessionMatrix.ts';
import { trainAutoencoder, type Autoencoder } from '../numeric/autoencoder.ts';

/** Reconstruction of session count vectors. */
export interface SessionReconstruction {
  /** Mean squared standardised error of a row. */
  readonly error: (counts: Float32Array) => number;
  /** Share of a row's error per column, strongest first, at most three. */
  contributions(
    counts: Float32Array,
  ): { column: number; observed: number; expected: number; share: number }[];
}

export interface SessionTraining {
  readonly seed: number;
  /** Heaviest-error share of the sessions that is left out of the second training. */
  readonly trim: number;
}

/** Standard deviations below this would turn a single deviating session into an infinite error. */
const smallestDeviation = 0.05;
const hidden = [16, 4, 16] as const;
const seeds = 3;
/** Short on purpose: trained to the end it learns the failures as well (average precision .97 fell to .5). */
const steps = 200;

interface Scaling {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** log1p counts, standardised: input scaling decides more than anything else about this detector. */
function scalingOf(matrix: SessionMatrix, weights: Float64Array): Scaling {
  const { width, rows, rowCount } = matrix;
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  let total = 0;
  for (let row = 0; row < rowCount; row += 1) {
    const weight = weights[row]!;
    if (weight === 0) continue;
    total += weight;
    for (let column = 0; column < width; column += 1) {
      const value = Math.log1p(rows[row * width + column]!);
      mean[column] = mean[column]! + weight * value;
      deviation[column] = deviation[column]! + weight * value * value;
    }
  }
  for (let column = 0; column < width; column += 1) {
    mean[column] = mean[column]! / Math.max(1, total);
    const variance = deviation[column]! / Math.max(1, total) - mean[column]! * mean[column]!;
    deviation[column] = Math.max(smallestDeviation, Math.sqrt(Math.max(0, variance)));
  }
  return { mean, deviation };
}

function standardise(counts: Float32Array, scaling: Scaling, into: Float32Array): void {
  const { mean, deviation } = scaling;
  const width = mean.length;
  for (let at = 0; at < counts.length; at += 1) {
    const column = at % width;
    into[at] = (Math.log1p(counts[at]!) - mean[column]!) / deviation[column]!;
  }
}

/** Weights without the `trim` share of the sessions that are reproduced worst. */
export function trimWeights(
  weights: Float64Array,
  errors: Float64Array,
  trim: number,
): Float64Array {
  const order = Array.from(weights.keys()).sort((a, b) => errors[b]! - errors[a]!);
  let total = 0;
  for (const weight of weights) total += weight;
  const kept = weights.slice();
  let budget = total * trim;
  for (const row of order) {
    const weight = kept[row]!;
    // A row heavier than what is left to trim is too common to be noise.
    if (weight > budget) continue;
    budget -= weight;
    kept[row] = 0;
  }
  return kept;
}

function errorOf(model: Autoencoder, input: Float32Array, output: Float32Array): number {
  model.reconstruct(input, output);
  let sum = 0;
  for (let column = 0; column < input.length; column += 1) {
    const difference = input[column]! - output[column]!;
    sum += difference * difference;
  }
  return sum / input.length;
}

/**
 * Autoencoder over sessions, K-16-4-16-K on standardised log1p counts (`trim` = 0 for clean
 * training). Trained on everything, then again without the sessions that it reproduced worst, so
 * that frequent failures do not become usual; three seeds, of which the median error counts.
 */
export function reconstructSessions(
  matrix: SessionMatrix,
  training: SessionTraining,
): SessionReconstruction {
  const { width, rowCount } = matrix;
  const input = new Float32Array(width);
  const output = new Float32Array(width);
  const all = new Float32Array(matrix.rows.length);
  const train = (weights: Float64Array, seed: number): Autoencoder =>
    trainAutoencoder(all, width, weights, { hidden, steps, batch: 64, rate: 1e-3, seed });

  let { weights } = matrix;
  if (training.trim > 0) {
    standardise(matrix.rows, scalingOf(matrix, weights), all);
    const first = train(weights, training.seed);
    const errors = Float64Array.from({ length: rowCount }, (_, row) =>
      errorOf(first, all.subarray(row * width, (row + 1) * width), output),
    );
    weights = trimWeights(weights, errors, training.trim);
  }
  const scaling = scalingOf(matrix, weights);
  standardise(matrix.rows, scaling, all);
  const models = Array.from({ length: seeds }, (_, index) =>
    train(weights, training.seed + 101 * (index + 1)),
  );
  const median = (counts: Float32Array): { model: Autoencoder; error: number } => {
    standardise(counts, scaling, input);
    const list = models.map((model) => ({ model, error: errorOf(model, input, output) }));
    return list.sort((a, b) => a.error - b.error)[seeds >>> 1]!;
  };
  return {
    error: (counts) => median(counts).error,
    contributions(counts) {
      median(counts).model.reconstruct(input, output);
      let sum = 0;
      const parts = Array.from({ length: width }, (_, column) => {
        const square = (input[column]! - output[column]!) ** 2;
        sum += square;
        const expected = Math.expm1(
          output[column]! * scaling.deviation[column]! + scaling.mean[column]!,
        );
        return {
          column,
          observed: counts[column]!,
          expected: Math.max(0, expected),
          share: square,
        };
      });
      parts.sort((a, b) => b.share - a.share);
      return parts
        .slice(0, 3)
        .map((part) => ({ ...part, share: part.share / Math.max(sum, 1e-12) }));
    },
  };
}
