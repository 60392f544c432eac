import type { LogText } from '../record/logText.ts';
import type { Embedder, EmbedderStatus } from '../embed/embedder.ts';
import type { StageProgress } from './analysis.ts';

/** What an analysis is given from outside: the engine has no clock and no model of its own. */
export interface AnalysisDeps {
  /** Null where embeddings are off. */
  readonly embedder: Embedder | null;
  /** What the reader is told about it; may change while it embeds, as a model opens at first use. */
  readonly embedderStatus: EmbedderStatus;
  /** A clock in milliseconds, e.g. `performance.now`. */
  readonly now: () => number;
}

export interface AnalysisOptions {
  readonly signal?: AbortSignal;
  /** Same seed, same findings. */
  readonly seed?: number;
  readonly onProgress?: (progress: StageProgress) => void;
  /** Good runs: findings are then about what differs from them. */
  readonly baseline?: readonly LogText[];
}
