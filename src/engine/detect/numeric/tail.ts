import { bitsOf, countBelow, quantile, sorted } from './statistics.ts';

/**
 * The upper tail of a sample: empirical below `start`, exponential above it. Fitted on the part
 * between two quantiles, so that the outliers it is to judge do not shape it.
 */
export interface Tail {
  readonly ascending: Float64Array;
  /** Where the exponential part starts. */
  readonly start: number;
  /** Share of the sample above `start`. */
  readonly share: number;
  /** Mean excess above `start`. */
  readonly scale: number;
}

/**
 * Peaks over a threshold with an exponential tail (Pickands 1975, shape fixed at 0). The scale comes
 * from the median excess of the trimmed part: a free shape or a mean is fitted to the very outliers
 * (POT on contaminated scores flagged almost nothing). `floor` keeps constant samples from
 * calling the least difference impossible.
 */
export function fitTail(values: ArrayLike<number>, floor: number, trim = 0.01): Tail {
  const ascending = sorted(values);
  const count = ascending.length;
  const share = count >= 400 ? 0.05 : count >= 60 ? 0.1 : 0.25;
  const start = quantile(ascending, 1 - share);
  const from = Math.ceil((count - 1) * (1 - share));
  const to = Math.max(from + 1, Math.floor(count * (1 - Math.min(trim, share / 2))));
  const middle = ascending[Math.min(count - 1, (from + to) >>> 1)] ?? start;
  const scale = Math.max(
    (middle - start) / Math.LN2,
    (start - quantile(ascending, 0.5)) / 6,
    floor,
  );
  return { ascending, start, share, scale };
}

/** How far the fitted tail may carry a single value beyond what the sample alone can show. */
const extrapolation = 0.5;

/**
 * Evidence of a value that belongs to the sample itself, in bits. The sample of n alone can show
 * log2(2n) bits; the fitted tail adds half of what it claims beyond that, shared by all values that
 * are as extreme: what happens repeatedly is not one in a million.
 */
export function tailBits(tail: Tail, value: number): number {
  const { ascending } = tail;
  const count = ascending.length;
  if (count === 0) return 0;
  const model = bitsOf(tailProbability(tail, value));
  const extreme = Math.max(1, count - countBelow(ascending, value));
  const empirical = bitsOf((extreme - 0.5) / count);
  if (model <= empirical) return model;
  return empirical + ((model - empirical) * extrapolation) / extreme;
}

/** P(X >= value), never 0. */
export function tailProbability(tail: Tail, value: number): number {
  const { ascending, start, share, scale } = tail;
  const count = ascending.length;
  if (count === 0) return 1;
  if (value > start) return share * Math.exp(-(value - start) / scale);
  return Math.max(share, (count - countBelow(ascending, value) + 1) / (count + 1));
}
