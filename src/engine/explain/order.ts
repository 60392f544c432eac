import type { AnalysedLog } from './analysedLog.ts';
import type { Signal } from './signal.ts';

/** Signals in the order in which they happened, and how that order is known. */
export interface Ordered {
  readonly signals: readonly Signal[];
  /** `time` when all of them state one; otherwise files are laid side by side by position. */
  readonly by: 'time' | 'position';
}

/**
 * Puts signals of several logs into one order: by time where every signal has one, otherwise by
 * the share of its log that lies before it.
 */
export function orderSignals(
  signals: readonly Signal[],
  analyses: readonly AnalysedLog[],
): Ordered {
  const timed = signals.every((signal) => !Number.isNaN(signal.time));
  const position = (signal: Signal): number =>
    signal.record / Math.max(1, analyses[signal.log]?.view.records.count ?? 1);
  const sorted = [...signals].sort((a, b) => {
    const main = timed ? a.time - b.time : position(a) - position(b);
    return main !== 0 ? main : a.log - b.log || a.line - b.line;
  });
  return { signals: sorted, by: timed ? 'time' : 'position' };
}
