import type { ByteSource } from '../source/byteSource.ts';
import { isSingleByte } from '../source/textEncoding.ts';
import { shiftsToOneAxis } from './commonAxis.ts';
import type { TextWriter } from './joinedText.ts';
import { JoinedText } from './joinedText.ts';
import type { MergedLanes } from './laneTable.ts';
import { orderNotes } from './orderNotes.ts';
import { RecordStream } from './recordStream.ts';
import type { LogSurvey } from './surveyLog.ts';
import { surveyLog } from './surveyLog.ts';

/** Buffers of all logs together, and of each: room for the system's read-ahead, and for a long line. */
const allBuffers = 64 << 20;
const largestBuffer = 4 << 20;
const smallestBuffer = 64 << 10;

/** A log that is joined with others. */
export interface MergeInput {
  readonly source: ByteSource;
  /** What the reader calls it. */
  readonly name: string;
  /** Milliseconds added to its times, as its clock is off. */
  readonly skew: number;
}

export interface MergeOptions {
  readonly signal?: AbortSignal;
  /** Called between stretches of text with the share of the bytes that were read, 0..1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Joins logs of any size by the times of their records, in bounded memory: a merge of as many streams
 * as there are logs (Knuth, The Art of Computer Programming 3, 5.4.1). Every line comes exactly once,
 * and the lines of one log in their order, also where its times go back. A record stays together, and
 * so does what stands above the first record with it; of equal times the log named first comes first.
 * Logs without times, or with times of which nothing tells where they lie among the others, stand
 * behind the rest, one after the other. The text is UTF-8.
 * @throws EngineError `aborted`, and as the sources and the writer do
 */
export async function mergeByTime(
  inputs: readonly MergeInput[],
  out: TextWriter,
  options: MergeOptions = {},
): Promise<MergedLanes> {
  const surveys: LogSurvey[] = [];
  for (const { source } of inputs) surveys.push(await surveyLog(source, options.signal));
  const shifts = shiftsToOneAxis(surveys.map(({ span }) => span));
  return join(inputs, surveys, shifts, orderNotes(inputs, surveys, shifts), out, options);
}

/**
 * Joins logs one behind the other.
 * @throws EngineError `aborted`, and as the sources and the writer do
 */
export function concatenate(
  inputs: readonly Omit<MergeInput, 'skew'>[],
  out: TextWriter,
  options: MergeOptions = {},
): Promise<MergedLanes> {
  const logs = inputs.map((input) => ({ ...input, skew: 0 }));
  return join(
    logs,
    [],
    inputs.map(() => null),
    [],
    out,
    options,
  );
}

async function join(
  inputs: readonly MergeInput[],
  surveys: readonly LogSurvey[],
  shifts: readonly (number | null)[],
  notes: readonly string[],
  out: TextWriter,
  options: MergeOptions,
): Promise<MergedLanes> {
  const text = new JoinedText(out, inputs.length);
  const room = Math.floor(allBuffers / Math.max(1, inputs.length));
  const bufferBytes = Math.max(smallestBuffer, Math.min(largestBuffer, room));
  const progress = new Progress(inputs, options);
  const timed: Lane[] = [];
  for (const [lane, { source, skew }] of inputs.entries()) {
    const survey = surveys[lane];
    const shift = shifts[lane] ?? null;
    if (survey === undefined || shift === null) continue;
    const records = new RecordStream(source, survey.inferred, bufferBytes);
    const first = (survey.span?.from ?? NaN) + shift + skew;
    const entry = new Lane(lane, records, shift + skew, first, source.encoding);
    if (await entry.load(progress)) timed.push(entry);
  }
  await mergeTimed(timed, text, progress);
  for (const [lane, { source }] of inputs.entries()) {
    if (shifts[lane] !== null) continue;
    const records = new RecordStream(source, null, bufferBytes);
    const entry = new Lane(lane, records, 0, NaN, source.encoding);
    while (await entry.load(progress)) await entry.giveAll(text);
    await entry.end(text);
  }
  await text.end();
  const { lanes } = text;
  return {
    bytes: lanes.bytes,
    lines: lanes.lines,
    timed: shifts.map((shift) => shift !== null),
    closed: text.closed,
    notes: lanes.full
      ? [
          ...notes,
          'The logs take turns so often that which log a line is of is known at the start only.',
        ]
      : notes,
    runAtByte: (byte) => lanes.atByte(byte),
    runAtLine: (line) => lanes.atLine(line),
  };
}

/** Gives records until all lanes are empty; the first lane of equal times comes first. */
async function mergeTimed(timed: Lane[], text: JoinedText, progress: Progress): Promise<void> {
  const open = [...timed];
  while (open.length > 0) {
    let best = 0;
    for (let at = 1; at < open.length; at += 1) {
      if (open[at]!.time < open[best]!.time) best = at;
    }
    // What the others have at the earliest: up to there the lane goes on by itself.
    let limit = Infinity;
    let earlier = Infinity;
    for (let at = 0; at < open.length; at += 1) {
      if (at < best) earlier = Math.min(earlier, open[at]!.time);
      if (at > best) limit = Math.min(limit, open[at]!.time);
    }
    const lane = open[best]!;
    if (await lane.giveUntil(limit, earlier, text, progress)) continue;
    open.splice(best, 1);
  }
}

/** Bytes read of all logs, for the reader who waits. */
class Progress {
  readonly signal: AbortSignal | undefined;
  readonly #onProgress: ((share: number) => void) | undefined;
  readonly #all: number;
  #done = 0;

