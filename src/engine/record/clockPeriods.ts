import { msPerDay, yearOf } from './civilTime.ts';
import { MomentClock } from './momentClock.ts';
import type { LogClock } from './recordTable.ts';
import { timeBasis, timeLayout } from './timestamp.ts';

/** What times leave open that state no date, or no year: the day, or the year, that they lie in. */
export type OpenBasis = 'no-date' | 'no-year';

/** Null for times that leave neither open. */
export function openBasis(clock: LogClock | null | undefined): OpenBasis | null {
  const basis = clock?.basis;
  return basis === 'no-date' || basis === 'no-year' ? basis : null;
}

/**
 * Days (or years) by which a stretch of a log is to be moved that was read by itself, so that it goes on
 * where the log had come to, by the rule of `MomentClock`.
 * @param last the time before the stretch, as the log has it
 * @param first the first time of the stretch, as read by itself; both in milliseconds since the epoch
 */
export function periodsBehind(basis: OpenBasis, last: number, first: number): number {
  if (Number.isNaN(last) || Number.isNaN(first)) return 0;
  const clock = new MomentClock();
  clock.last = last;
  const date = new Date(first);
  const there = clock.resolve({
    basis: basis === 'no-date' ? timeBasis.noDate : timeBasis.noYear,
    layout: timeLayout.none,
    year: 0,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    ms: timeOfDay(first),
    isEpoch: false,
    zoneStated: false,
    zone: 0,
  });
  const periods = periodsBetween(basis, first, there);
  // Read by itself it begins in the first period: what lies far behind states its date all the same.
  return periods < -1 ? 0 : periods;
}

/** Whole days (or years) from one time to another that states the same. */
export function periodsBetween(basis: OpenBasis, from: number, to: number): number {
  if (Number.isNaN(from) || Number.isNaN(to)) return 0;
  return basis === 'no-date' ? Math.round((to - from) / msPerDay) : yearOf(to) - yearOf(from);
}

/** A time so many days (or years) later; NaN stays NaN. */
export function laterBy(basis: OpenBasis, periods: number, time: number): number {
  if (periods === 0 || Number.isNaN(time)) return time;
  if (basis === 'no-date') return time + periods * msPerDay;
  return new Date(time).setUTCFullYear(yearOf(time) + periods);
}

/** Which day (or year) a time lies in: a number that is the same for all of it; NaN stays NaN. */
export function periodOf(basis: OpenBasis, time: number): number {
  if (Number.isNaN(time)) return NaN;
  return basis === 'no-date' ? Math.floor(time / msPerDay) : yearOf(time);
}

function timeOfDay(time: number): number {
  return time - Math.floor(time / msPerDay) * msPerDay;
}
