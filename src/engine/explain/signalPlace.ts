import type { Finding } from '../detect/finding.ts';
import type { AnalysedLog } from './analysedLog.ts';

/** Whether the findings of a log are those of a build or test run. */
export function isBuildLog(analysis: AnalysedLog): boolean {
  return analysis.findings.some((finding) =>
    finding.reasons.some((reason) => reason.family === 'build'),
  );
}

/** The best finding that touches some lines (1-based, inclusive); null where none does. */
export function findingAt(analysis: AnalysedLog, first: number, last: number): Finding | null {
  return (
    analysis.findings.find((finding) => finding.line <= last && finding.endLine >= first) ?? null
  );
}

/** Time of a record, or of the nearest one shortly before or after it that states one. */
export function timeNear(analysis: AnalysedLog, record: number): number {
  const { time } = analysis.view.records;
  for (let away = 0; away <= 50; away++) {
    const before = time[record - away];
    if (before !== undefined && !Number.isNaN(before)) return before;
    const after = time[record + away];
    if (after !== undefined && !Number.isNaN(after)) return after;
  }
  return Number.NaN;
}

/** Logger or process of a record; empty where the log names none. */
export function sourceOf(analysis: AnalysedLog, record: number): string {
  const { source, sources } = analysis.view.records;
  return sources[source[record] ?? 0] ?? '';
}
