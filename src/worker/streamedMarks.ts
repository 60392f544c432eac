import type { StreamedAnalysis } from '../engine/analysis/stream/streamedLog.ts';
import type { Finding } from '../engine/detect/finding.ts';
import type { SimilarIncident } from '../engine/incident/incident.ts';
import type { HoverContext } from '../engine/present/hoverParts.ts';
import { sessionsText } from '../engine/present/sessionsText.ts';
import type { LogMarks } from '../protocol/workerApi.ts';
import { fileLines } from './editorLines.ts';
import { shownSpan } from './hoverContext.ts';
import { marksOf, shownFindings } from './logMarks.ts';
import type { NormalTemplates } from './normalTemplates.ts';
import type { StreamedResult } from './streamedLogs.ts';

/** A log that is read in segments as the editor shows it. */
export function streamedMarks(
  { streamed, final }: StreamedResult,
  normal: NormalTemplates,
): LogMarks {
  const { findings, lines, bytes, size, records, patterns } = streamed;
  const shown = shownFindings(streamed, normal);
  return {
    marks: marksOf(shown, fileLines),
    lines,
    bytes,
    read: { bytes, of: size },
    records,
    templates: patterns.size,
    format: streamed.format,
    sessions: streamed.sessions,
    notes: streamed.notes,
    hidden: findings.length - shown.length,
    embedder: { id: 'none', state: 'off', detail: 'The log is too large to compare by meaning.' },
    milliseconds: streamed.milliseconds,
    stage: 'statistics',
    final,
  };
}

/** What is known about the pattern of a finding of such a log. */
export function streamedContext(
  { patterns, sessions, records }: StreamedAnalysis,
  { template, count, reasons }: Finding,
  similar: readonly SimilarIncident[],
): HoverContext {
  const bySession = reasons.some(({ family }) => family === 'count' || family === 'order');
  const total = patterns.get(template);
  return {
    ...(total === null ? { first: null, last: null } : shownSpan(total.firstTime, total.lastTime)),
    count: total?.count ?? count,
    totalRecords: records,
    sessions: bySession ? sessionsText(sessions) : '',
    similar,
  };
}
