import { throwIfAborted } from '../base/abort.ts';
import type { InferredLog } from '../record/inferLog.ts';
import { inferLog } from '../record/inferLog.ts';
import { closeLineIndex, indexNewlines, newLineIndex } from '../record/lineIndex.ts';
import type { LogText } from '../record/logText.ts';
import { RecordParser } from '../record/recordParser.ts';
import type { RecordTable } from '../record/recordTable.ts';
import type { ByteSource } from '../source/byteSource.ts';
import type { Span } from './commonAxis.ts';

/** What is looked at: at the start for how the log writes its records, at the end for its last time. */
const headBytes = 1 << 20;
const tailBytes = 256 << 10;
/** A log that first states a time behind so much text is one without times. */
const mostHeads = 16;

const newline = 0x0a;
const dayMs = 86_400_000;

/** What a look at the start and the end of a log tells. */
export interface LogSurvey {
  readonly inferred: InferredLog;
  /** Null where the log states no times. */
  readonly span: Span | null;
}

/**
 * Looks at the start and the end of a log of any size.
 * @throws EngineError `aborted`, and as the source does
 */
export async function surveyLog(source: ByteSource, signal?: AbortSignal): Promise<LogSurvey> {
  const head = await readText(source, 0, headBytes);
  const inferred = inferLog(head);
  if (!inferred.format.hasTime) return { inferred, span: null };
  let first = firstTime(recordsOf(head, inferred));
  for (let part = 1; part < mostHeads && Number.isNaN(first); part += 1) {
    throwIfAborted(signal);
    const text = await readText(source, part * headBytes, headBytes);
    if (text.bytes.length === 0) break;
    first = firstTime(recordsOf(text, inferred));
  }
  if (Number.isNaN(first)) return { inferred, span: null };
  const from = Math.max(0, source.size - tailBytes);
  const tail = await readText(source, from, tailBytes);
  const last = lastTime(recordsOf(tail, inferred));
  const basis = inferred.format.clock?.basis ?? 'absolute';
  // Read by itself the end of a log that states no year or date lies in the first one.
  const period = basis === 'no-year' ? 365 * dayMs : basis === 'no-date' ? dayMs : 0;
  const other = Number.isNaN(last) ? first : last < first ? last + period : last;
  return {
    inferred,
    span: { basis, from: Math.min(first, other), to: Math.max(first, other) },
  };
}

/** Whole lines of a source from a byte on; a line that is longer than `most` is cut. */
export async function readText(source: ByteSource, from: number, most: number): Promise<LogText> {
  const buffer = new Uint8Array(Math.min(most, Math.max(0, source.size - from)));
  let filled = 0;
  while (filled < buffer.length) {
    const read = await source.read(buffer.subarray(filled), from + filled);
    if (read === 0) break;
    filled += read;
  }
  const bytes = buffer.subarray(0, filled);
  // What may be the rest of a line is none, unless there is nothing else.
  const start = from === 0 ? 0 : bytes.indexOf(newline) + 1;
  const end = from + filled >= source.size ? filled : bytes.lastIndexOf(newline) + 1;
  return indexText(source, end > start ? bytes.subarray(start, end) : bytes);
}

/** Bytes as a log in memory. */
export function indexText({ path, encoding }: ByteSource, bytes: Uint8Array): LogText {
  const index = newLineIndex(bytes.length);
  indexNewlines(index, bytes, 0);
  const lineStarts = closeLineIndex(index, bytes.length);
  return { path, bytes, lineStarts, lineCount: lineStarts.length - 1, encoding };
}

/** The records of a piece of a log. */
export function recordsOf(text: LogText, { layout, format }: InferredLog): RecordTable {
  const parser = new RecordParser(layout, text.lineCount);
  parser.open(text);
  parser.parse(text.lineCount);
  return parser.table(format);
}

function firstTime({ time }: RecordTable): number {
  return time.find((value) => !Number.isNaN(value)) ?? NaN;
}

function lastTime({ time }: RecordTable): number {
  return time.findLast((value) => !Number.isNaN(value)) ?? NaN;
}
