import type { Analysis } from '../engine/analysis/analysis.ts';
import type { Finding } from '../engine/detect/finding.ts';
import { recordAtLine } from '../engine/explain/readLines.ts';
import type { SimilarIncident } from '../engine/incident/incident.ts';
import type { HoverContext } from '../engine/present/hoverParts.ts';
import { sessionsText } from '../engine/present/sessionsText.ts';
import { isoTime } from '../engine/record/time.ts';

/** The finding that covers a line (1-based): itself or one of its occurrences; the strongest of several. */
export function findingAtLine(findings: readonly Finding[], line: number): Finding | null {
  return findings.reduce<Finding | null>((best, finding) => {
    const covers =
      (line >= finding.line && line <= finding.endLine) || finding.repeats.includes(line);
    return covers && (best === null || finding.rank < best.rank) ? finding : best;
  }, null);
}

/** What is known about the pattern of a finding in its log. */
export function hoverContext(
  { view }: Analysis,
  finding: Finding,
  similar: readonly SimilarIncident[],
): HoverContext {
  const { records, templates } = view;
  const { kind, identifier, ids } = view.sessions;
  const bySession = finding.reasons.some(({ family }) => family === 'count' || family === 'order');
  const sessions = bySession ? sessionsText({ kind, identifier, count: ids.length }) : '';
  const record = recordAtLine(records, finding.line - 1);
  const template = templates.templates[templates.ofRecord[record] ?? -1];
  const totalRecords = records.count;
  if (template === undefined) {
    return { first: null, last: null, count: finding.count, totalRecords, sessions, similar };
  }
  const first = records.time[template.firstRecord] ?? Number.NaN;
  const last = records.time[template.lastRecord] ?? Number.NaN;
  return {
    ...shownSpan(first, last),
    count: template.count,
    totalRecords,
    sessions,
    similar,
  };
}

/** When a pattern came first and last, as the reader is told; null where unknown. */
export function shownSpan(
  first: number,
  last: number,
): { readonly first: string | null; readonly last: string | null } {
  const sameDay = isoTime(first)?.slice(0, 10) === isoTime(last)?.slice(0, 10);
  return { first: shownTime(first, !sameDay), last: shownTime(last, !sameDay) };
}

/** `12:03:07.114`, with the day where two times are of different days. The clock is the log's own. */
function shownTime(time: number, withDay: boolean): string | null {
  const iso = isoTime(time);
  if (iso === null) return null;
  const clock = iso.slice(11, 23).replace(/\.000$/, '');
  return withDay ? `${iso.slice(0, 10)} ${clock}` : clock;
}
