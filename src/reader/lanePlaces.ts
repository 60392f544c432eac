import type { ConcatenatedSource } from '../engine/page/concatenatedSource.ts';
import type { LogPages } from '../engine/page/logPages.ts';
import type { LaneLine } from '../protocol/readerApi.ts';
import type { MergedSource } from './mergedSource.ts';

/** Which rows show the lines of the logs of a joined view. Rows and lines are 0-based. */
export interface LanePlaces {
  /** Null where it is not known yet, or not shown. */
  rowOf(lane: number, line: number): Promise<number | null>;
  lineAt(row: number): Promise<LaneLine | null>;
}

/** Of logs that were joined by time. */
export function mergedPlaces(source: MergedSource): LanePlaces {
  return {
    rowOf: (lane, line) => Promise.resolve(source.lanes.lineOf(lane, line)),
    lineAt: (row) => {
      const run = source.lanes.runAtLine(row);
      const place = run === null ? null : { lane: run.lane, line: run.sourceLine + row - run.line };
      return Promise.resolve(place);
    },
  };
}

/** Of logs one behind the other: known as far as the lines are counted. */
export function concatenatedPlaces(source: ConcatenatedSource, pages: LogPages): LanePlaces {
  /** The row on which a log begins; past all rows where it is behind the last. */
  const firstRow = async (lane: number): Promise<number | null> => {
    const start = source.startOf(lane);
    if (start >= source.size) return Infinity;
    const { line, exact } = await pages.lineOf(start);
    return exact ? line - 1 : null;
  };
  return {
    rowOf: async (lane, line) => {
      const first = await firstRow(lane);
      const next = (await firstRow(lane + 1)) ?? Infinity;
      return first === null || first + line >= next ? null : first + line;
    },
    lineAt: async (row) => {
      for (let lane = source.count - 1; lane >= 0; lane -= 1) {
        const first = await firstRow(lane);
        if (first === null) return null;
        if (first <= row) return { lane, line: row - first };
      }
      return null;
    },
  };
}
