import type { LogView } from '../../detect/logView.ts';
import { ActiveClock } from '../../detect/activeTime.ts';
import { complains, keptLongest } from '../../detect/detectors/silences.ts';
import { quantile, sorted } from '../../detect/numeric/statistics.ts';
import type { RecordTable } from '../../record/recordTable.ts';
import type { Template } from '../../template/templateTable.ts';
import type { PatternPace, PatternTally, SegmentAxis } from './segment.ts';

/** Patterns that are told of one segment: more are held by few logs, and those are of one-off messages. */
const mostPatterns = 20_000;

/** Distances of a pattern by which their middle is known. */
const mostFirst = 128;

/** Records from `from` up to `to`. */
export interface RecordRange {
  readonly from: number;
  readonly to: number;
}

/**
 * How often the patterns of some records came, the commonest where there are too many: what is common
 * decides which findings are no news elsewhere.
 *
 * @param before lines that are not counted
 */
export function tallyPatterns(
  { templates, records }: Pick<LogView, 'templates' | 'records'>,
  { from, to }: RecordRange,
  before: number,
): { readonly patterns: PatternTally[]; readonly more: boolean; readonly axis: SegmentAxis } {
  const size = templates.templates.length;
  const counts = new Uint32Array(size);
  const first = new Uint32Array(size);
  const last = new Uint32Array(size);
  const { axis, positions } = axisOf(records, from, to);
  const paces = new Paces(size, positions);
  for (let record = from; record < to; record += 1) {
    const template = templates.ofRecord[record] ?? 0;
    if (counts[template] === 0) first[template] = record;
    else paces.add(template, last[template] ?? record, record);
    if (complains(records.level[record] ?? 0)) paces.leaveOut(template);
    counts[template] = (counts[template] ?? 0) + 1;
    last[template] = record;
  }
  const countOf = ({ id }: Template): number => counts[id] ?? 0;
  let held = templates.templates.filter((template) => countOf(template) > 0);
  const more = held.length > mostPatterns;
  if (more) {
    held = held.sort((a, b) => countOf(b) - countOf(a) || a.id - b.id).slice(0, mostPatterns);
  }
  return {
    more,
    axis,
    patterns: held.map((template) => {
      const begin = first[template.id] ?? from;
      const end = last[template.id] ?? from;
      return {
        text: template.text,
        count: countOf(template),
        first: begin - from,
        last: end - from,
        firstLine: (records.firstLine[begin] ?? 0) - before,
        lastLine: (records.firstLine[end] ?? 0) - before,
        firstTime: records.time[begin] ?? Number.NaN,
        lastTime: records.time[end] ?? Number.NaN,
        pace: paces.of(template.id, begin, end),
      };
    }),
  };
}

/** Positions of all records, counted from the last one before `from`. */
function axisOf(
  { time }: Pick<RecordTable, 'time'>,
  from: number,
  to: number,
): { readonly axis: SegmentAxis; readonly positions: (record: number) => number } {
  const clock = ActiveClock.of(time);
  const all = clock.positions(time);
  const start = all[Math.max(0, from - 1)] ?? 0;
  const length = to > from ? (all[to - 1] ?? start) - start : 0;
  return {
    axis: { kind: clock.kind, length },
    positions: (record) => (all[record] ?? start) - start,
  };
}

/** How patterns come back, gathered record by record. */
class Paces {
  readonly #positions: (record: number) => number;
  readonly #squares: Float64Array;
  /** So many per pattern, descending. */
  readonly #longest: Float64Array;
  /** The first distances per pattern: what they are in the middle. */
  readonly #first: number[][];
  readonly #leftOut: Uint8Array;

  constructor(patterns: number, positions: (record: number) => number) {
    this.#positions = positions;
    this.#squares = new Float64Array(patterns);
    this.#longest = new Float64Array(patterns * keptLongest);
    this.#first = Array.from({ length: patterns }, () => []);
    this.#leftOut = new Uint8Array(patterns);
  }

  /** Two neighbouring records of a pattern. */
  add(pattern: number, before: number, record: number): void {
    let distance = this.#positions(record) - this.#positions(before);
    this.#squares[pattern] = (this.#squares[pattern] ?? 0) + distance ** 2;
    const first = this.#first[pattern];
    if (first !== undefined && first.length < mostFirst) first.push(distance);
    const end = (pattern + 1) * keptLongest;
    for (let at = end - keptLongest; at < end; at += 1) {
      const known = this.#longest[at] ?? 0;
      if (distance <= known) continue;
      this.#longest[at] = distance;
      distance = known;
    }
  }

  leaveOut(pattern: number): void {
    this.#leftOut[pattern] = 1;
  }

  of(pattern: number, first: number, last: number): PatternPace | null {
    if (this.#leftOut[pattern] === 1) return null;
    const distances = this.#first[pattern] ?? [];
    const from = pattern * keptLongest;
    const longest = this.#longest.subarray(from, from + Math.min(keptLongest, last - first));
    return {
      firstAt: this.#positions(first),
      lastAt: this.#positions(last),
      every: distances.length === 0 ? null : quantile(sorted(distances), 0.5),
      squares: this.#squares[pattern] ?? 0,
      longest: [...longest],
    };
  }
}
