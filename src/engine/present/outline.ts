import type { Finding, Severity } from '../detect/finding.ts';
import type { LogView } from '../detect/logView.ts';
import { recordAtLine } from '../explain/readLines.ts';
import { levelRank } from '../record/levels.ts';
import type { LogSlice } from '../record/logSlice.ts';
import type { RecordTable } from '../record/recordTable.ts';
import { isoTime } from '../record/time.ts';
import { timeBounds } from './lineTimes.ts';

/** A part of a log: an hour, a minute, or some lines. Lines are 0-based and inclusive. */
export interface OutlinePart {
  /** `12:03`, `14 May 12:00`, `lines 1-500`. */
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  readonly records: number;
  /** Records of level error or fatal, a part of `records`. */
  readonly errors: number;
  /** By line. */
  readonly findings: readonly OutlineFinding[];
}

/** A finding of a part, within its lines. */
export interface OutlineFinding {
  readonly title: string;
  readonly severity: Severity;
  readonly line: number;
  readonly endLine: number;
}

/** Parts that a range of times is divided into, about. */
const wantedParts = 48;
/** A log whose times leap about has more; the rest of it is then one part. */
const mostParts = 200;
const mostFindings = 300;
/** Times that the length of a log is taken from. */
const mostSampled = 4_000;

const second = 1_000;
const minute = 60_000;
const hour = 3_600_000;
const day = 86_400_000;

/** Lengths of a part that a person thinks in, in milliseconds. */
const steps = [
  second,
  5 * second,
  10 * second,
  30 * second,
  minute,
  5 * minute,
  10 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  7 * day,
  30 * day,
];

/**
 * A log in parts: of equal time where it states times, else of equal length. A part ends where a time
 * of a later one comes; lines that came late stay in the part in which they stand. The length of time
 * is that between the 1st and the 99th percentile, so that one wrong clock does not make one part of
 * all. Parts tile the log; the strongest findings stand under them.
 */
export function outlineParts(
  { records }: Pick<LogView, 'records'>,
  findings: readonly Finding[],
): OutlinePart[] {
  return partsOf(recordRows(records), findings);
}

/** The same of a log that is not held: its slices take the place of its records. */
export function outlineSlices(
  slices: readonly LogSlice[],
  findings: readonly Finding[],
): OutlinePart[] {
  return partsOf(sliceRows(slices), findings);
}

/** What a log is divided by: its records, or stretches of them. */
interface Rows extends Pick<RecordTable, 'count' | 'time'> {
  /** `count + 1` lines (0-based): more than a table of records counts, in the largest logs. */
  readonly firstLine: ArrayLike<number>;
  /** Records of the rows from one up to another. */
  recordsIn(from: number, end: number): number;
  errorsIn(from: number, end: number): number;
}

function recordRows(records: RecordTable): Rows {
  const { count, firstLine, time } = records;
  return {
    count,
    firstLine,
    time,
    recordsIn: (from, end) => end - from,
    errorsIn: (from, end) => errorsIn(records, from, end),
  };
}

function sliceRows(slices: readonly LogSlice[]): Rows {
  const last = slices.at(-1);
  const sum = (kind: 'records' | 'errors', from: number, end: number): number =>
    slices.slice(from, end).reduce((total, slice) => total + slice[kind], 0);
  return {
    count: slices.length,
    firstLine: [...slices.map(({ line }) => line), last === undefined ? 0 : last.line + last.lines],
    time: Float64Array.from(slices, ({ first }) => first),
    recordsIn: (from, end) => sum('records', from, end),
    errorsIn: (from, end) => sum('errors', from, end),
  };
}

function partsOf(records: Rows, findings: readonly Finding[]): OutlinePart[] {
  if (records.count === 0) return [];
  const step = stepOf(records);
  const starts = step === null ? partsByLine(records) : partsByTime(records, step);
  const shown = findings.filter(({ rank }) => rank <= mostFindings).sort((a, b) => a.line - b.line);
  const days = step !== null && spansDays(records);
  let next = 0;
  return starts.map((record, at) => {
    const end = starts[at + 1] ?? records.count;
    const line = records.firstLine[record] ?? 0;
    const endLine = (records.firstLine[end] ?? 0) - 1;
    const own: OutlineFinding[] = [];
    for (let finding = shown[next]; finding !== undefined; finding = shown[next]) {
      const { title, severity, line: first, endLine: last } = finding;
      if (first - 1 > endLine) break;
      next += 1;
      own.push({ title, severity, line: first - 1, endLine: Math.min(last - 1, endLine) });
    }
    return {
      name:
        step === null
          ? `lines ${line + 1}-${endLine + 1}`
          : nameOf(records, record, end, step, days),
      line,
      endLine,
      records: records.recordsIn(record, end),
      errors: records.errorsIn(record, end),
      findings: own,
    };
  });
}

/** Null where the log has no two different times. */
function stepOf({ count, time }: Rows): number | null {
  const stride = Math.max(1, Math.ceil(count / mostSampled));
  const sampled: number[] = [];
  for (let record = 0; record < count; record += stride) {
    if (!Number.isNaN(time[record] ?? NaN)) sampled.push(time[record] ?? NaN);
  }
  sampled.sort((a, b) => a - b);
  const span = percentile(sampled, 0.99) - percentile(sampled, 0.01);
  if (!(span > 0)) return null;
  return steps.find((step) => span / step <= wantedParts) ?? 30 * day;
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
}

/** First records of the parts. */
function partsByTime({ count, time }: Rows, step: number): number[] {
  const starts = [0];
  let current = NaN;
  for (let record = 0; record < count && starts.length < mostParts; record += 1) {
    const part = Math.floor((time[record] ?? NaN) / step);
    if (Number.isNaN(part) || part <= current) continue;
    if (!Number.isNaN(current)) starts.push(record);
    current = part;
  }
  return starts;
}

function partsByLine(records: Rows): number[] {
  const lines = records.firstLine[records.count] ?? 0;
  const starts = new Set<number>();
  const parts = Math.min(20, Math.ceil(lines / 50));
  for (let part = 0; part < parts; part += 1) {
    starts.add(recordAtLine(records, Math.floor((part * lines) / parts)));
  }
  return [...starts].sort((a, b) => a - b);
}

function spansDays(records: Rows): boolean {
  const bounds = timeBounds(records);
  return bounds !== null && Math.floor(bounds.first / day) !== Math.floor(bounds.last / day);
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The part by the first time in it, on the clock of the log. */
function nameOf(
  { time, firstLine }: Rows,
  from: number,
  end: number,
  step: number,
  days: boolean,
): string {
  let record = from;
  while (record < end && Number.isNaN(time[record] ?? NaN)) record += 1;
  const iso = record < end ? isoTime(Math.floor((time[record] ?? NaN) / step) * step) : null;
  if (iso === null) return `lines ${(firstLine[from] ?? 0) + 1}-${firstLine[end] ?? 0}`;
  const clock = iso.slice(11, step < minute ? 19 : 16);
  const date = `${Number(iso.slice(8, 10))} ${months[Number(iso.slice(5, 7)) - 1] ?? ''}`;
  if (step >= day) return date;
  return days ? `${date} ${clock}` : clock;
}

function errorsIn({ level }: RecordTable, from: number, end: number): number {
  let errors = 0;
  for (let record = from; record < end; record += 1) {
    if ((level[record] ?? 0) >= levelRank.error) errors += 1;
  }
  return errors;
}
