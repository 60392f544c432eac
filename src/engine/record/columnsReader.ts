import type { HeaderLayout, TableColumns } from './headerLayout.ts';
import type { MomentClock } from './momentClock.ts';
import type { StatedTime } from './statedTime.ts';
import { levelOf } from './structuredBody.ts';
import { TimestampReader } from './timestamp.ts';

const quote = 0x22;
/** Columns behind it are not looked at. */
const mostColumns = 64;
/** Bytes of a date and a time that stand in two columns. */
const longestTime = 80;

/** Reads the rows of a table (CSV, TSV, W3C) by the places that its first line gives its columns. */
export class ColumnsReader {
  time = NaN;
  level = 0;
  sourceStart = 0;
  sourceEnd = 0;
  messageStart = 0;
  messageEnd = 0;
  readonly ending = null;
  readonly layout: HeaderLayout;
  readonly stamp = new TimestampReader();
  stated: StatedTime | null = null;
  readonly #columns: TableColumns;
  readonly #starts = new Uint32Array(mostColumns);
  readonly #ends = new Uint32Array(mostColumns);
  readonly #scratch = new Uint8Array(longestTime);

  constructor(layout: HeaderLayout, columns: TableColumns) {
    this.layout = layout;
    this.#columns = columns;
    this.stamp.order = layout.order;
  }

  /** A row states its time where the table has one; a cell with line breaks goes on in rows that do not. */
  read(bytes: Uint8Array, at: number, end: number, clock: MomentClock): boolean {
    const { delimiter, date, time, level, source, message } = this.#columns;
    const count = splitRow(bytes, at, end, delimiter, this.#starts, this.#ends);
    if (count <= Math.max(date, time, level, message)) return false;
    const starts = this.#starts;
    const ends = this.#ends;
    if (time >= 0 && !this.#readTime(bytes, date, time)) return false;
    this.stated = time >= 0 ? this.stamp : null;
    this.time = time >= 0 ? clock.resolve(this.stamp) : NaN;
    this.level = level < 0 ? 0 : Math.max(0, levelOf(bytes, starts[level]!, ends[level]!));
    const named = source >= 0 && source < count;
    this.sourceStart = named ? starts[source]! : at;
    this.sourceEnd = named ? ends[source]! : at;
    this.messageStart = message < 0 ? at : starts[message]!;
    this.messageEnd = message < 0 ? end : ends[message]!;
    return true;
  }

  /** Nothing is noted here. */
  forget(): void {
    this.sourceEnd = this.sourceStart;
  }

  #readTime(bytes: Uint8Array, date: number, time: number): boolean {
    const start = this.#starts[time]!;
    const end = this.#ends[time]!;
    if (date < 0) return this.stamp.read(bytes, start, end);
    const day = bytes.subarray(this.#starts[date], this.#ends[date]);
    const clock = bytes.subarray(start, end);
    const length = day.length + 1 + clock.length;
    if (length > longestTime) return false;
    this.#scratch.set(day, 0);
    this.#scratch[day.length] = 0x20;
    this.#scratch.set(clock, day.length + 1);
    return this.stamp.read(this.#scratch, 0, length);
  }
}

/**
 * Ranges of the cells of a row without their quotation marks (RFC 4180, within one line).
 * @returns the number of cells, at most the length of `starts`
 */
export function splitRow(
  bytes: Uint8Array,
  at: number,
  end: number,
  delimiter: number,
  starts: Uint32Array,
  ends: Uint32Array,
): number {
  let next = at;
  for (let count = 0; count < starts.length; count += 1) {
    const quoted = next < end && bytes[next] === quote;
    if (quoted) next += 1;
    starts[count] = next;
    while (next < end) {
      if (quoted && bytes[next] === quote) {
        if (bytes[next + 1] !== quote || next + 1 >= end) break;
        next += 1;
      } else if (!quoted && bytes[next] === delimiter) break;
      next += 1;
    }
    ends[count] = next;
    while (next < end && bytes[next] !== delimiter) next += 1;
    if (next >= end) return count + 1;
    next += 1;
  }
  return starts.length;
}
