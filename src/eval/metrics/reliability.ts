/** A score that was claimed, and whether it came true. */
export interface Judged {
  readonly score: number;
  readonly hit: boolean;
}

/** Judged scores between two bounds. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean of the scores that were claimed; not a number in an empty bin. */
  readonly claimed: number;
  /** Share that came true; not a number in an empty bin. */
  readonly observed: number;
}

const fewBins = 5;

/** Claimed scores beside what came true, in equal bins of 0..1. */
export function reliabilityBins(judged: readonly Judged[], binCount = fewBins): Bin[] {
  return Array.from({ length: binCount }, (_, index) => {
    const members = judged.filter(
      ({ score }) => Math.min(binCount - 1, Math.floor(score * binCount)) === index,
    );
    const hits = members.filter(({ hit }) => hit).length;
    return {
      from: index / binCount,
      to: (index + 1) / binCount,
      count: members.length,
      claimed: members.reduce((sum, { score }) => sum + score, 0) / members.length,
      observed: hits / members.length,
    };
  });
}

/** Mean squared distance of the scores from what came true (Brier 1950). */
export function brier(judged: readonly Judged[]): number {
  return (
    judged.reduce((sum, { score, hit }) => sum + (score - Number(hit)) ** 2, 0) / judged.length
  );
}

/** Expected calibration error: mean distance of claimed and observed over the bins, by size. */
export function calibrationError(judged: readonly Judged[], binCount = fewBins): number {
  return reliabilityBins(judged, binCount)
    .filter(({ count }) => count > 0)
    .reduce(
      (sum, { count, claimed, observed }) =>
        sum + (count / judged.length) * Math.abs(claimed - observed),
      0,
    );
}

/**
 * The largest share of cases, most confident first, of which at least `precision` are right: how often
 * the answer could be given if it had to be that reliable. Cases of the same score go together.
 */
export function coverageAt(judged: readonly Judged[], precision: number): number {
  const sorted = judged.toSorted((a, b) => b.score - a.score);
  let hits = 0;
  let best = 0;
  for (const [index, { score, hit }] of sorted.entries()) {
    hits += Number(hit);
    if (sorted[index + 1]?.score !== score && hits / (index + 1) >= precision) best = index + 1;
  }
  return best / judged.length;
}
