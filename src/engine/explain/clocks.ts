import type { Skew } from '../merge/clockSkew.ts';
import type { Span } from '../merge/commonAxis.ts';
import { shiftsToOneAxis } from '../merge/commonAxis.ts';
import type { AnalysedLog } from './analysedLog.ts';

/** How the times of several logs are laid on one axis. */
export interface Clocks {
  /**
   * Milliseconds that are added to a time of each log; null for a log whose times cannot be compared
   * with those of the others.
   */
  readonly shifts: readonly (number | null)[];
  /** Clocks that seem to go wrong, for the report. */
  readonly skews: readonly Skew[];
}

/** A time on the common axis; not a number where the log has no place on it. */
export function moment(clocks: Clocks, log: number, time: number): number {
  return time + (clocks.shifts[log] ?? Number.NaN);
}

/**
 * A time of one log as the clock of another would state it; not a number where the two cannot be
 * compared.
 */
export function seenFrom(clocks: Clocks, viewer: number, log: number, time: number): number {
  if (viewer === log) return time;
  return moment(clocks, log, time) - (clocks.shifts[viewer] ?? Number.NaN);
}

/** Lays the times of analysed logs on one axis, as `shiftsToOneAxis` does. */
export function commonAxis(analyses: readonly AnalysedLog[]): readonly (number | null)[] {
  return shiftsToOneAxis(analyses.map(spanOf));
}

function spanOf({ view }: AnalysedLog): Span | null {
  const { time, format } = view.records;
  const first = time.findIndex((value) => !Number.isNaN(value));
  if (first < 0) return null;
  let last = time.length - 1;
  while (Number.isNaN(time[last] ?? 0)) last--;
  const one = time[first] ?? 0;
  const other = time[last] ?? one;
  return {
    basis: format.clock?.basis ?? 'absolute',
    from: Math.min(one, other),
    to: Math.max(one, other),
  };
}