  constructor(inputs: readonly MergeInput[], { signal, onProgress }: MergeOptions) {
    this.signal = signal;
    this.#onProgress = onProgress;
    this.#all = inputs.reduce((sum, { source }) => sum + source.size, 0);
  }

  add(bytes: number): void {
    this.#done += bytes;
    this.#onProgress?.(Math.min(1, this.#done / Math.max(1, this.#all)));
  }
}

/** A log on its way into the joined text. */
class Lane {
  /** Time of the record that comes next, on the common axis. */
  time = NaN;
  readonly #lane: number;
  readonly #records: RecordStream;
  readonly #shift: number;
  /** Time of what stands above the first record. */
  readonly #first: number;
  readonly #singleBytes: boolean;
  #at = 0;

  constructor(
    lane: number,
    records: RecordStream,
    shift: number,
    first: number,
    encoding: ByteSource['encoding'],
  ) {
    this.#lane = lane;
    this.#records = records;
    this.#shift = shift;
    this.#first = first;
    this.#singleBytes = isSingleByte(encoding);
  }

  /** Reads on; false at the end of the log. What goes on a record that was given has no time yet. */
  async load(progress: Progress): Promise<boolean> {
    const { done } = this.#records;
    this.#at = 0;
    const more = await this.#records.load(progress.signal);
    progress.add(this.#records.done - done);
    if (!more) return false;
    const time = this.#records.times[0]! + this.#shift;
    if (!Number.isNaN(time)) this.time = time;
    else if (Number.isNaN(this.time)) this.time = this.#first;
    return true;
  }

  /**
   * Gives records as long as they are not later than `limit` and earlier than `earlier`, the first one
   * in any case. @returns false when the log has ended
   */
  async giveUntil(
    limit: number,
    earlier: number,
    text: JoinedText,
    progress: Progress,
  ): Promise<boolean> {
    const records = this.#records;
    for (;;) {
      const { times, count } = records;
      const from = this.#at;
      let at = from + 1;
      while (
        at < count &&
        times[at]! + this.#shift <= limit &&
        times[at]! + this.#shift < earlier
      ) {
        at += 1;
      }
      await this.#give(from, at, text);
      if (at < count) {
        this.#at = at;
        this.time = times[at]! + this.#shift;
        return true;
      }
      if (!(await this.load(progress))) {
        await this.end(text);
        return false;
      }
      // What has no time goes on the record that was just given.
      if (!Number.isNaN(records.times[0])) {
        if (this.time <= limit && this.time < earlier) continue;
        return true;
      }
    }
  }

  /** Gives all that was loaded. */
  giveAll(text: JoinedText): Promise<void> | void {
    return this.#give(0, this.#records.count, text);
  }

  async end(text: JoinedText): Promise<void> {
    if (!this.#records.ended) await text.closeLine(this.#lane);
  }

  #give(from: number, to: number, text: JoinedText): Promise<void> | void {
    const { bytes, starts, firstLines } = this.#records;
    const start = starts[from]!;
    const end = starts[to]!;
    const lines = firstLines[to]! - firstLines[from]!;
    if (this.#singleBytes) {
      const single = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
      return text.add(this.#lane, Buffer.from(single.toString('latin1'), 'utf8'), lines);
    }
    if (text.hasRoom(end - start)) {
      text.take(this.#lane, bytes, start, end, lines);
      return;
    }
    return text.add(this.#lane, bytes.subarray(start, end), lines);
  }
}
