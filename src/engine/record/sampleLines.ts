import { headerReach } from './headerLayout.ts';
import type { SampleLine } from './inferLayout.ts';
import { lineEndOffset } from './decodeLog.ts';
import type { LogText } from './logText.ts';
import { carriageReturn, escape, VisibleLine } from './visibleLine.ts';

const headLines = 1000;
const blockLines = 100;
/** Lines in which each block begins: 1,000, 2,000, 4,000 … 512,000: 2,000 lines in all. */
const blocks = 10;

/**
 * Lines (0-based) from which a log's format is inferred: the first thousand, and ten blocks at
 * doubling distances. They depend on nothing but the line's number, so a log that grows keeps the
 * sample it had and an appended log is read like one that was there at once.
 */
export function sampledLines(lineCount: number): number[] {
  const lines: number[] = [];
  for (let line = 0; line < Math.min(headLines, lineCount); line += 1) lines.push(line);
  for (let block = 0; block < blocks; block += 1) {
    const start = headLines * 2 ** block;
    for (let line = start; line < Math.min(start + blockLines, lineCount); line += 1) {
      lines.push(line);
    }
  }
  return lines;
}

const spreadBlocks = 16;
const spreadLines = 16;

/** Lines (0-based) all over a log: a few in a row at each of some places. */
export function spreadSample(lineCount: number): number[] {
  if (lineCount <= spreadBlocks * spreadLines)
    return Array.from({ length: lineCount }, (_, at) => at);
  return Array.from({ length: spreadBlocks * spreadLines }, (_, at) => {
    const start = Math.floor((Math.floor(at / spreadLines) * lineCount) / spreadBlocks);
    return start + (at % spreadLines);
  });
}

/** The start of a line as a terminal shows it, in memory of its own when it had to be cleaned. */
export function sampleLine(log: LogText, line: number, view: VisibleLine): SampleLine {
  const start = log.lineStarts[line]!;
  const end = lineEndOffset(log, line);
  const whole = log.bytes.subarray(start, end);
  const plain = !whole.includes(escape) && !whole.includes(carriageReturn);
  if (plain) return { bytes: log.bytes, start, end };
  // A header stands in the first version of a line that a progress display rewrote.
  view.showFirstSegment(log.bytes, start, end);
  if (view.end === 0) view.showLastSegment(log.bytes, start, end);
  return { bytes: view.bytes.slice(0, view.end), start: 0, end: view.end };
}

/** A view with room for what inference looks at: the header, and whether a JSON object is closed. */
export function sampleView(): VisibleLine {
  return new VisibleLine(headerReach * 8);
}
