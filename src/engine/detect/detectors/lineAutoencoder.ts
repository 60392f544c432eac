import { calibrate } from '../calibrate.ts';
import { trainAutoencoder } from '../numeric/autoencoder.ts';
import type { Projection } from '../numeric/principal.ts';
import { trimWeights } from './sessionAutoencoder.ts';

/** What is known of one kind of record besides its text; one row per event and context. */
export interface LineContext {
  /** Names of the features, in order. */
  readonly names: readonly string[];
  /** Row-major, `rowCount * names.length`. */
  readonly values: Float32Array;
  /** Text of each row: an index into the projection. */
  readonly text: Uint32Array;
  /** Records of each row. */
  readonly weights: Float64Array;
}

export interface LineReconstruction {
  /** Evidence in bits per row. */
  readonly bits: Float64Array;
}

const hidden = [48, 12, 48] as const;
const steps = 240;
const trim = 0.02;

/**
 * Autoencoder over kinds of lines: the text's projected embedding beside its context (rarity, level,
 * pause before it, surprise, length, slots), standardised, through a bottleneck of 12. Trained in
 * proportion to sqrt(records), so that one chatty message does not own the network.
 */
export function reconstructLines(
  projection: Projection,
  context: LineContext,
  seed: number,
): LineReconstruction {
  const features = context.names.length;
  const width = projection.width + features;
  const rowCount = context.weights.length;
  const rows = new Float32Array(rowCount * width);
  for (let row = 0; row < rowCount; row += 1) {
    const text = context.text[row]! * projection.width;
    rows.set(projection.rows.subarray(text, text + projection.width), row * width);
    rows.set(
      context.values.subarray(row * features, (row + 1) * features),
      row * width + projection.width,
    );
  }
  const soft = context.weights.map((weight) => Math.sqrt(weight));
  let total = 0;
  for (const weight of soft) total += weight;
  for (let column = 0; column < width; column += 1) {
    let mean = 0;
    let square = 0;
    for (let row = 0; row < rowCount; row += 1) {
      const value = rows[row * width + column]!;
      mean += soft[row]! * value;
      square += soft[row]! * value * value;
    }
    mean /= Math.max(total, 1e-9);
    const deviation = Math.sqrt(Math.max(0, square / Math.max(total, 1e-9) - mean * mean));
    for (let row = 0; row < rowCount; row += 1) {
      const at = row * width + column;
      rows[at] = deviation < 1e-6 ? 0 : Math.max(-6, Math.min(6, (rows[at]! - mean) / deviation));
    }
  }
  const options = { hidden, steps, batch: 64, rate: 2e-3 };
  const output = new Float32Array(width);
  const errorsOf = (weights: Float64Array, ownSeed: number): Float64Array => {
    const model = trainAutoencoder(rows, width, weights, { ...options, seed: ownSeed });
    const errors = new Float64Array(rowCount);
    for (let row = 0; row < rowCount; row += 1) {
      const input = rows.subarray(row * width, (row + 1) * width);
      model.reconstruct(input, output);
      let sum = 0;
      for (let at = 0; at < width; at += 1) sum += (input[at]! - output[at]!) ** 2;
      errors[row] = Math.log(sum / width + 1e-4);
    }
    return errors;
  };
  const first = errorsOf(soft, seed);
  const errors = errorsOf(trimWeights(soft, first, trim), seed + 7);
  return {
    bits: calibrate(errors, context.weights, trim),
  };
}
