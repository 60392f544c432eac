import type { EventTable } from '../events.ts';
import type { Evidence } from '../evidence.ts';
import type { Family, Reason } from '../finding.ts';
import { families } from '../finding.ts';
import type { Claim } from '../fuse.ts';
import type { LogView } from '../logView.ts';
import type { SeverityPrior } from '../detectors/severity.ts';
import type { TextEvidence } from '../textEvidence.ts';

/** Everything the detectors said about one log. */
export interface Collected {
  readonly view: LogView;
  readonly events: EventTable;
  readonly severity: SeverityPrior;
  readonly rarity: Float64Array;
  readonly text: TextEvidence | null;
  /** Evidence about single records. */
  readonly evidence: readonly Evidence[];
  /** How often a common kind of message comes. */
  readonly typical: number;
}

/** Records that may become a finding, with what speaks for it. */
export interface Candidate {
  readonly event: number;
  /** Ascending. */
  readonly records: ArrayLike<number>;
  /** The record to look at. */
  readonly main: number;
  readonly reasons: readonly Reason[];
  /** Undamped severity of the event, 0..8 bits. */
  readonly prior: number;
  /** The strongest claim of each family. */
  readonly claims: ReadonlyMap<Family, Claim>;
  /** The sum of the reasons' bits. */
  readonly bits: number;
}

/** Bits by which a reason of a family may be weaker and still be told first: plain ones are. */
const plainness: Partial<Record<Family, number>> = {
  gap: 2,
  value: 2,
  rate: 2,
  count: 1.5,
  rarity: 1,
  text: -100,
};

/** The strongest reason first; of nearly equal ones the one that is checked at a glance. */
export function byTelling(a: Reason, b: Reason): number {
  const first = a.bits + (plainness[a.family] ?? 0);
  const second = b.bits + (plainness[b.family] ?? 0);
  return second - first || families.indexOf(a.family) - families.indexOf(b.family);
}

export function sumOfBits(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, reason) => sum + reason.bits, 0);
}

/** The strongest reason of each family, in the order of telling. */
export function strongestReasons(reasons: Iterable<Reason>): Reason[] {
  const best = new Map<Family, Reason>();
  for (const reason of reasons) {
    const known = best.get(reason.family);
    if (known === undefined || reason.bits > known.bits) best.set(reason.family, reason);
  }
  return [...best.values()].sort(byTelling);
}

/** 1-based first lines of the first eight records. */
export function firstLinesOf(view: LogView, records: ArrayLike<number>): number[] {
  const lines: number[] = [];
  for (let index = 0; index < Math.min(8, records.length); index += 1) {
    lines.push(view.records.firstLine[records[index]!]! + 1);
  }
  return lines;
}
