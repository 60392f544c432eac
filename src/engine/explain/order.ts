import type { AnalysedLog } from './analysedLog.ts';
import type { Clocks } from './clocks.ts';
import { moment, seenFrom } from './clocks.ts';
import type { Signal } from './signal.ts';
import { alignClocks } from './skew.ts';

/** Signals in the order in which they happened, and how that order is known. */
export interface Ordered {
  readonly signals: readonly Signal[];
  /** `time` when all of them lie on one axis; otherwise some are placed by their position. */
  readonly by: 'time' | 'position';
  /** How times of different logs compare. */
  readonly clocks: Clocks;
}

/**
 * Puts signals of several logs into one order: by time where they lie on one axis. What has no time,
 * or one that cannot be compared, is placed by the share of its log that lies before it.
 */
export function orderSignals(
  signals: readonly Signal[],
  analyses: readonly AnalysedLog[],
): Ordered {
  const clocks = alignClocks(analyses);
  const moments = new Map(
    signals.map((signal) => [signal, moment(clocks, signal.log, signal.time)]),
  );
  const known = [...moments.values()].filter((value) => !Number.isNaN(value));
  const from = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const to = known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const alone = new Set(signals.map(({ log }) => log)).size < 2;
  const place = (signal: Signal): number => {
    const value = moments.get(signal) ?? Number.NaN;
    // The lines of one log have their order, whatever some of them state.
    if (alone && known.length < signals.length) return signal.record;
    if (!Number.isNaN(value)) return value;
    const share = signal.record / Math.max(1, analyses[signal.log]?.view.records.count ?? 1);
    return known.length === 0 ? share : from + share * (to - from);
  };
  const places = new Map(signals.map((signal) => [signal, place(signal)]));
  const sorted = [...signals].sort(
    (a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0) || a.log - b.log || a.line - b.line,
  );
  return {
    signals: sorted,
    by: known.length === signals.length && known.length > 0 ? 'time' : 'position',
    clocks,
  };
}

/**
 * How much later the second signal came, in milliseconds; not a number where their times cannot be
 * compared. Two times of one log always can.
 */
export function gapBetween(first: Signal, second: Signal, clocks: Clocks): number {
  return seenFrom(clocks, first.log, second.log, second.time) - first.time;
}
