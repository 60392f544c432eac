/** Kinds of evidence that count as independent of each other when severity is decided. */
export const families = [
  'severity',
  'rarity',
  'order',
  'count',
  'value',
  'rate',
  'gap',
  'text',
  'build',
  'baseline',
] as const;

export type Family = (typeof families)[number];

/** One checkable reason for a mark. */
export interface Reason {
  readonly family: Family;
  /** Strength in bits; the bits of all reasons of a finding add up to its `bits`. */
  readonly bits: number;
  /** One plain sentence: what was seen against what is usual. */
  readonly text: string;
  readonly observed: string;
  readonly expected: string;
  /** 1-based lines that show it. */
  readonly lines: readonly number[];
}

export type Severity = 'high' | 'medium' | 'low';

/** A place in the log that does not belong, with every reason why. Lines are 1-based and inclusive. */
export interface Finding {
  /** 1 is the best. */
  readonly rank: number;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  readonly severity: Severity;
  /** Calibrated, 0..1. */
  readonly score: number;
  readonly bits: number;
  /** Occurrences that this finding stands for. */
  readonly count: number;
  /** Pattern of the first line, `<*>` for slots. */
  readonly template: string;
  readonly title: string;
  /** In the order in which a person would give them: the first one stands for all. */
  readonly reasons: readonly Reason[];
  readonly related: readonly { readonly path: string; readonly line: number }[];
  /** First line of every further occurrence, 1-based ascending (the first one excluded), at most 1,000. */
  readonly repeats: readonly number[];
  /** With a baseline, and in builds: all lines the finding covers. */
  readonly lines?: readonly number[];
}
