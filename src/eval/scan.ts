import { analyseLog } from '../engine/analysis/analyseLog.ts';
import type { Analysis } from '../engine/analysis/analysis.ts';
import type { AnalysisOptions } from '../engine/analysis/options.ts';
import type { Embedder } from '../engine/embed/embedder.ts';
import { hashingEmbedder } from '../engine/embed/hashingEmbedder.ts';
import type { LogText } from '../engine/record/logText.ts';

/** What `faultline scan` finds, by the same path through the engine. */
export function scan(
  log: LogText,
  options: AnalysisOptions = {},
  embedder: Embedder | null = null,
): Promise<Analysis> {
  const embedderStatus = {
    id: embedder?.id ?? 'none',
    state: embedder === null ? 'off' : embedder === hashingEmbedder ? 'fallback' : 'ready',
    detail: '',
  } as const;
  return analyseLog(log, { embedder, embedderStatus, now: () => performance.now() }, options);
}
