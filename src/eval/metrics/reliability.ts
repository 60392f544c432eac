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

const binCount = 5;

/** Claimed scores beside what came true, in equal bins of 0..1. */
export function reliabilityBins(judged: readonly Judged[]): Bin[] {
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
export function calibrationError(judged: readonly Judged[]): number {
  return reliabilityBins(judged)
    .filter(({ count }) => count > 0)
    .reduce(
      (sum, { count, claimed, observed }) =>
        sum + (count / judged.length) * Math.abs(claimed - observed),
      0,
    );
}
