import type { LogView } from '../../detect/logView.ts';
import type { Template } from '../../template/templateTable.ts';
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
    const template = templates.ofRecord[record] ?? 0;
    if (counts[template] === 0) first[template] = record;
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
      };
    }),
  };
}
