import { levelRank } from './levels.ts';
import type { RecordTable } from './recordTable.ts';

/** A stretch of a log in figures: what is left of its records where they are not held. */
export interface LogSlice {
  /** First line (0-based). */
  readonly line: number;
  /** Lines in it. */
  readonly lines: number;
  readonly records: number;
  /** Records of level warning, a part of `records`. */
  readonly warnings: number;
  /** Records of level error or fatal, a part of `records`. */
  readonly errors: number;
  /** Earliest and latest time, in milliseconds since the epoch; NaN where it states none. */
  readonly first: number;
  readonly last: number;
}

/** Slices of the records from `from` up to `to`, of equal numbers of records, at most `most`. */
export function sliceRecords(
  records: RecordTable,
  from: number,
  to: number,
  most: number,
): LogSlice[] {
  const slices: LogSlice[] = [];
  const size = Math.max(1, Math.ceil((to - from) / most));
  for (let begin = from; begin < to; begin += size) {
    slices.push(sliceOf(records, begin, Math.min(to, begin + size)));
  }
  return slices;
}

function sliceOf({ firstLine, time, level }: RecordTable, from: number, to: number): LogSlice {
  let warnings = 0;
  let errors = 0;
  let first = Infinity;
  let last = -Infinity;
  for (let record = from; record < to; record += 1) {
    const rank = level[record] ?? 0;
    if (rank >= levelRank.error) errors += 1;
    else if (rank === levelRank.warning) warnings += 1;
    // A time that is not stated is NaN, which fails both comparisons.
    const at = time[record] ?? NaN;
    if (at < first) first = at;
    if (at > last) last = at;
  }
  const line = firstLine[from] ?? 0;
  const isTimed = first <= last;
  return {
    line,
    lines: (firstLine[to] ?? line) - line,
    records: to - from,
    warnings,
    errors,
    first: isTimed ? first : NaN,
    last: isTimed ? last : NaN,
  };
}

/** Two slices that follow each other as one. */
export function joinSlices(one: LogSlice, next: LogSlice): LogSlice {
  return {
    line: one.line,
    lines: one.lines + next.lines,
    records: one.records + next.records,
    warnings: one.warnings + next.warnings,
    errors: one.errors + next.errors,
    first: least(one.first, next.first),
    last: -least(-one.last, -next.last),
  };
}

/** Earliest and latest time of some slices; null where none states one. */
export function boundsOfSlices(
  slices: readonly LogSlice[],
): { readonly first: number; readonly last: number } | null {
  const [one, ...others] = slices;
  if (one === undefined) return null;
  const { first, last } = others.reduce(joinSlices, one);
  return Number.isNaN(first) ? null : { first, last };
}

/** The smaller of two numbers, of which either may be missing. */
function least(one: number, other: number): number {
  if (Number.isNaN(one)) return other;
  return other < one ? other : one;
}
