import { bitsOf } from '../numeric/statistics.ts';

/** The short list of values that a slot takes. */
export interface CategoryModel {
  /** Occurrences in the sample of each value that is usual. */
  readonly usual: ReadonlyMap<number, number>;
  /** Occurrences of all others. */
  readonly rare: ReadonlyMap<number, number>;
  /** Values that it rests on. */
  readonly sample: number;
  /** Share of the usual values. */
  readonly coverage: number;
}

/** Fewer values do not say what is usual. */
const fewestValues = 30;
/** A slot with more distinct values than this takes no list of them. */
const mostCategories = 60;
/** Usual values must make up this share for the odd one to be odd. */
const leastCoverage = 0.98;

/**
 * Learns the list of values of a slot, or null where it has none: too many values, or too many that
 * come once.
 *
 * @param labels one number for each value: the same for the same value
 */
export function learnCategories(labels: Uint32Array): CategoryModel | null {
  const total = labels.length;
  if (total < fewestValues) return null;
  const most = Math.min(mostCategories, Math.max(8, total / 10));
  const counts = new Map<number, number>();
  for (const label of labels) {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    if (counts.size > most) return null;
  }
  const usual = new Map<number, number>();
  const rare = new Map<number, number>();
  let covered = 0;
  for (const [label, count] of counts) {
    if (count >= Math.max(5, total * 0.01)) {
      usual.set(label, count);
      covered += count;
    } else rare.set(label, count);
  }
  if (covered < total * leastCoverage) return null;
  return { usual, rare, sample: total, coverage: covered / total };
}

/** How many values of all lists of a log stand in none of them: what a single list is held against. */
export interface Strangers {
  readonly rare: number;
  readonly total: number;
}

/**
 * Evidence of a value that stands in no list, in bits: how seldom as rare ones come in its own list,
 * and half of what the lists of the whole log claim beyond that (a list of a thousand values alone
 * can show ten bits; that no other list has a stranger shows that lists here are closed).
 *
 * @param beyond occurrences of values at most as common, itself included
 * @param judged values of this slot
 * @param others strangers of the other lists
 */
export function strangerBits(beyond: number, judged: number, others: Strangers): number {
  const shown = bitsOf((beyond - 0.5) / (judged + 1));
  const rate = (others.rare + 0.5) / (others.total + 1);
  const claimed = bitsOf((beyond - 1 + listWeight * rate) / (judged + listWeight));
  return shown + (Math.max(0, claimed - shown) * 0.5) / beyond;
}

/** How many values of its own the experience with other lists is worth. */
const listWeight = 20;
