import type { Curve, EvidenceWeights } from './evidenceWeights.ts';
import type { Severity } from './finding.ts';

/** A finding that is at least this likely to be true is high. */
export const highScore = 0.8;
/** At least this likely: medium. The rest is listed, not marked. */
export const mediumScore = 0.4;

function along(curve: Curve, at: number): number {
  const after = curve.findIndex(([from]) => from >= at);
  if (after < 0) return curve[curve.length - 1]?.[1] ?? 0;
  const [to, high] = curve[after]!;
  const [from, low] = curve[after - 1] ?? [to, high];
  return to === from ? high : low + ((high - low) * (at - from)) / (to - from);
}

/** What one detector claims for a candidate. */
export interface Claim {
  /** Which detector, and what of its findings: `rarity`, `value:number`. */
  readonly kind: string;
  readonly bits: number;
  /** A rule so well supported that it may stand alone. */
  readonly strong: boolean;
  /** log2 of how many different things of this kind are claimed per 10,000 records; 0 for one. */
  readonly crowd: number;
}

/** The kind of evidence behind a key: its words without the numbers of events and slots. */
export function kindOf(key: string): string {
  return key
    .split(':')
    .filter((part) => /^[a-z]+$/.test(part))
    .slice(0, 2)
    .join(':');
}

/**
 * What a claim is worth, in bits: detectors claim more or less than they hold, and each has its own
 * cost of having looked at many places. Where many such things are claimed of one log, they are how it
 * is.
 */
export function worth({ curves, strong, crowd }: EvidenceWeights, claim: Claim): number {
  const curve = curves[claim.kind] ?? curves[claim.kind.split(':')[0]!] ?? curves['other'] ?? [];
  if (curve.length === 0 || claim.bits < curve[0]![0]) return 0;
  const bits = along(curve, claim.bits) + (claim.strong ? strong : 0);
  return Math.max(0, bits - crowd * claim.crowd);
}

/**
 * The chance that a finding is true, 0..1: its bits against the doubt that any finding of a log of
 * that size must outweigh. Evidence of several kinds adds up (naive Bayes in log odds to the base 2).
 */
export function scoreOf(weights: EvidenceWeights, bits: number, records: number): number {
  const doubt = along(weights.doubt, Math.log2(Math.max(2, records)));
  return 1 / (1 + 2 ** (doubt - bits));
}

export function severityOf(score: number): Severity {
  return score >= highScore ? 'high' : score >= mediumScore ? 'medium' : 'low';
}
