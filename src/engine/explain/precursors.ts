import { levelRank } from '../record/levels.ts';
import { namingFact } from './hypotheses.ts';
import { knownEffect } from './knowledge/effects.ts';
import type { Hit } from './knowledge/rule.ts';
import { gapBetween, type Ordered } from './order.ts';
import type { Signal } from './signal.ts';

/** A cause shows at most this long before what it does, in milliseconds. */
const shortly = 120_000;
/** A pattern told more often is no announcement. */
const mostOften = 5;
const leastStrength = 0.7;
const leastWeight = 0.2;
/** What announces the loudest trouble weighs nearly as much as that. */
const share = 0.78;
const loudShare = 0.7;

/**
 * Signals in which what leads to louder trouble weighs nearly as much as that: the line of a kernel,
 * a supervisor or a store that names a kind of failure, and shortly after which follows what is known
 * to follow from it, often in the log of somebody else. Such lines have a low level, or none, where
 * they are written: whoever is killed does not log it as an error.
 */
export function liftPrecursors({ signals, clocks }: Ordered): readonly Signal[] {
  const strongest = Math.max(0, ...signals.map(({ weight }) => weight));
  const loud = signals
    .filter(({ weight }) => weight >= strongest * loudShare)
    .map((signal) => ({ signal, fact: namingFact(signal) }));
  return signals.map((signal) => {
    if (signal.weight >= strongest * share) return signal;
    const fact = namingFact(signal);
    if (fact === null || !announces(signal, fact)) return signal;
    const leads = loud.some(
      (later) =>
        later.fact !== null &&
        isShortly(gapBetween(signal, later.signal, clocks)) &&
        knownEffect(fact.category, later.fact.category) !== null,
    );
    return leads ? { ...signal, weight: strongest * share } : signal;
  });
}

function announces(signal: Signal, fact: Hit): boolean {
  return (
    fact.role !== 'symptom' &&
    (fact.role === 'cause' || fact.rule !== undefined) &&
    fact.strength >= leastStrength &&
    signal.weight >= leastWeight &&
    signal.count <= mostOften &&
    signal.level === levelRank.unknown
  );
}

function isShortly(gap: number): boolean {
  return gap >= 0 && gap <= shortly;
}
