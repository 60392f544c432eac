import type { Analysis } from '../engine/analysis/analysis.ts';
import type { Finding } from '../engine/detect/finding.ts';
import { lineMarks } from '../engine/present/lineMarks.ts';
import { sessionsSummary } from '../engine/present/sessionsText.ts';
import type { LineMark, LogMarks } from '../protocol/workerApi.ts';
import type { LineMap } from './editorLines.ts';
import type { NormalTemplates } from './normalTemplates.ts';

/** Findings of patterns that nobody marked as normal. */
export function shownFindings(
  { findings }: Pick<Analysis, 'findings'>,
  normal: NormalTemplates,
): readonly Finding[] {
  return findings.filter(({ template }) => !normal.has(template));
}

/** Findings at the lines that the editor shows, best first. */
export function marksOf(findings: readonly Finding[], lines: LineMap): LineMark[] {
  const byRank = new Map(findings.map((finding) => [finding.rank, finding]));
  return lineMarks(findings, { floor: 'low' })
    .map((mark): LineMark => {
      const finding = byRank.get(mark.rank);
      return {
        rank: mark.rank,
        line: lines.toEditor(mark.line),
        endLine: lines.toEditorEnd(mark.endLine),
        severity: mark.severity,
        title: finding?.title ?? '',
        note: mark.note,
        template: finding?.template ?? '',
        count: finding?.count ?? 1,
        repeats: mark.repeats.map((line) => lines.toEditor(line)),
      };
    })
    .sort((a, b) => a.rank - b.rank);
}

/** An analysis as the editor shows it. */
export function logMarks(
  analysis: Analysis,
  lines: LineMap,
  normal: NormalTemplates,
  final: boolean,
): LogMarks {
  const { view, findings, embedder, milliseconds, notes, stage } = analysis;
  const shown = shownFindings(analysis, normal);
  return {
    marks: marksOf(shown, lines),
    lines: view.log.lineCount,
    bytes: view.log.bytes.length,
    read: { bytes: view.log.bytes.length, of: view.log.bytes.length },
    records: view.records.count,
    templates: view.templates.templates.length,
    format: view.records.format.name,
    sessions: sessionsSummary(view.sessions),
    notes,
    hidden: findings.length - shown.length,
    embedder,
    milliseconds,
    stage,
    final,
  };
}
