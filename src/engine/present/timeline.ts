import type { Finding, Severity } from '../detect/finding.ts';
import type { LogView } from '../detect/logView.ts';
import type { AnalysedLog } from '../explain/analysedLog.ts';
import { recordAtLine } from '../explain/readLines.ts';
import { linesOfLog } from '../record/excerpt.ts';
import { levelRank } from '../record/levels.ts';
import { boundsOfSlices, type LogSlice } from '../record/logSlice.ts';

/** One mark on the axis: a finding. Lines are 1-based and inclusive. */
export interface TimelinePoint {
  readonly at: number;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  readonly severity: Severity;
  readonly title: string;
}

/** How much logs wrote when, in buckets of equal width. */
export interface Timeline {
  /** `time`: milliseconds since the epoch; `line`: 1-based lines, where no log states times. */
  readonly axis: 'time' | 'line';
  /** Left edge of the first bucket. */
  readonly start: number;
  /** Width of a bucket in units of the axis, above 0. */
  readonly width: number;
  readonly records: readonly number[];
  /** Records of level warning, a part of `records`. */
  readonly warnings: readonly number[];
  /** Records of level error or fatal, a part of `records`. */
  readonly errors: readonly number[];
  /** Ascending by `at`. */
  readonly marks: readonly TimelinePoint[];
}

/** A log on the axis: its records, or where only an excerpt of it is held, its slices. */
export type TimelineLog = Pick<AnalysedLog, 'view' | 'findings' | 'whole'>;

const maxMarks = 200;

/**
 * Buckets of records and marks of findings over time, for one log or several. Without any times
 * the axis is the line, so that the picture still shows where things are. Null without records.
 * @param buckets how many buckets the picture has room for
 */
export function timeline(logs: readonly TimelineLog[], buckets: number): Timeline | null {
  const size = Math.max(1, Math.floor(buckets));
  const range = timeRange(logs) ?? lineRange(logs);
  if (range === null) return null;
  const { axis, start, end } = range;
  const width = Math.max(axis === 'line' ? 1 : 1e-3, (end - start) / size);
  const records = new Float64Array(size);
  const warnings = new Float64Array(size);
  const errors = new Float64Array(size);
  const marks: TimelinePoint[] = [];
  for (const { view, findings, whole } of logs) {
    if (whole !== undefined) {
      const drawn = { axis, start, width, records, warnings, errors };
      for (const slice of whole.slices) spread(slice, drawn);
      for (const finding of whole.findings) marks.push(markOfSlice(whole.slices, finding, axis));
      continue;
    }
    const position = positions(view, axis);
    for (let record = 0; record < view.records.count; record++) {
      const at = position(record);
      if (Number.isNaN(at)) continue;
      const bucket = Math.min(size - 1, Math.max(0, Math.floor((at - start) / width)));
      records[bucket] = (records[bucket] ?? 0) + 1;
      const level = view.records.level[record] ?? 0;
      const list =
        level >= levelRank.error ? errors : level === levelRank.warning ? warnings : null;
      if (list !== null) list[bucket] = (list[bucket] ?? 0) + 1;
    }
    for (const finding of findings) marks.push(markOf(view, finding, position));
  }
  const shown = marks
    .filter(({ at }) => !Number.isNaN(at))
    .slice(0, maxMarks)
    .sort((a, b) => a.at - b.at);
  return {
    axis,
    start,
    width,
    records: [...records],
    warnings: [...warnings],
    errors: [...errors],
    marks: shown,
  };
}

type Range = {
  readonly axis: 'time' | 'line';
  readonly start: number;
  readonly end: number;
} | null;

function timeRange(logs: readonly TimelineLog[]): Range {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const { view, whole } of logs) {
    if (whole !== undefined) {
      const bounds = boundsOfSlices(whole.slices);
      start = Math.min(start, bounds?.first ?? start);
      end = Math.max(end, bounds?.last ?? end);
      continue;
    }
    for (const time of view.records.time) {
      if (Number.isNaN(time)) continue;
      start = Math.min(start, time);
      end = Math.max(end, time);
    }
  }
  return Number.isFinite(start) && Number.isFinite(end) ? { axis: 'time', start, end } : null;
}

function lineRange(logs: readonly TimelineLog[]): Range {
  const lines = Math.max(0, ...logs.map(({ view }) => linesOfLog(view.log)));
  const records = logs.reduce((sum, { view }) => sum + view.records.count, 0);
  return records === 0 ? null : { axis: 'line', start: 1, end: lines + 1 };
}

/** Where a record stands on the axis; a record without time stands where the last one did. */
function positions(view: LogView, axis: 'time' | 'line'): (record: number) => number {
  const { time, firstLine, count } = view.records;
  if (axis === 'line') return (record) => (firstLine[record] ?? 0) + 1;
  const filled = new Float64Array(count);
  let last = Number.NaN;
  for (let record = 0; record < count; record++) {
    const own = time[record] ?? Number.NaN;
    if (!Number.isNaN(own)) last = own;
    filled[record] = last;
  }
  return (record) => filled[record] ?? Number.NaN;
}

/** Puts the records of a slice evenly where it lies; what states no time is not on an axis of times. */
function spread(slice: LogSlice, { axis, start, width, ...lists }: Drawn): void {
  const isTime = axis === 'time';
  const from = isTime ? slice.first : slice.line + 1;
  const to = isTime ? slice.last : slice.line + slice.lines;
  if (Number.isNaN(from)) return;
  const size = lists.records.length;
  const bucketAt = (at: number): number =>
    Math.min(size - 1, Math.max(0, Math.floor((at - start) / width)));
  const first = bucketAt(from);
  const count = bucketAt(to) - first + 1;
  for (const kind of ['records', 'warnings', 'errors'] as const) {
    const list = lists[kind];
    // Whole records: what remains of a division goes to the first buckets.
    const each = Math.floor(slice[kind] / count);
    const rest = slice[kind] - each * count;
    for (let at = 0; at < count; at += 1) {
      list[first + at] = (list[first + at] ?? 0) + each + (at < rest ? 1 : 0);
    }
  }
}

interface Drawn {
  readonly axis: 'time' | 'line';
  readonly start: number;
  readonly width: number;
  readonly records: Float64Array;
  readonly warnings: Float64Array;
  readonly errors: Float64Array;
}

/** A finding where its line lies in its slice. */
function markOfSlice(
  slices: readonly LogSlice[],
  { path, line, endLine, severity, title }: Finding,
  axis: 'time' | 'line',
): TimelinePoint {
  const slice = slices.findLast((each) => each.line < line);
  const share = slice === undefined ? 0 : (line - 1 - slice.line) / Math.max(1, slice.lines);
  const time =
    slice === undefined
      ? Number.NaN
      : slice.first + Math.min(1, share) * (slice.last - slice.first);
  return { at: axis === 'line' ? line : time, path, line, endLine, severity, title };
}

function markOf(
  view: LogView,
  finding: Finding,
  position: (record: number) => number,
): TimelinePoint {
  const { path, line, endLine, severity, title } = finding;
  const at = position(recordAtLine(view.records, line - 1));
  return { at, path, line, endLine, severity, title };
}
