import { throwIfAborted, yieldToEventLoop } from '../base/abort.ts';
import type { InferredLog } from './inferLog.ts';
import { inferLog } from './inferLog.ts';
import type { LogText } from './logText.ts';
import { RecordParser } from './recordParser.ts';
import type { RecordTable } from './recordTable.ts';
import { sampledLines } from './sampleLines.ts';

/** Lines between two looks at the clock of others: about 10 ms of work. */
const sliceLines = 16_384;

export interface ParseOptions {
  readonly signal?: AbortSignal;
  /** Called between slices with the share of lines done, 0..1. */
  readonly onProgress?: (share: number) => void;
}

interface Parsed {
  readonly parser: RecordParser;
  readonly inferred: InferredLog;
  readonly lineCount: number;
}

const parsed = new WeakMap<RecordTable, Parsed>();

/**
 * Splits a log into records: head lines with time, level, source and message, and their continuation
 * lines. The header is inferred once from at most 2,000 sampled lines; nothing needs to be set up.
 * Works on bytes in slices, so that a cancel is heard. Any bytes give a table that tiles the lines.
 * @throws EngineError `aborted`
 */
export async function parseRecords(log: LogText, options: ParseOptions = {}): Promise<RecordTable> {
  throwIfAborted(options.signal);
  const inferred = inferLog(log);
  const parser = new RecordParser(inferred.layout, log.lineCount);
  return finish(parser, inferred, log, options);
}

/**
 * The table of a log that bytes were appended to: equal to parsing it at once, but only the last
 * records are read again, unless the new lines change what is inferred. `previous` is superseded.
 * @throws EngineError `aborted`
 */
export async function extendRecords(
  previous: RecordTable,
  log: LogText,
  options: ParseOptions = {},
): Promise<RecordTable> {
  throwIfAborted(options.signal);
  const before = parsed.get(previous);
  if (before === undefined || before.lineCount > log.lineCount) return parseRecords(log, options);
  const inferred = sampleChanged(before.lineCount, log.lineCount) ? inferLog(log) : before.inferred;
  if (JSON.stringify(inferred) !== JSON.stringify(before.inferred)) {
    return parseRecords(log, options);
  }
  parsed.delete(previous);
  before.parser.rewind(before.lineCount);
  return finish(before.parser, inferred, log, options);
}

async function finish(
  parser: RecordParser,
  inferred: InferredLog,
  log: LogText,
  { signal, onProgress }: ParseOptions,
): Promise<RecordTable> {
  parser.open(log);
  while (parser.line < log.lineCount) {
    parser.parse(Math.min(log.lineCount, parser.line + sliceLines));
    onProgress?.(parser.line / log.lineCount);
    if (parser.line < log.lineCount) await yieldToEventLoop(signal);
  }
  const table = parser.table(inferred.format);
  parsed.set(table, { parser, inferred, lineCount: log.lineCount });
  return table;
}

/** True when the sample holds the last line of the shorter log, which may have been cut, or a new one. */
function sampleChanged(before: number, now: number): boolean {
  const lines = sampledLines(now);
  return lines.length > 0 && lines[lines.length - 1]! >= before - 1;
}
