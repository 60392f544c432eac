import type { Signal } from './signal.ts';

/** An identifier that several signals carry: a request, a trace, a job. */
export interface SharedId {
  readonly id: string;
  readonly signals: readonly Signal[];
}

/** Long hexadecimal, UUIDs and prefixed ids: long enough not to agree by chance. */
const shapes =
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{16,64}\b|\b[a-z]{2,12}[-_][0-9a-z]{6,40}(?:[-_][0-9a-z]{1,40}){0,4}\b/gi;

/** Identifiers in a text, at most 12. */
export function idsIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.slice(0, 1200).matchAll(shapes)) {
    // An id holds digits; `read-timeout` is a word.
    if (/[0-9]{2}|[0-9][a-f]|[a-f][0-9]/i.test(match[0])) found.add(match[0].toLowerCase());
    if (found.size >= 12) break;
  }
  return [...found];
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
    for (const id of idsIn(textOf(signal))) {
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
