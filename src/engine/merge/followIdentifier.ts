import { shiftsToOneAxis } from './commonAxis.ts';
import type { MergeOptions } from './mergeLane.ts';
import type { MergeInput } from './timeMerge.ts';
import { RecordStream } from './recordStream.ts';
import { surveyLog } from './surveyLog.ts';
import type { LogSurvey } from './surveyLog.ts';
import { throwIfAborted } from '../base/abort.ts';
import type { SourceEncoding } from '../source/byteSource.ts';
import { charsetOf } from '../source/textEncoding.ts';

const bufferBytes = 1 << 20;
const newline = 0x0a;
/** Bytes of a line that are shown, around the identifier. */
const shownBytes = 400;

/** A line that states an identifier. */
export interface IdentifierLine {
  /** Index of the log. */
  readonly log: number;
  /** 1-based. */
  readonly line: number;
  /** UTF-16 columns of the identifier; 0 in a line that is longer than the buffer. */
  readonly column: number;
  /** Milliseconds since the epoch, of its record, as the common clock has it; null where unknown. */
  readonly time: number | null;
  /** Its text, cut where it is long. */
  readonly text: string;
}

export interface FollowedIdentifier {
  /** In the order of time; what has none comes last, in the order of the logs. */
  readonly lines: readonly IdentifierLine[];
  /** Logs that hold it in more lines than were asked for: the rest of these is left out. */
  readonly cut: readonly number[];
}

/**
 * Finds the lines of several logs that state an identifier, as a whole word and in the same case, one
 * hit a line. Bounded in memory by `most` lines of each log; reads as far as it takes.
 * @throws EngineError `aborted`, and as the sources do
 */
export async function followIdentifier(
  inputs: readonly MergeInput[],
  id: string,
  most: number,
  { signal, onProgress }: MergeOptions = {},
): Promise<FollowedIdentifier> {
  const surveys: LogSurvey[] = [];
  for (const { source } of inputs) surveys.push(await surveyLog(source, signal));
  const shifts = shiftsToOneAxis(surveys.map(({ span }) => span));
  const all = inputs.reduce((sum, { source }) => sum + source.size, 0);
  let before = 0;
  const lines: IdentifierLine[] = [];
  const cut: number[] = [];
  for (const [log, { source, skew }] of inputs.entries()) {
    throwIfAborted(signal);
    const shift = (shifts[log] ?? NaN) + skew;
    const { encoding } = source;
    const needle = Buffer.from(id, charsetOf(encoding));
    const records = new RecordStream(source, surveys[log]!.inferred, bufferBytes);
    const found = new LinesOf(log, needle, shift, encoding);
    while (await records.load(signal)) {
      if (!found.take(records, lines, most)) {
        cut.push(log);
        break;
      }
      onProgress?.(Math.min(1, (before + records.done) / Math.max(1, all)));
    }
    before += source.size;
  }
  const timeOf = ({ time }: IdentifierLine): number => time ?? Infinity;
  // Infinity minus itself is no number: what has no time stays in its place.
  const ordered = lines.toSorted((a, b) => (timeOf(a) === timeOf(b) ? 0 : timeOf(a) - timeOf(b)));
  return { lines: ordered, cut };
}

/** The lines of one log, as its text comes by. */
class LinesOf {
  readonly #log: number;
  readonly #needle: Buffer;
  readonly #shift: number;
  readonly #charset: 'latin1' | 'utf8';
  /** Lines before the text at hand. */
  #lines = 0;
  #time = NaN;
  #taken = 0;

  constructor(log: number, needle: Buffer, shift: number, encoding: SourceEncoding) {
    this.#log = log;
    this.#needle = needle;
    this.#shift = shift;
    this.#charset = charsetOf(encoding);
  }

  /** @returns false when the log has more lines than `most` */
  take(records: RecordStream, into: IdentifierLine[], most: number): boolean {
    const { bytes, count, starts, times, firstLines } = records;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let record = 0;
    let line = 0;
    let counted = 0;
    for (let at = text.indexOf(this.#needle); at >= 0;) {
      const next = text.indexOf(newline, at);
      if (!this.#isWhole(text, at)) {
        at = text.indexOf(this.#needle, at + 1);
        continue;
      }
      if (this.#taken >= most) return false;
      this.#taken += 1;
      while (record + 1 < count && starts[record + 1]! <= at) record += 1;
      for (;;) {
        const end = text.indexOf(newline, counted);
        if (end < 0 || end >= at) break;
        line += 1;
        counted = end + 1;
      }
      const time = (Number.isNaN(times[record]) ? this.#time : times[record]!) + this.#shift;
      into.push(this.#line(text, at, counted, next, this.#lines + line, time));
      if (next < 0) break;
      at = text.indexOf(this.#needle, next);
    }
    this.#lines += firstLines[count]!;
    if (!Number.isNaN(times[count - 1])) this.#time = times[count - 1]!;
    return true;
  }

  #line(
    text: Buffer,
    at: number,
    start: number,
    next: number,
    line: number,
    time: number,
  ): IdentifierLine {
    const end = next < 0 ? text.length : next;
    const shown = text.toString(this.#charset, start, Math.min(end, start + shownBytes));
    return {
      log: this.#log,
      line: line + 1,
      column: text.toString(this.#charset, start, at).length,
      time: Number.isNaN(time) ? null : time,
      text: shown.trimEnd(),
    };
  }

  /** `8f3a` in `c8f3a0` is another one. */
  #isWhole(text: Buffer, at: number): boolean {
    const behind = at + this.#needle.length;
    return !isWordByte(text[at - 1]) && !isWordByte(text[behind]);
  }
}

function isWordByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x7a) || byte === 0x5f;
}
