import { bitsOf, quantile, sorted } from '../numeric/statistics.ts';
import { fitTail, tailProbability, type Tail } from '../numeric/tail.ts';

/** What numbers of one slot usually are. */
export interface NumberModel {
  /** Nearly all values lie between these two. */
  readonly usual: readonly [number, number];
  /** Values that it rests on. */
  readonly sample: number;
  /** Whether a value lies clearly outside of what is usual. */
  isOutside(value: number): boolean;
  /**
   * Evidence of a value outside, in bits.
   * @param beyond how many of `judged` values are at least as far out, itself included
   */
  bits(value: number, beyond: number, judged: number): number;
}

/** Fewer values do not say what is usual. */
const fewestValues = 30;
/** A slot holds numbers when nearly all of its values are. */
const numberShare = 0.95;
/** Least scale of a tail, in e-folds: closer values are measured, not different. */
const leastScale = 0.05;
/** What is too small rarely is what went wrong, unless its sign is wrong. */
const lowerWeight = 0.6;

/** Few different numbers are codes or states: how far they lie apart means nothing. */
const mostCodes = 8;

function distinctOf(ascending: Float64Array): number {
  let distinct = 1;
  for (let index = 1; index < ascending.length; index += 1) {
    if (ascending[index] !== ascending[index - 1]) distinct += 1;
  }
  return distinct;
}

/** Counters and identifiers: values that hardly ever repeat and only grow, or are huge and unique. */
function isIdentifier(values: Float64Array, ascending: Float64Array, distinct: number): boolean {
  let ascents = 0;
  let changes = 0;
  for (let index = 1; index < values.length; index += 1) {
    const step = values[index]! - values[index - 1]!;
    if (step !== 0) changes += 1;
    if (step > 0) ascents += 1;
  }
  if (changes > values.length * 0.5 && ascents >= changes * 0.95) return true;
  const wide = Math.abs(quantile(ascending, 0.5)) >= 1e6;
  return wide && distinct > values.length * 0.9;
}

/** The finest step between values: what was rounded away says nothing. */
function resolution(ascending: Float64Array): number {
  let finest = Number.POSITIVE_INFINITY;
  for (let index = 1; index < ascending.length; index += 1) {
    const step = ascending[index]! - ascending[index - 1]!;
    if (step > 0 && step < finest) finest = step;
  }
  return Number.isFinite(finest) ? finest : 1;
}

/**
 * Learns what the numbers of a slot usually are: tails of an exponential on a scale that is linear
 * near zero and logarithmic beyond (durations, sizes and counts differ by factors, so a tail there is
 * Pareto's, and heavy). Null where the values are no numbers, or count or identify something.
 *
 * @param numbers in the order of the log; NaN where a value is no number
 */
export function learnNumbers(numbers: Float64Array): NumberModel | null {
  const values = numbers.filter((value) => !Number.isNaN(value));
  if (values.length < fewestValues || values.length < numbers.length * numberShare) return null;
  const ascending = sorted(values);
  const distinct = distinctOf(ascending);
  if (distinct <= mostCodes || isIdentifier(values, ascending, distinct)) return null;
  const magnitudes = sorted(ascending.map(Math.abs));
  const unit = Math.max(resolution(ascending), quantile(magnitudes, 0.5) / 50, 1e-12);
  const scale = (value: number): number => Math.asinh(value / unit);
  const scaled = ascending.map(scale);
  const centre = quantile(scaled, 0.5);
  const spread = quantile(scaled, 0.75) - quantile(scaled, 0.25);
  const floor = Math.max(leastScale, spread / 4);
  const upper = fitTail(
    scaled.map((value) => value - centre),
    floor,
  );
  const lower = fitTail(
    scaled.map((value) => centre - value),
    floor,
  );
  // The usual range leaves out at least the most extreme value on either side.
  const edge = Math.max(0.01, 1.5 / values.length);
  const low = quantile(scaled, edge);
  const high = quantile(scaled, 1 - edge);
  const margin = Math.max(Math.log(1.25), (high - low) * 0.3);
  const anyNegative = ascending[0]! < 0;
  const raw: [number, number] = [quantile(ascending, edge), quantile(ascending, 1 - edge)];
  return {
    usual: raw,
    sample: values.length,
    isOutside: (value) => {
      const at = scale(value);
      return at > high + margin || at < low - margin;
    },
    bits: (value, beyond, judged) => {
      const at = scale(value);
      const tail: Tail = at > centre ? upper : lower;
      const model = bitsOf(tailProbability(tail, Math.abs(at - centre)));
      const shown = bitsOf((beyond - 0.5) / (judged + 1));
      // Half of what the tail claims beyond what so many values can show by themselves.
      const bits = model <= shown ? model : shown + ((model - shown) * 0.5) / beyond;
      if (at > centre) return bits;
      return value < 0 && !anyNegative ? bits : bits * lowerWeight;
    },
  };
}
