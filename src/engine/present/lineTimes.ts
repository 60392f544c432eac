import { recordAtLine } from '../explain/readLines.ts';
import type { RecordTable } from '../record/recordTable.ts';

/** The time of each line of a range. */
export interface LineTimes {
  /** Milliseconds since the epoch: that of the record that the line belongs to; NaN where it states none. */
  readonly times: Float64Array;
  /** 1 where the line begins a record. */
  readonly heads: Uint8Array;
  /** Time of the last record with one that begins before the range; NaN where there is none. */
  readonly before: number;
}

/** Records that are looked at for the time before a range: a log without times is not walked to its start. */
const lookBack = 5_000;

/** Times of the lines `from` to `to` (0-based, inclusive; those beyond the log are NaN). */
export function lineTimes(records: RecordTable, from: number, to: number): LineTimes {
  const count = Math.max(0, to - from + 1);
  const times = new Float64Array(count).fill(NaN);
  const heads = new Uint8Array(count);
  const { firstLine, time } = records;
  if (records.count === 0) return { times, heads, before: NaN };
  const first = recordAtLine(records, from);
  for (let record = first; record < records.count && (firstLine[record] ?? 0) <= to; record += 1) {
    const start = firstLine[record] ?? 0;
    const end = Math.min(firstLine[record + 1] ?? 0, to + 1);
    if (start >= from) heads[start - from] = 1;
    times.fill(time[record] ?? NaN, Math.max(start, from) - from, Math.max(end, from) - from);
  }
  const begun = (firstLine[first] ?? 0) < from ? first : first - 1;
  return { times, heads, before: lastTime(time, begun) };
}

function lastTime(time: Float64Array, record: number): number {
  for (let at = record; at >= Math.max(0, record - lookBack); at -= 1) {
    if (!Number.isNaN(time[at] ?? NaN)) return time[at] ?? NaN;
  }
  return NaN;
}

/** Earliest and latest time that a log states; null where it states none. */
export function timeBounds({
  time,
}: Pick<RecordTable, 'time'>): { readonly first: number; readonly last: number } | null {
  let first = Infinity;
  let last = -Infinity;
  for (const at of time) {
    if (at < first) first = at;
    if (at > last) last = at;
  }
  return first <= last ? { first, last } : null;
}

/**
 * The record (its first line, 0-based, and its time) at a moment: `after` takes the earliest time that
 * is not before it, and the last one of the log where all are; `nearest` the closest on either side.
 * Of equal times the first in the file. Looks at all records, since no log promises ascending times.
 */
export function recordAtTime(
  { count, time, firstLine }: RecordTable,
  ms: number,
  side: 'after' | 'nearest',
): { readonly line: number; readonly ms: number } | null {
  let best = -1;
  let bestAway = NaN;
  for (let record = 0; record < count; record += 1) {
    const away = (time[record] ?? NaN) - ms;
    if (Number.isNaN(away) || (best >= 0 && !isCloser(away, bestAway, side))) continue;
    best = record;
    bestAway = away;
  }
  return best < 0 ? null : { line: firstLine[best] ?? 0, ms: time[best] ?? NaN };
}

/**
 * Whether one of two times, told by how far they are from a moment, is the better answer: what is
 * before the moment comes behind everything after it, unless the closest is wanted.
 */
export function isCloser(away: number, other: number, side: 'after' | 'nearest'): boolean {
  if (side === 'after' && away >= 0 !== other >= 0) return away >= 0;
  return Math.abs(away) < Math.abs(other);
}
