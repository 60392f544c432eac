import { quantile, sorted } from '../numeric/statistics.ts';

/** What numbers of one slot usually are. */
export interface NumberModel {
  /** Nearly all values lie between these two. */
  readonly usual: readonly [number, number];
  /** Values that it rests on. */
  readonly sample: number;
  /**
   * How far a value lies from the middle, negative below it, on a scale that is linear near zero and
   * logarithmic beyond: durations, sizes and counts differ by factors.
   */
  distance(value: number): number;
  /** Distances beyond these two belong to the extremes, which are compared with each other. */
  readonly edges: readonly [number, number];
  /** Values between these two have a distance between the edges: no logarithm need be taken. */
  readonly within: readonly [number, number];
  /** Distances beyond these two are clearly outside of what is usual. */
  readonly outside: readonly [number, number];
  /** Distances of the sample beyond the upper (lower) edge without their sign, descending. */
  readonly above: Float64Array;
  readonly below: Float64Array;
  /** Whether no value of the sample is below zero. */
  readonly nonNegative: boolean;
}

/** Fewer values do not say what is usual. */
const fewestValues = 30;
/** A slot holds numbers when nearly all of its values are. */
const numberShare = 0.95;
/** Least scale of a tail, in e-folds: closer values are measured, not different. */
const leastScale = 0.05;
/** Share of the values on either side that are compared with each other, and how many at least. */
const comparedShare = 0.05;
const fewestCompared = 16;
const mostBits = 20;

/** Few different numbers are codes or states: how far they lie apart means nothing. */
const mostCodes = 8;

function distinctOf(ascending: Float64Array): number {
  let distinct = 1;
  for (let index = 1; index < ascending.length; index += 1) {
    if (ascending[index] !== ascending[index - 1]) distinct += 1;
  }
  return distinct;
}

/** Counters, clocks and numbers that are given out: values that change often and only grow. */
function isCounter(values: Float64Array): boolean {
  let ascents = 0;
  let changes = 0;
  for (let index = 1; index < values.length; index += 1) {
    const step = values[index]! - values[index - 1]!;
    if (step !== 0) changes += 1;
    if (step > 0) ascents += 1;
  }
  return changes > values.length * 0.5 && ascents >= changes * 0.95;
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

/** Rounding of the functions that lead from a value to its distance and back, with room to spare. */
const rounding = 1e-9;

/** Several detectors ask about the same values. */
const learned = new WeakMap<Float64Array, NumberModel | null>();

/**
 * Learns what the numbers of a slot usually are. Null where the values are no numbers, or count something.
 *
 * @param numbers in the order of the log, never changed again; NaN where a value is no number
 */
export function learnNumbers(numbers: Float64Array): NumberModel | null {
  const known = learned.get(numbers);
  if (known !== undefined) return known;
  const model = modelOf(numbers);
  learned.set(numbers, model);
  return model;
}

function modelOf(numbers: Float64Array): NumberModel | null {
  const values = numbers.filter((value) => !Number.isNaN(value));
  const { length } = values;
  if (length < fewestValues || length < numbers.length * numberShare) return null;
  const ascending = sorted(values);
  if (distinctOf(ascending) <= mostCodes || isCounter(values)) return null;
  const unit = Math.max(
    resolution(ascending),
    quantile(ascending[0]! >= 0 ? ascending : sorted(ascending.map(Math.abs)), 0.5) / 50,
    1e-12,
  );
  const centre = Math.asinh(quantile(ascending, 0.5) / unit);
  const distance = (value: number): number => Math.asinh(value / unit) - centre;
  const distances = ascending.map(distance);
  // The usual range leaves out at least the most extreme value on either side.
  const edge = Math.max(0.01, 1.5 / length);
  const low = quantile(distances, edge);
  const high = quantile(distances, 1 - edge);
  const margin = Math.max(Math.log(1.25), (high - low) * 0.3);
  const compared = Math.min(0.25, Math.max(comparedShare, fewestCompared / length));
  const edges = [quantile(distances, compared), quantile(distances, 1 - compared)] as const;
  const valueAt = (far: number, inwards: number): number => {
    const value = unit * Math.sinh(far + centre);
    return value + inwards * rounding * (Math.abs(value) + unit);
  };
  return {
    usual: [quantile(ascending, edge), quantile(ascending, 1 - edge)],
    sample: length,
    distance,
    edges,
    within: [valueAt(edges[0], 1), valueAt(edges[1], -1)],
    outside: [low - margin, high + margin],
    above: distances.filter((value) => value > edges[1]).reverse(),
    below: distances.filter((value) => value < edges[0]).map(Math.abs),
    nonNegative: ascending[0]! >= 0,
  };
}

/**
 * Evidence in bits that the value of a rank is too far out to belong to the others of its side: its
 * distance from the third next ones, for which the spacings of an exponential tail (Rényi 1953) say
 * how far that usually is, of all slots like this one and not of all its values. The tail is one of
 * logarithms, so it is Pareto's, and heavy.
 *
 * @param extremes distances on one side beyond the edge, descending
 * @param edge distance that the values which are not extreme reach at most
 * @param rank 1 for the farthest
 * @param count how many values there are, the extreme ones included
 */
export function outlierBits(
  extremes: Float64Array,
  edge: number,
  rank: number,
  count: number,
): number {
  const { length } = extremes;
  const at = (position: number): number => (position <= length ? extremes[position - 1]! : edge);
  const next = Math.min(count, 3 * rank + 1);
  const far = Math.min(length, 10 * next);
  const near = Math.max(next, length);
  // Where too few values are extreme, all above the middle say how wide the tail is.
  const wide =
    far >= 2 * next
      ? (at(next) - at(far)) / Math.log(far / next)
      : at(near) / Math.log(Math.max(2, count / 2 / near));
  const bits = (at(rank) - at(next)) / Math.max(leastScale, wide) / Math.LN2 - Math.log2(3);
  return Math.min(mostBits, Math.max(0, bits));
}
