import { countBelow, countUpTo, sorted } from './statistics.ts';

/** A place from which on values stay at another level. */
export interface ChangePoint {
  /** First value of the new level. */
  readonly at: number;
  /** Chance that a later value is above an earlier one: .5 where nothing changed, 0 or 1 at most. */
  readonly dominance: number;
  readonly bits: number;
}

/** Either side must have so many values, and such a share of them. */
const fewestValues = 20;
const leastShare = 0.05;
/** Least share of pairs in which the later value is on the same side, to be a level of its own. */
const leastDominance = 0.75;
/** How much of the change either side may show within itself: more is a drift, not a step. */
const mostWithin = 0.5;
const mostBits = 20;

/** Ranks from 1; equal values share the middle of theirs. */
function ranksOf(values: Float64Array): Float64Array {
  const ascending = sorted(values);
  // Sorting places by their values would call back for each comparison.
  return values.map(
    (value) => (countBelow(ascending, value) + countUpTo(ascending, value) - 1) / 2 + 1,
  );
}

interface Split {
  readonly at: number;
  /** Pettitt's statistic, signed: positive where later values are larger. */
  readonly statistic: number;
}

function bestSplit(values: Float64Array, fewest: number): Split {
  const { length } = values;
  const ranks = ranksOf(values);
  let sum = 0;
  let best: Split = { at: 0, statistic: 0 };
  for (let at = 1; at < length; at += 1) {
    sum += ranks[at - 1]!;
    if (at < fewest || length - at < fewest) continue;
    const statistic = at * (length + 1) - 2 * sum;
    if (Math.abs(statistic) > Math.abs(best.statistic)) best = { at, statistic };
  }
  return best;
}

/** How far apart the two sides of the best split are: 0 for not at all, 1 for wholly. */
function effectOf({ at, statistic }: Split, length: number): number {
  return at === 0 ? 0 : Math.abs(statistic) / (at * (length - at));
}

/** Correlation of neighbours around the middle of their side, 0..1. */
function memoryOf(ranks: Float64Array, at: number): number {
  let above = 0;
  let below = 0;
  for (const [from, to] of [
    [0, at],
    [at, ranks.length],
  ] as const) {
    let mean = 0;
    for (let index = from; index < to; index += 1) mean += ranks[index]! / (to - from);
    for (let index = from; index < to; index += 1) {
      const here = ranks[index]! - mean;
      below += here * here;
      if (index > from) above += here * (ranks[index - 1]! - mean);
    }
  }
  return below > 0 ? Math.min(0.99, Math.max(0, above / below)) : 0;
}

/**
 * The place from which on values stay at another level, or null (Pettitt 1979: ranks, so that no
 * outlier and no scale matters). Values that remember their neighbours count for fewer, and neither
 * side may hold a like step itself: drifts and waves have no level to leave.
 */
export function findChangePoint(values: Float64Array): ChangePoint | null {
  const { length } = values;
  const fewest = Math.max(fewestValues, Math.ceil(length * leastShare));
  if (length < 3 * fewest) return null;
  const split = bestSplit(values, fewest);
  const effect = effectOf(split, length);
  const dominance = 0.5 + effect / 2;
  if (dominance < leastDominance) return null;
  for (const side of [values.subarray(0, split.at), values.subarray(split.at)]) {
    const within = bestSplit(side, Math.max(5, Math.ceil(side.length * 0.15)));
    if (effectOf(within, side.length) > effect * mostWithin) return null;
  }
  const memory = memoryOf(ranksOf(values), split.at);
  const effective = (length * (1 - memory)) / (1 + memory);
  const exponent = (6 * split.statistic ** 2) / (length ** 3 + length ** 2);
  const bits = ((exponent * effective) / length) * Math.LOG2E - 1;
  return {
    at: split.at,
    dominance: split.statistic > 0 ? dominance : 1 - dominance,
    bits: Math.min(mostBits, Math.max(0, bits)),
  };
}
