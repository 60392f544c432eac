import type { Analysis } from '../engine/analysis/analysis.ts';
import type { Finding } from '../engine/detect/finding.ts';
import { lineMarks } from '../engine/present/lineMarks.ts';
import { sessionsSummary } from '../engine/present/sessionsText.ts';
import type { LineMark, LogMarks } from '../protocol/workerApi.ts';
import type { EditorLines } from './editorLines.ts';
import type { NormalTemplates } from './normalTemplates.ts';

/** Findings of patterns that nobody marked as normal. */
export function shownFindings(
  { findings }: Pick<Analysis, 'findings'>,
  normal: NormalTemplates,
): readonly Finding[] {
  return findings.filter(({ template }) => !normal.has(template));
}

/** An analysis as the editor shows it. */
export function logMarks(
  analysis: Analysis,
  lines: EditorLines,
  normal: NormalTemplates,
  final: boolean,
): LogMarks {
  const { view, findings, embedder, milliseconds, notes, stage } = analysis;
  const shown = shownFindings(analysis, normal);
  const byRank = new Map(shown.map((finding) => [finding.rank, finding]));
  const marks = lineMarks(shown, { floor: 'low' }).map((mark): LineMark => {
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
  });
  return {
    marks: marks.sort((a, b) => a.rank - b.rank),
    lines: view.log.lineCount,
    bytes: view.log.bytes.length,
    read: { bytes: view.log.bytes.length, of: view.log.bytes.length },
    records: view.records.count,
    templates: view.templates.templates.length,
    format: view.records.format.name,
    sessions: sessionsSummary(view.sessions, view.records.count),
    notes,
    hidden: findings.length - shown.length,
    embedder,
    milliseconds,
    stage,
    final,
  };
}
