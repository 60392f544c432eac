import { bitsOf } from './numeric/statistics.ts';
import { fitTail, tailProbability } from './numeric/tail.ts';

/** Values that stand for the whole sample when a tail is fitted. */
const expanded = 4000;

/**
 * Turns raw scores into evidence: bits = -log2 of a conformal p-value against the scores that remain
 * when the highest `trim` share of the mass is taken away, with a fitted tail beyond the last of
 * them (conformal outlier p-values: Bates et al. 2023; trimming, because nobody guarantees that the
 * log is clean; POT without trimming is fitted to the anomalies themselves).
 *
 * @param weights how many sessions or records a score stands for
 * @returns bits of any score, 0..20
 */
export function calibration(
  scores: ArrayLike<number>,
  weights: ArrayLike<number>,
  trim: number,
): (score: number) => number {
  const order = Array.from({ length: scores.length }, (_, index) => index)
    .filter((index) => weights[index]! > 0)
    .sort((a, b) => scores[a]! - scores[b]!);
  let total = 0;
  for (const index of order) total += weights[index]!;
  if (total < 2) return () => 0;
  const keep = total * (1 - trim);
  const size = Math.min(expanded, Math.max(2, Math.floor(keep)));
  const sample = new Float64Array(size);
  let at = 0;
  let mass = weights[order[0]!]!;
  for (let index = 0; index < size; index += 1) {
    const target = (keep * (index + 0.5)) / size;
    while (mass < target && at + 1 < order.length) {
      at += 1;
      mass += weights[order[at]!]!;
    }
    sample[index] = scores[order[at]!]!;
  }
  const spread = sample[size - 1]! - sample[0]!;
  const tail = fitTail(sample, Math.max(spread * 0.02, 1e-9), 0.005);
  // The sample is the lower part of the whole: its tail is that much lighter.
  return (score) => bitsOf(tailProbability(tail, score) * (1 - trim) + 0.25 / (total + 1));
}

/** `calibration` of the scores themselves: bits per score. */
export function calibrate(
  scores: ArrayLike<number>,
  weights: ArrayLike<number>,
  trim: number,
): Float64Array {
  return Float64Array.from(scores, calibration(scores, weights, trim));
}

/**
 * Benjamini-Hochberg (1995): the evidence, in bits, from which on at most `rate` of the discoveries
 * are expected to be false; Infinity where nothing is discovered.
 *
 * @param bits evidence of all hypotheses that passed some floor
 * @param tested how many hypotheses there were in all
 */
export function discoveryThreshold(bits: Iterable<number>, tested: number, rate: number): number {
  const descending = [...bits].sort((a, b) => b - a);
  let threshold = Number.POSITIVE_INFINITY;
  for (const [index, value] of descending.entries()) {
    if (2 ** -value <= (rate * (index + 1)) / Math.max(1, tested)) threshold = value;
  }
  return threshold;
}
