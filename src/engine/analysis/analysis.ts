import type { EmbedderStatus } from '../embed/embedder.ts';
import type { Finding } from '../detect/finding.ts';
import type { LogView } from '../detect/logView.ts';

/** One analysed log: what was read and what was found. */
export interface Analysis {
  readonly view: LogView;
  readonly findings: readonly Finding[];
  readonly embedder: EmbedderStatus;
  /** Wall time of reading, parsing and detecting, in milliseconds. */
  readonly milliseconds: number;
}

/** Progress while a log is analysed. `share` is 0..1 of the current stage. */
export interface AnalysisProgress {
  readonly stage: 'reading' | 'parsing' | 'detecting' | 'embedding';
  readonly share: number;
}
