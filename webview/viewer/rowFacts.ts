import type { Row, ViewerState } from '../../src/protocol/viewerApi.ts';
import { deltaAt, deltaText, isGap, usualDelta } from './gaps.ts';
import type { HiddenPatterns } from './hiddenPatterns.ts';
import type { MarkIndex } from './markIndex.ts';
import type { RowFacts } from './rowElement.ts';

/** What the page knows when it draws rows. */
export interface Known {
  readonly state: ViewerState | null;
  readonly marks: MarkIndex;
  /** Lines of the log; null while they are an estimate. */
  readonly lines: number | null;
  /** Bytes at the start of long lines that are not shown. */
  readonly skip: number;
  readonly hidden: HiddenPatterns;
}

/** What a row shows beside its text; `index` is its place in `rows`. */
export function factsOf(row: Row, rows: readonly Row[], index: number, known: Known): RowFacts {
  const { state, marks, lines, skip, hidden } = known;
  const count = hidden.countOf(row);
  const delta = state?.options.deltas === true ? deltaAt(rows, index) : null;
  const lane = row.lane === null ? undefined : state?.opened?.lanes[row.lane];
  const seen = state?.seenBytes ?? null;
  const above = rows[index - 1];
  return {
    hidden: count,
    mark: row.exact && count === 0 ? marks.at(row.line) : null,
    notes: state?.options.notes === true,
    delta: delta === null ? '' : deltaText(delta),
    gap: delta !== null && isGap(delta, usualDelta(rows, index)),
    // A log keeps its colour while others are hidden.
    lane: lane === undefined ? null : { index: state?.shown[row.lane ?? 0] ?? 0, name: lane.name },
    fresh: seen !== null && row.byte >= seen && above !== undefined && above.byte < seen,
    blank: skip > 0 && row.skipped === 0 && state?.options.wrap === false,
    encoding: state?.opened?.encoding ?? 'utf-8',
    lines: lines ?? -1,
  };
}
