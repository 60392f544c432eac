import { sharedIdsIn } from '../merge/identifiersIn.ts';
import type { Signal } from './signal.ts';

/** An identifier that several signals carry: a request, a trace, a job. */
export interface SharedId {
  readonly id: string;
  readonly signals: readonly Signal[];
}

/**
 * Identifiers that at least two and not nearly all signals carry, most shared first. Agreement is
 * correlation: it says that the lines concern the same thing, not that one caused the other.
 * @param textOf the full text of a signal's first line, with its header
 */
export function sharedIds(
  signals: readonly Signal[],
  textOf: (signal: Signal) => string,
): readonly SharedId[] {
  const byId = new Map<string, Signal[]>();
  for (const signal of signals) {
    for (const id of sharedIdsIn(textOf(signal))) {
      const list = byId.get(id);
      if (list === undefined) byId.set(id, [signal]);
      else list.push(signal);
    }
  }
  return [...byId]
    .filter(([, list]) => list.length > 1 && list.length <= Math.max(2, signals.length * 0.8))
    .map(([id, list]) => ({ id, signals: list }))
    .sort((a, b) => b.signals.length - a.signals.length)
    .slice(0, 10);
}
