import type { Finding } from '../detect/finding.ts';
import type { LogView } from '../detect/logView.ts';
import type { EmbedderStatus } from '../embed/embedder.ts';
import type { LogSlice } from '../record/logSlice.ts';

/** What an explanation needs of one analysed log; an `Analysis` is one. */
export interface AnalysedLog {
  readonly view: LogView;
  readonly findings: readonly Finding[];
  readonly embedder: EmbedderStatus;
  /** What is known of the log beyond the excerpt that the view holds; absent where it holds all of it. */
  readonly whole?: WholeLog;
}

/** What is known of a log of which only an excerpt is held. */
export interface WholeLog {
  /** The log in figures, in its order. */
  readonly slices: readonly LogSlice[];
  /** Bytes at its end of which nothing is known yet. */
  readonly unread: number;
  /** Its findings, at the lines of the log. */
  readonly findings: readonly Finding[];
  /** How often a pattern came in all of it; null where it was not counted. */
  patternOf(template: string): PatternInLog | null;
}

/** A pattern over all of a log. Lines are 1-based. */
export interface PatternInLog {
  readonly count: number;
  readonly firstLine: number;
  readonly lastLine: number;
  /** Milliseconds since the epoch; NaN where the log states no time. */
  readonly lastTime: number;
}
