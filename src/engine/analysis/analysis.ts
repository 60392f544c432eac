import type { EmbedderStatus } from '../embed/embedder.ts';
import type { Finding } from '../detect/finding.ts';
import type { LogView } from '../detect/logView.ts';

/**
 * How much an analysis rests on: `first` on what single messages say (severity, rarity, bursts) and,
 * in a log that has grown, on what was learned before; `statistics` on what all detectors learned of
 * the log; `vectors` on what its messages mean as well. After `first` always comes another one.
 */
export type AnalysisStage = 'first' | 'statistics' | 'vectors';

/** One analysed log: what was read and what was found. */
export interface Analysis {
  readonly view: LogView;
  readonly findings: readonly Finding[];
  readonly stage: AnalysisStage;
  readonly embedder: EmbedderStatus;
  /** Wall time of reading, parsing and detecting, in milliseconds. */
  readonly milliseconds: number;
  /** What was given up for this log and what that means, in short sentences; mostly none. */
  readonly notes: readonly string[];
}

/** Where an analysis is. `share` is 0..1 of the current stage. */
export interface StageProgress {
  readonly stage: 'reading' | 'parsing' | 'detecting' | 'embedding';
  readonly share: number;
}

/** The same with the speed, which only a log that is analysed while it is read shows. */
export interface AnalysisProgress extends StageProgress {
  /** Null while unknown, and in a log that is read at once. */
  readonly bytesPerSecond: number | null;
  /** Until everything is read and judged; null while unknown, and in a log that is read at once. */
  readonly secondsLeft: number | null;
}
