import { bytesText } from '../record/decodeLog.ts';
import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';

/** Longest part of a line that is looked at, in bytes: what names a problem stands before that. */
const maxLineBytes = 2000;

/** Text of a byte range, cut at `maxLineBytes`; invalid bytes become U+FFFD. */
function decodeRange(log: LogText, start: number, end: number): string {
  return bytesText(log, start, Math.min(end, start + maxLineBytes));
}

/** Text of a line (0-based) without its line end, at most `maxLineBytes` bytes of it. */
export function readLine(log: LogText, line: number): string {
  const start = log.lineStarts[line];
  const next = log.lineStarts[line + 1];
  if (start === undefined || next === undefined) return '';
  let end = next;
  if (end > start && log.bytes[end - 1] === 10) end--;
  if (end > start && log.bytes[end - 1] === 13) end--;
  return decodeRange(log, start, end);
}

/** Message of a record: its head line without header and line end, at most `maxLineBytes` bytes. */
export function readMessage(log: LogText, records: RecordTable, record: number): string {
  const start = records.messageStart[record];
  const end = records.messageEnd[record];
  if (start === undefined || end === undefined) return '';
  return decodeRange(log, start, end);
}

/** First (0-based) line of a record and the line after its last. */
export function recordSpan(
  records: RecordTable,
  record: number,
): { readonly first: number; readonly end: number } {
  const first = records.firstLine[record] ?? 0;
  return { first, end: records.firstLine[record + 1] ?? first + 1 };
}

/** Record that holds a line (0-based): the last one that starts at or before it. */
export function recordAtLine(
  records: { readonly count: number; readonly firstLine: ArrayLike<number> },
  line: number,
): number {
  let low = 0;
  let high = records.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((records.firstLine[middle] ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
