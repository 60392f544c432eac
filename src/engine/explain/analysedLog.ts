import type { Finding } from '../detect/finding.ts';
import type { LogView } from '../detect/logView.ts';
import type { EmbedderStatus } from '../embed/embedder.ts';

/** What an explanation needs of one analysed log; an `Analysis` is one. */
export interface AnalysedLog {
  readonly view: LogView;
  readonly findings: readonly Finding[];
  readonly embedder: EmbedderStatus;
}
