import type { SourceEncoding } from '../source/byteSource.ts';
import { isSingleByte } from '../source/textEncoding.ts';
import type { JoinedText } from './joinedText.ts';
import type { LanePeriods } from './lanePeriods.ts';
import type { RecordStream } from './recordStream.ts';

export interface MergeOptions {
  readonly signal?: AbortSignal;
  /** Called between stretches of text with the share of the bytes that were read, 0..1. */
  readonly onProgress?: (share: number) => void;
}

/** Bytes read of all logs, for the reader who waits. */
export class MergeProgress {
  readonly signal: AbortSignal | undefined;
  readonly #onProgress: ((share: number) => void) | undefined;
  readonly #all: number;
  #done = 0;

  /** @param all bytes that will be read */
  constructor(all: number, { signal, onProgress }: MergeOptions) {
    this.signal = signal;
    this.#onProgress = onProgress;
    this.#all = all;
  }

  add(bytes: number): void {
    this.#done += bytes;
    this.#onProgress?.(Math.min(1, this.#done / Math.max(1, this.#all)));
  }
}

/** Where the records of a log belong among those of the others. */
interface LanePlacing {
  /** Milliseconds to add to its times. */
  readonly shift: number;
  /** Time of what stands above the first record. */
  readonly first: number;
  /** Where its days are noted; null for a log that states them. */
  readonly periods: LanePeriods | null;
  readonly encoding: SourceEncoding;
}

/** A log on its way into the joined text. */
export class MergeLane {
  /** Time of the record that comes next, on the common axis. */
  time = NaN;
  readonly #lane: number;
  readonly #records: RecordStream;
  readonly #shift: number;
  /** Time of what stands above the first record. */
  readonly #first: number;
  readonly #singleBytes: boolean;
  readonly #periods: LanePeriods | null;
  #at = 0;

  constructor(
    lane: number,
    records: RecordStream,
    { shift, first, periods, encoding }: LanePlacing,
  ) {
    this.#lane = lane;
    this.#records = records;
    this.#shift = shift;
    this.#first = first;
    this.#periods = periods;
    this.#singleBytes = isSingleByte(encoding);
  }

  /** Reads on; false at the end of the log. What goes on a record that was given has no time yet. */
  async load(progress: MergeProgress): Promise<boolean> {
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
    progress: MergeProgress,
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
    text.reopen(this.#lane);
    if (this.#periods !== null) this.#notePeriods(this.#periods, from, to, text.lanes.bytes);
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

  /** @param byte where the records are put in the joined text */
  #notePeriods(periods: LanePeriods, from: number, to: number, byte: number): void {
    const { bytes, starts, times } = this.#records;
    for (let at = from; at < to; at += 1) {
      const time = times[at]!;
      if (!periods.changesAt(time)) continue;
      const before = Buffer.from(
        bytes.buffer,
        bytes.byteOffset + starts[from]!,
        starts[at]! - starts[from]!,
      );
      // A byte of Latin-1 may take two in the text.
      const length = this.#singleBytes
        ? Buffer.byteLength(before.toString('latin1'))
        : before.length;
      periods.note(time, byte + length);
    }
  }
}
