import type { Family } from './finding.ts';

/** A detector's finding in words. */
export interface Description {
  readonly text: string;
  readonly observed: string;
  readonly expected: string;
}

/** What a detector has to say about some records: one reason, not yet a finding. */
export interface Evidence {
  readonly family: Family;
  /** Calibrated strength, 0..`maxBits`. */
  readonly bits: number;
  /** The record a reader should look at. */
  readonly record: number;
  /** Records that show it, ascending, at most `shownRecords`. */
  readonly shows: readonly number[];
  /** Evidence of one kind: the same key at another record says the same thing. */
  readonly key: string;
  /** A rule so well supported that it may stand alone. */
  readonly strong: boolean;
  /** Last record of the stretch that the evidence covers, where it is one (a burst). */
  readonly until?: number;
  /** Words are made only for what is shown. */
  readonly describe: () => Description;
}

/** Records cited by one piece of evidence. */
const shownRecords = 8;

/** Keeps the citation list short. */
export function shown(records: Iterable<number>): number[] {
  const list: number[] = [];
  for (const record of records) {
    if (list.length === shownRecords) break;
    list.push(record);
  }
  return list;
}

/** Least evidence that is worth a word. */
export const leastBits = 8;
/** Pieces of evidence kept per detector. */
export const mostEvidence = 1500;

/** The strongest evidence first, a bounded number of pieces; of equal ones what came first. */
export function strongest(list: Evidence[]): Evidence[] {
  return list.sort((a, b) => b.bits - a.bits || a.record - b.record).slice(0, mostEvidence);
}
