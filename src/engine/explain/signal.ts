import type { Finding } from '../detect/finding.ts';
import type { FoundTrace } from './collectTraces.ts';
import type { Hit } from './knowledge/rule.ts';

/** Something in a log that may speak of trouble: a pattern, a status, a trace or a finding. */
export interface Signal {
  /** Position of the log in the input. */
  readonly log: number;
  readonly record: number;
  /** Last record in which it was told; `record` for what was told once. */
  readonly lastRecord: number;
  /** 1-based, inclusive. */
  readonly line: number;
  readonly endLine: number;
  /** Milliseconds since the epoch; NaN where the log states no time near it. */
  readonly time: number;
  /** Index into `levels`. */
  readonly level: number;
  /** Logger, process or component as the log names it; empty where it does not. */
  readonly source: string;
  readonly text: string;
  readonly template: number;
  readonly count: number;
  /** Strongest first. */
  readonly facts: readonly Hit[];
  readonly trace: FoundTrace | null;
  readonly finding: Finding | null;
  /** Not in the good run; null without one. */
  readonly isNew: boolean | null;
  /** How much this speaks of trouble, 0..1. */
  readonly weight: number;
}
