import type { LogView } from '../../detect/logView.ts';
import type { PatternTally } from './segment.ts';

/** Patterns that are told of one segment: more are held by few logs, and those are of one-off messages. */
const mostPatterns = 20_000;

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
): { readonly patterns: PatternTally[]; readonly more: boolean } {
  const size = templates.templates.length;
  const counts = new Uint32Array(size);
  const first = new Uint32Array(size);
  const last = new Uint32Array(size);
  for (let record = from; record < to; record += 1) {
    const template = templates.ofRecord[record]!;
    if (counts[template] === 0) first[template] = record;
    counts[template] = counts[template]! + 1;
    last[template] = record;
  }
  let held = templates.templates.filter(({ id }) => counts[id]! > 0);
  const more = held.length > mostPatterns;
  if (more) {
    held = held.sort((a, b) => counts[b.id]! - counts[a.id]! || a.id - b.id).slice(0, mostPatterns);
  }
  return {
    more,
    patterns: held.map(({ id, text }) => ({
      text,
      count: counts[id]!,
      first: first[id]! - from,
      last: last[id]! - from,
      firstLine: records.firstLine[first[id]!]! - before,
      firstTime: records.time[first[id]!]!,
      lastTime: records.time[last[id]!]!,
    })),
  };
}
