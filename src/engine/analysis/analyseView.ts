import { EngineError } from '../base/engineError.ts';
import { buildFindings } from '../detect/build/buildFindings.ts';
import { compareRuns } from '../detect/compare/compareRuns.ts';
import { detectFindings } from '../detect/detectFindings.ts';
import type { Finding } from '../detect/finding.ts';
import type { LogView } from '../detect/logView.ts';
import type { EmbedderStatus } from '../embed/embedder.ts';
import type { Analysis } from './analysis.ts';
import { failureSentences, routineSentences } from './anchorSentences.ts';
import type { AnalysisDeps, AnalysisOptions } from './options.ts';
import { signalOf } from './readView.ts';

/** Embedding more patterns than this takes longer than anyone waits; statistics stand alone then. */
const mostEmbedded = 5000;

function detectOptions(options: AnalysisOptions): Parameters<typeof detectFindings>[1] {
  const { seed, onProgress } = options;
  return {
    ...signalOf(options),
    ...(seed === undefined ? {} : { seed }),
    onProgress: (share) => onProgress?.({ stage: 'detecting', share }),
  };
}

/** Findings that need no vectors ever: against a good run, or of a build. */
function findingsWithoutStages(view: LogView, options: AnalysisOptions): readonly Finding[] | null {
  if (options.baseline !== undefined && options.baseline.length > 0) {
    return compareRuns(view.log, options.baseline);
  }
  return buildFindings(view.log, view.records);
}

/**
 * Findings of a log that has been read: statistics first, then once more when its patterns have
 * been embedded. An embedder that fails costs nothing but the second stage; the status says why.
 *
 * @param started time on `deps.now` when reading began
 * @throws EngineError `aborted`
 */
export async function* analyseView(
  view: LogView,
  deps: AnalysisDeps,
  options: AnalysisOptions,
  started: number,
): AsyncGenerator<Analysis> {
  const { embedder, embedderStatus, now } = deps;
  const direct = findingsWithoutStages(view, options);
  if (direct !== null) {
    yield {
      view,
      findings: direct,
      embedder: embedderStatus,
      milliseconds: now() - started,
    };
    return;
  }
  const findings = await detectFindings(view, detectOptions(options));
  const texts = view.templates.templates.map((template) => template.text);
  const wanted = embedder !== null && texts.length > 0;
  const tooMany = texts.length > mostEmbedded;
  const waiting: EmbedderStatus =
    !wanted || tooMany ? embedderStatus : { ...embedderStatus, state: 'loading', detail: '' };
  const first: Analysis = {
    view,
    findings,
    embedder:
      tooMany && wanted ? { ...embedderStatus, state: 'off', detail: tooManyPatterns } : waiting,
    milliseconds: now() - started,
  };
  yield first;
  if (embedder === null || !wanted || tooMany) return;

  options.onProgress?.({ stage: 'embedding', share: 0 });
  const anchors = [...failureSentences, ...routineSentences];
  let vectors: Float32Array[];
  try {
    vectors = await embedder.embed([...texts, ...anchors], options.signal);
  } catch (error) {
    if (EngineError.is(error, 'aborted')) throw error;
    const detail = EngineError.is(error) ? `${error.message} ${error.advice}` : String(error);
    yield { ...first, embedder: { ...deps.embedderStatus, state: 'off', detail } };
    return;
  }
  options.onProgress?.({ stage: 'embedding', share: 1 });
  // Asked again: an embedder that opens its model at first use knows only now what it is.
  const status = deps.embedderStatus;
  const semantic = status.state !== 'fallback';
  const refined: LogView = { ...view, vectors: vectors.slice(0, texts.length) };
  const failureEnd = texts.length + failureSentences.length;
  const lean = semantic
    ? {
        anchors: {
          failure: vectors.slice(texts.length, failureEnd),
          routine: vectors.slice(failureEnd),
        },
      }
    : {};
  yield {
    view: refined,
    findings: await detectFindings(refined, { ...detectOptions(options), ...lean }),
    embedder: semantic ? { ...status, state: 'ready', detail: '' } : status,
    milliseconds: now() - started,
  };
}

const tooManyPatterns =
  'The log has more than 5,000 message patterns; embedding them was skipped. Findings rest on statistics.';
