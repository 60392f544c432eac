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

/** Least evidence about odd values that is worth a word: chance gives one slot in 64 as much. */
export const leastOdd = 6;
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
export function learnCategories(labels: Int32Array): CategoryModel | null {
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

/** Values that the knowledge about other lists is worth for a single one. */
const listWeight = 5;
/** Values before they say how closed lists are. */
const fewestListed = 300;
const mostBits = 20;

/**
 * Evidence of values that stand in no list, in bits: how seldom a list of so many values has any
 * stranger. Their number is negative binomial (Fisher's logarithmic series, 1943): one list in many
 * is open, and has several then, which say no more than the first.
 *
 * @param strangers of this list
 * @param judged values of this list
 * @param others strangers of the other lists
 */
export function strangerBits(strangers: number, judged: number, others: Strangers): number {
  const rate = (others.rare + 0.5) / (others.total + judged + fewestListed);
  const probability = listWeight * rate * Math.log1p(judged / listWeight);
  const bits = -Math.log2(Math.min(1, probability)) - Math.log2(strangers);
  return Math.min(mostBits, Math.max(0, bits));
}
