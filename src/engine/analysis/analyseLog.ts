import { EngineError } from '../base/engineError.ts';
import type { LogText } from '../record/logText.ts';
import type { Analysis } from './analysis.ts';
import { LogSession } from './logSession.ts';
import type { AnalysisDeps, AnalysisOptions } from './options.ts';

/**
 * Analyses a log and yields what is known as it becomes known (`AnalysisStage`). Yields once where
 * there is nothing to wait for: a small log without an embedder, a build log, a baseline.
 * @throws EngineError `aborted`
 */
export async function* analyseInStages(
  log: LogText,
  deps: AnalysisDeps,
  options: AnalysisOptions = {},
): AsyncGenerator<Analysis> {
  yield* new LogSession(log, deps, options).analyse(options.signal, options.onProgress);
}

/**
 * The last stage of `analyseInStages`, without the work for a first one.
 * @throws EngineError `aborted`
 */
export async function analyseLog(
  log: LogText,
  deps: AnalysisDeps,
  options: AnalysisOptions = {},
): Promise<Analysis> {
  const session = new LogSession(log, deps, { ...options, early: false });
  return analysisOf(session.analyse(options.signal, options.onProgress));
}

/** The last of some stages. */
export async function analysisOf(stages: AsyncGenerator<Analysis>): Promise<Analysis> {
  let last: Analysis | null = null;
  for await (const analysis of stages) last = analysis;
  if (last === null) {
    throw new EngineError('invalid-argument', 'The analysis ended without a result.', 'Report it.');
  }
  return last;
}
