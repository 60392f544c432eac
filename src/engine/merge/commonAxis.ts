import type { LogClock } from '../record/recordTable.ts';

/** The times of one log, as it states them. */
export interface Span {
  readonly basis: LogClock['basis'];
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** What states more of a moment comes first. */
const bases = ['absolute', 'no-year', 'no-date', 'relative'] as const;
const dayMs = 86_400_000;
/** Logs that begin so long after the others ended are not put into their year or day. */
const farMs = { 'no-year': 3 * dayMs, 'no-date': 3_600_000 } as const;

/**
 * Lays the times of several logs on one axis. A log that states no year, or no date, takes the one
 * in which it lies beside the logs that do; a log that counts from its own start, and one that lies
 * nowhere near the others, is left out rather than put thousands of hours away.
 * @param spans null for a log without times
 * @returns milliseconds to add to the times of each log; null for a log that is left out
 */
export function shiftsToOneAxis(spans: readonly (Span | null)[]): readonly (number | null)[] {
  const timed = spans.filter((span) => span !== null);
  const basis = bases.find((name) => timed.some((span) => span.basis === name));
  if (basis === undefined) return spans.map(() => null);
  if (timed.length === 1) return spans.map((span) => (span === null ? null : 0));
  const reference = joined(timed.filter((span) => span.basis === basis));
  return spans.map((span) => {
    if (span === null || span.basis === 'relative') return null;
    return span.basis === basis ? 0 : shiftInto(span, reference);
  });
}

function joined(spans: readonly Span[]): Span {
  return {
    basis: spans[0]?.basis ?? 'absolute',
    from: Math.min(...spans.map(({ from }) => from)),
    to: Math.max(...spans.map(({ to }) => to)),
  };
}

/** The whole years or days that bring a log nearest to others; null where it stays far from them. */
function shiftInto(span: Span, reference: Span): number | null {
  const candidates = span.basis === 'no-year' ? years(span, reference) : days(span, reference);
  let best: number | null = null;
  let least: number = farMs[span.basis === 'no-year' ? 'no-year' : 'no-date'];
  for (const shift of candidates) {
    const gap = Math.max(0, reference.from - (span.to + shift), span.from + shift - reference.to);
    if (gap < least || (gap === least && best === null)) {
      best = shift;
      least = gap;
    }
  }
  return best;
}

function years(span: Span, reference: Span): readonly number[] {
  const own = new Date(span.from);
  const first = new Date(reference.from).getUTCFullYear() - 1;
  const last = new Date(reference.to).getUTCFullYear() + 1;
  const shifts: number[] = [];
  for (let year = first; year <= Math.min(last, first + 20); year++) {
    const moved = new Date(span.from);
    moved.setUTCFullYear(year);
    shifts.push(moved.getTime() - own.getTime());
  }
  return shifts;
}

function days(span: Span, reference: Span): readonly number[] {
  const start = Math.floor(reference.from / dayMs) - Math.floor(span.from / dayMs);
  // Over several days a time of day says nothing of the day it was.
  return reference.to - reference.from > 2 * dayMs
    ? []
    : [start, start + 1, start - 1, start + 2].map((count) => count * dayMs);
}
