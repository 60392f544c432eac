import type { Severity } from '../engine/detect/finding.ts';
import type { LineMark } from '../protocol/workerApi.ts';
import { meetsFloor } from './settings.ts';

/** Lines of a document, 0-based and inclusive. */
export interface LineSpan {
  readonly from: number;
  readonly to: number;
}

/** Lines to decorate, 0-based, ascending. */
export interface MarkLines {
  readonly high: readonly number[];
  readonly medium: readonly number[];
  readonly repeat: readonly number[];
  readonly notes: readonly { readonly line: number; readonly text: string }[];
}

/**
 * Ruler marks per kind. A ruler has fewer pixels than that; more decorations only cost time in the
 * editor, which grows with each one.
 */
const rulerMarks = 1_000;

/**
 * Which lines get what. The first line of a finding is marked, its further occurrences appear in the
 * ruler only. Notes are made for the visible lines alone: each carries a text of its own, and those are
 * what makes decorations slow; marks and ruler are needed for the whole file at once and are few.
 */
export function markLines(
  marks: readonly LineMark[],
  floor: Severity,
  visible: readonly LineSpan[],
  lineCount: number,
): MarkLines {
  const shown = marks.filter(
    ({ line, severity }) => line < lineCount && meetsFloor(severity, floor),
  );
  const strongest = new Map<number, LineMark>();
  for (const mark of shown) {
    const other = strongest.get(mark.line);
    if (other === undefined || mark.rank < other.rank) strongest.set(mark.line, mark);
  }
  const first = [...strongest.values()].sort((a, b) => a.line - b.line);
  const linesOf = (severity: Severity): number[] =>
    first.filter((mark) => mark.severity === severity).map(({ line }) => line);
  const repeats = new Set(
    shown.filter(({ severity }) => severity !== 'low').flatMap((mark) => mark.repeats),
  );
  return {
    high: linesOf('high').slice(0, rulerMarks),
    medium: linesOf('medium').slice(0, rulerMarks),
    repeat: thinned(
      [...repeats].filter((line) => line < lineCount && !strongest.has(line)).sort((a, b) => a - b),
      lineCount,
    ),
    notes: first
      .filter(({ line }) => visible.some(({ from, to }) => line >= from && line <= to))
      .map(({ line, note }) => ({ line, text: plainNote(note) })),
  };
}

/** At most one line per ruler mark, spread over the file. */
function thinned(lines: readonly number[], lineCount: number): readonly number[] {
  if (lines.length <= rulerMarks) return lines;
  const linesPerMark = lineCount / rulerMarks;
  let last = -1;
  return lines.filter((line) => {
    const bucket = Math.floor(line / linesPerMark);
    const isNew = bucket !== last;
    last = bucket;
    return isNew;
  });
}

/** Control characters, and those that reorder what follows, come from the log and stay out of notes. */
function plainNote(note: string): string {
  return note.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, ' ');
}
