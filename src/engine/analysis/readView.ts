import { findSessions } from '../detect/sessions.ts';
import { noSessions, type LogView } from '../detect/logView.ts';
import type { LogText } from '../record/logText.ts';
import { parseRecords } from '../record/parseRecords.ts';
import { mineTemplates } from '../template/mineTemplates.ts';
import type { AnalysisOptions } from './options.ts';

/** The `signal` of options that have one, in the form exact optional properties ask for. */
export function signalOf(options: { readonly signal?: AbortSignal }): { signal?: AbortSignal } {
  return options.signal === undefined ? {} : { signal: options.signal };
}

/**
 * Reads a log up to what detectors see: records, templates, sessions; no vectors yet.
 * @throws EngineError `aborted`
 */
export async function readView(log: LogText, options: AnalysisOptions): Promise<LogView> {
  const view = await readPatterns(log, options);
  return { ...view, sessions: findSessions(log, view.records, view.templates) };
}

/**
 * Records and templates of a log, without the sessions: finding these takes most of the time.
 * @throws EngineError `aborted`
 */
export async function readPatterns(log: LogText, options: AnalysisOptions): Promise<LogView> {
  const { onProgress } = options;
  const records = await parseRecords(log, {
    ...signalOf(options),
    onProgress: (share) => onProgress?.({ stage: 'reading', share }),
  });
  const templates = await mineTemplates(log, records, {
    ...signalOf(options),
    onProgress: (share) => onProgress?.({ stage: 'parsing', share }),
  });
  return { log, records, templates, sessions: noSessions, vectors: null };
}
