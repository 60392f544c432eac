import { yieldToEventLoop } from '../base/abort.ts';
import type { InferredLog } from '../record/inferLog.ts';
import { closeLineIndex, indexNewlines, newLineIndex } from '../record/lineIndex.ts';
import { MomentClock } from '../record/momentClock.ts';
import { RecordParser } from '../record/recordParser.ts';
import type { ByteSource } from '../source/byteSource.ts';

const newline = 0x0a;

/** What of a log is read: all of it when empty. */
export interface Stretch {
  /** Bytes of the source. */
  readonly from?: number;
  readonly to?: number;
  /** The clock that has read what stands above; it goes on. */
  readonly clock?: MomentClock;
  /** It begins in the middle of a line. */
  readonly inLine?: boolean;
}

/**
 * The timed records of a log of any size, in one buffer. A record is a line that states a time with all
 * lines below it that state none: continuation lines, and records without time. What stands in the
 * buffer before its first time goes on the record above it.
 */
export class RecordStream {
  /** Text of whole lines; a line that is longer than the buffer comes in pieces. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Stretches of `bytes`: the record `at` lasts from `starts[at]` to `starts[at + 1]`. */
  count = 0;
  starts = new Uint32Array(2);
  /** Number of the line in `bytes` with which each begins; `count + 1` entries. */
  firstLines = new Uint32Array(2);
  /** Milliseconds since the epoch; NaN for what goes on the record above. */
  times = new Float64Array(1).fill(NaN);
  /** Where in the source the text that was read ends. */
  done = 0;
  /** The text read last ends with a line end, or nothing was read. */
  ended = true;
  readonly #source: ByteSource;
  readonly #reading: InferredLog | null;
  readonly #buffer: Uint8Array;
  readonly #clock: MomentClock;
  readonly #end: number;
  #filled = 0;
  /** The text before ended in the middle of a line. */
  #inLine = false;

  /** @param reading null for a log that is read without its times */
  constructor(
    source: ByteSource,
    reading: InferredLog | null,
    bufferBytes: number,
    stretch: Stretch = {},
  ) {
    const { from = 0, to = source.size, clock = new MomentClock(), inLine = false } = stretch;
    this.#source = source;
    this.#reading = reading;
    this.done = from;
    // What is written to the log while it is read is left out: else a busy log would never end.
    this.#end = to;
    this.#clock = clock;
    this.ended = !inLine;
    this.#buffer = new Uint8Array(Math.min(bufferBytes, Math.max(1, to - from)));
  }

  /**
   * Reads the next stretch of text. @returns false at the end of the log
   * @throws EngineError `aborted`, and as the source does
   */
  async load(signal?: AbortSignal): Promise<boolean> {
    await yieldToEventLoop(signal);
    const buffer = this.#buffer;
    const used = this.bytes.length;
    this.#inLine = !this.ended;
    buffer.copyWithin(0, used, this.#filled);
    this.#filled -= used;
    let last = this.done >= this.#end;
    while (!last && this.#filled < buffer.length) {
      const room = Math.min(buffer.length - this.#filled, this.#end - this.done);
      const read = await this.#source.read(
        buffer.subarray(this.#filled, this.#filled + room),
        this.done,
      );
      this.#filled += read;
      this.done += read;
      last = read === 0 || this.done >= this.#end;
    }
    const whole = last ? this.#filled : buffer.lastIndexOf(newline) + 1;
    this.bytes = buffer.subarray(0, whole === 0 ? this.#filled : whole);
    if (this.bytes.length === 0) return false;
    this.ended = this.bytes[this.bytes.length - 1] === newline;
    this.#split();
    return true;
  }

  #split(): void {
    const { bytes } = this;
    // The rest of a line that was begun states nothing.
    const rest = this.#inLine ? bytes.indexOf(newline) + 1 || bytes.length : 0;
    const text = bytes.subarray(rest);
    const index = newLineIndex(text.length);
    indexNewlines(index, text, 0);
    const lineStarts = closeLineIndex(index, text.length);
    const lineCount = lineStarts.length - 1;
    const count =
      this.#reading === null ? 1 : this.#readTimes(this.#reading, text, lineStarts, rest);
    this.count = count;
    this.starts[count] = bytes.length;
    this.firstLines[count] = lineCount;
  }

  /** @returns the number of stretches */
  #readTimes(
    reading: InferredLog,
    text: Uint8Array,
    lineStarts: Uint32Array,
    rest: number,
  ): number {
    const lineCount = lineStarts.length - 1;
    const parser = new RecordParser(reading.layout, lineCount, this.#clock);
    const { path, encoding } = this.#source;
    parser.open({ path, bytes: text, lineStarts, lineCount, encoding });
    parser.parse(lineCount);
    const { count, firstLine, time } = parser.table(reading.format);
    if (this.times.length < count + 1) this.#makeRoom(count);
    this.times[0] = NaN;
    this.starts[0] = 0;
    this.firstLines[0] = 0;
    let next = 1;
    for (let record = 0; record < count; record += 1) {
      const moment = time[record]!;
      if (Number.isNaN(moment)) continue;
      const line = firstLine[record]!;
      const start = rest + lineStarts[line]!;
      // Nothing stands before the first time.
      if (start === 0) next = 0;
      this.times[next] = moment;
      this.starts[next] = start;
      this.firstLines[next] = line;
      next += 1;
    }
    return next;
  }

  #makeRoom(records: number): void {
    const room = records + (records >> 2) + 1;
    this.times = new Float64Array(room);
    this.starts = new Uint32Array(room + 1);
    this.firstLines = new Uint32Array(room + 1);
  }
}
