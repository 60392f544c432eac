import type { Excerpt, LogText } from './logText.ts';

type Excerpted = Pick<LogText, 'excerpt' | 'lineCount'>;

/** Lines of the log that a text is taken from, or is. */
export function linesOfLog({ excerpt, lineCount }: Excerpted): number {
  return excerpt?.lines ?? lineCount;
}

/** The number (1-based) that a line (1-based) of a text has in its log: what a reader is told. */
export function lineInLog({ excerpt }: Excerpted, line: number): number {
  if (excerpt === undefined) return line;
  const piece = excerpt.pieces[pieceOf(excerpt, line)];
  return piece === undefined ? line : piece.before + line - piece.first;
}

/** The line (1-based) of a text that has a number in its log; null where the text does not hold it. */
export function lineInText(log: Excerpted, line: number): number | null {
  const { excerpt, lineCount } = log;
  if (excerpt === undefined) return line >= 1 && line <= lineCount ? line : null;
  const index = excerpt.pieces.findLastIndex(({ before }) => before < line);
  const piece = excerpt.pieces[index];
  if (piece === undefined) return null;
  const own = line - piece.before + piece.first;
  return own <= lastTogether(log, piece.first + 1) ? own : null;
}

/** The last line (1-based) of a text that stands together with a line of it in the log as well. */
export function lastTogether({ excerpt, lineCount }: Excerpted, line: number): number {
  if (excerpt === undefined) return lineCount;
  return excerpt.pieces[pieceOf(excerpt, line) + 1]?.first ?? lineCount;
}

function pieceOf({ pieces }: Excerpt, line: number): number {
  return Math.max(
    0,
    pieces.findLastIndex(({ first }) => first < line),
  );
}
