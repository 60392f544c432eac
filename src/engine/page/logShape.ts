import { msPerDay } from '../record/civilTime.ts';
import type { Level } from '../record/levels.ts';
import { levels } from '../record/levels.ts';
import { closeLineIndex, indexNewlines, newLineIndex } from '../record/lineIndex.ts';
import type { InferredLog } from '../record/inferLog.ts';
import { inferLog } from '../record/inferLog.ts';
import type { LogText } from '../record/logText.ts';
import { RecordParser } from '../record/recordParser.ts';
import type { LogClock, LogFormat } from '../record/recordTable.ts';
import type { ByteSource, SourceEncoding } from '../source/byteSource.ts';
import type { PageCache } from './pageCache.ts';

/** What a line is, as the layout of its log says. */
export interface LineFacts {
  /** Milliseconds since the epoch, of its record; null where unknown. */
  readonly time: number | null;
  readonly level: Level;
  readonly continues: boolean;
}

/** Of each line, so that a window of very long lines stays small; headers are shorter. */
export const prefixBytes = 4096;

/**
 * What is looked at of the beginning, and of the middle, as a log may begin with a banner: some hundred
 * lines. A whole page and more of the middle took 40 ms more of the first screen.
 */
const firstBytes = 48 * 1024;
const middleBytes = 16 * 1024;

/** How the lines of a log are understood. */
export interface LineShape {
  readonly format: LogFormat;
  /**
   * Reads lines that stand one below the other, each ending with `\n` or cut after `prefixBytes`. The
   * first counts as the beginning of a record, whatever it is: begin some lines above what is shown.
   * @param starts where in the source they begin
   */
  describe(lines: readonly Uint8Array[], starts: readonly number[]): readonly LineFacts[];
}

/** Finds the shape of a source, once it is open and again when it has become another one. */
export type InferShape = (source: ByteSource, cache: PageCache) => Promise<LineShape>;

/** How a log writes its records, inferred once from its beginning and its middle. */
export class LogShape implements LineShape {
  readonly #inferred: InferredLog;
  readonly #encoding: SourceEncoding;
  readonly #first: number;

  /** @param first the first time of the log, NaN where that is not known */
  constructor(inferred: InferredLog, encoding: SourceEncoding, first = NaN) {
    this.#inferred = inferred;
    this.#encoding = encoding;
    this.#first = first;
  }

  /** @throws EngineError as `ByteSource.read` */
  static async infer(source: ByteSource, cache: PageCache): Promise<LogShape> {
    const first = await cache.bytes(0, firstBytes);
    const middle = Math.floor(source.size / 2);
    const apart = middle > firstBytes;
    const second = apart ? await cache.bytes(middle, middle + middleBytes) : new Uint8Array(0);
    const sample = Buffer.concat([
      wholeLines(first, 0, source.size <= firstBytes),
      wholeLines(second, second.indexOf(newline) + 1, false),
    ]);
    const text = textOf(sample, source.encoding);
    const inferred = inferLog(text);
    return new LogShape(inferred, source.encoding, firstTime(text, inferred));
  }

  get format(): LogFormat {
    return this.#inferred.format;
  }

  describe(lines: readonly Uint8Array[]): LineFacts[] {
    const text = textOf(
      Buffer.concat(lines.flatMap((line) => (line.at(-1) === newline ? [line] : [line, lineEnd]))),
      this.#encoding,
    );
    const parser = new RecordParser(this.#inferred.layout, text.lineCount);
    parser.open(text);
    parser.parse(text.lineCount);
    const table = parser.table(this.#inferred.format);
    const facts: LineFacts[] = [];
    const begin = table.time.find((time) => !Number.isNaN(time)) ?? NaN;
    const late = this.#passedBefore(begin);
    for (let record = 0; record < table.count; record += 1) {
      const stated = table.time[record]!;
      const time = late ? this.#next(stated) : stated;
      const level = levels[table.level[record]!] ?? 'unknown';
      const from = table.firstLine[record]!;
      for (let line = from; line < table.firstLine[record + 1]!; line += 1) {
        facts.push({ time: Number.isNaN(time) ? null : time, level, continues: line > from });
      }
    }
    return facts;
  }

  /**
   * Whether midnight, or the end of the year, passed between the start of the log and a time: read by
   * itself it lies before the start. Of several days only the first can be told by its times.
   */
  #passedBefore(time: number): boolean {
    const { clock } = this.format;
    return clock !== undefined && time < this.#first - (slack[clock.basis] ?? Infinity);
  }

  #next(time: number): number {
    if (this.format.clock?.basis === 'no-date') return time + msPerDay;
    const date = new Date(time);
    return date.setUTCFullYear(date.getUTCFullYear() + 1);
  }
}

function firstTime(text: LogText, { layout, format }: InferredLog): number {
  if (format.clock === undefined || slack[format.clock.basis] === undefined) return NaN;
  const parser = new RecordParser(layout, text.lineCount);
  parser.open(text);
  parser.parse(Math.min(text.lineCount, 1000));
  return parser.table(format).time.find((time) => !Number.isNaN(time)) ?? NaN;
}

/** How far before the first time of a log lines may be that came in disorder, in milliseconds. */
const slack: Partial<Record<LogClock['basis'], number>> = {
  'no-date': 3_600_000,
  'no-year': 86_400_000,
};

const newline = 0x0a;
const lineEnd = Uint8Array.of(newline);

/** Bytes up to the last line end; all of them where the last line is known to be whole, or none ends. */
function wholeLines(bytes: Uint8Array, from: number, whole: boolean): Uint8Array {
  const end = bytes.lastIndexOf(newline) + 1;
  return bytes.subarray(from, whole || end <= from ? bytes.length : end);
}

function textOf(bytes: Uint8Array, encoding: SourceEncoding): LogText {
  const index = newLineIndex(bytes.length);
  indexNewlines(index, bytes, 0);
  const lineStarts = closeLineIndex(index, bytes.length);
  return { path: '', bytes, lineStarts, lineCount: lineStarts.length - 1, encoding };
}
