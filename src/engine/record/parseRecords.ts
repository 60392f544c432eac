import { throwIfAborted, yieldToEventLoop } from '../base/abort.ts';
import type { InferredLog } from './inferLog.ts';
import { inferLog, stillFits } from './inferLog.ts';
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
  /** How an earlier piece of the same log is written: nothing is inferred where this still fits. */
  readonly known?: InferredLog;
}

interface Parsed {
  readonly parser: RecordParser;
  readonly inferred: InferredLog;
  readonly lineCount: number;
}

const parsed = new WeakMap<RecordTable, Parsed>();

/** The table of a log that has grown. */
export interface GrownRecords extends RecordTable {
  /** Rows that are as they were in the table before: all but the last few, or none. */
  readonly unchanged: number;
}

/**
 * Splits a log into records: head lines with time, level, source and message, and their continuation
 * lines. The header is inferred once from at most 2,000 sampled lines; nothing needs to be set up.
 * Works on bytes in slices, so that a cancel is heard. Any bytes give a table that tiles the lines.
 * @throws EngineError `aborted`
 */
export async function parseRecords(log: LogText, options: ParseOptions = {}): Promise<RecordTable> {
  throwIfAborted(options.signal);
  const { known } = options;
  const inferred = known !== undefined && stillFits(known, log) ? known : inferLog(log);
  const parser = new RecordParser(inferred.layout, log.lineCount);
  return finish(parser, inferred, log, options);
}

/** How the records of a log were read; null where they were not read by `parseRecords`. */
export function inferredOf(records: RecordTable): InferredLog | null {
  return parsed.get(records)?.inferred ?? null;
}

/**
 * The table of a log that bytes were appended to: equal to parsing it at once, but only the last
 * records are read again, unless the new lines change what is inferred. `previous` is superseded:
 * the new table may share its memory.
 * @throws EngineError `aborted`
 */
export async function extendRecords(
  previous: RecordTable,
  log: LogText,
  options: ParseOptions = {},
): Promise<GrownRecords> {
  throwIfAborted(options.signal);
  const before = parsed.get(previous);
  if (before === undefined || before.lineCount > log.lineCount) return anew(log, options);
  const inferred = sampleChanged(before.lineCount, log.lineCount) ? inferLog(log) : before.inferred;
  if (JSON.stringify(inferred) !== JSON.stringify(before.inferred)) {
    return anew(log, options);
  }
  parsed.delete(previous);
  const unchanged = before.parser.rewind(before.lineCount);
  const table = await finish(before.parser, inferred, log, options);
  return withUnchanged(table, unchanged);
}

async function anew(log: LogText, options: ParseOptions): Promise<GrownRecords> {
  return withUnchanged(await parseRecords(log, options), 0);
}

function withUnchanged(table: RecordTable, unchanged: number): GrownRecords {
  const grown = { ...table, unchanged };
  parsed.set(grown, parsed.get(table)!);
  return grown;
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
