import { signal } from './lineSignals.ts';

/** Lines that a candidate block covers at most: what a reader takes in at a glance. */
export const blockLines = 10;
/** Lines of a block without a decisive one: nothing in it says where to look longer. */
const silentLines = 6;

/** What tells the failure itself: values, a place, a cause, a stack. */
const detailBits =
  signal.expectation |
  signal.cause |
  signal.location |
  signal.caret |
  signal.frame |
  signal.exception |
  signal.assertion;
/** What states that there is one. */
const statementBits = signal.heading | signal.errorPrefix | signal.failToken;
/** Work that goes its way, whatever words it is described in. */
const routineBits = signal.ok | signal.progress | signal.echo | signal.infoLevel;
/** What is said about a failure elsewhere: its number, its consequence, advice. */
const asideBits =
  signal.negated | signal.exitLine | signal.consequence | signal.summary | signal.hint;
const emptyBits = signal.blank | signal.ruler;

/** Whether a line, by its shape, says what went wrong. */
export function isDecisive(signals: number): boolean {
  if ((signals & routineBits) !== 0) return false;
  const details = (signals & detailBits) !== 0;
  const states = (signals & statementBits) !== 0;
  return (signals & asideBits) === 0 ? details || states : details && states;
}

/**
 * The end (exclusive) of the block that starts at a line, or -1 where none does. A block starts with
 * a decisive line, or with one line that leads to it, and ends with the last decisive line in sight.
 * Lines far from anything decisive start blocks too: some tools fail without a word.
 */
export function blockEnd(signals: Int32Array, start: number): number {
  const first = signals[start]!;
  if ((first & signal.blank) !== 0) return -1;
  const limit = Math.min(signals.length, start + blockLines);
  let last = limit - 1;
  while (last >= start && !isDecisive(signals[last]!)) last -= 1;
  if (last < start) {
    let end = Math.min(limit, start + silentLines);
    while (end > start + 1 && (signals[end - 1]! & emptyBits) !== 0) end -= 1;
    return end;
  }
  const leads = (first & routineBits) === 0 && isDecisive(signals[start + 1] ?? 0);
  if (!isDecisive(first) && !leads) return -1;
  return last + 1;
}
