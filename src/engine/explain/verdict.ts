import { levelRank } from '../record/levels.ts';
import type { Confidence, Verdict } from './explanation.ts';
import type { Hypothesis } from './hypotheses.ts';
import type { Signal } from './signal.ts';

/** Below this a signal is a habit of the log, above the second it is worth a conclusion. */
const weakWeight = 0.3;
const strongWeight = 0.58;
/** A fact below this strength only says what was tried. */
const leastTelling = 0.45;

/** So few records are an excerpt: somebody chose these lines because they ask about them. */
const excerpt = 12;
const excerptStrength = 0.5;

/**
 * A log with warnings only, or with habits only, has no incident.
 * @param records of all logs
 */
export function speaksOfIncident(
  top: Hypothesis,
  signals: readonly Signal[],
  records: number,
): boolean {
  if (top.primary.weight >= strongWeight) return true;
  if (records <= excerpt && (top.fact?.strength ?? 0) >= excerptStrength) return true;
  return signals.some(({ weight, level, trace, facts, finding }) => {
    if (weight < weakWeight) return false;
    if (level >= levelRank.error) return true;
    // What a program tells in passing, below a warning, it has dealt with itself.
    if (trace !== null && (level >= levelRank.warning || level === levelRank.unknown)) return true;
    if (facts.some(({ words }) => words.startsWith('HTTP '))) return true;
    if (finding?.severity === 'high' && weight >= 0.4) return true;
    const told = facts[0]?.strength ?? 0;
    // A warning that names a cause is worth a look; a log without levels speaks by its words.
    if (level === levelRank.warning) return weight >= 0.5 && told >= 0.7;
    return told >= (level === levelRank.unknown ? 0.55 : 0.75);
  });
}

/** What is not concluded is not believed either, however well its words are known. */
export function unsure(confidence: Confidence): Confidence {
  const why = 'the signs are weak or stand alone';
  return { level: 'low', value: Math.min(0.4, confidence.value), why: `${why}; ${confidence.why}` };
}

/** How far the first hypothesis carries: found, probable, or only weak signs. */
export function verdictOf(
  top: Hypothesis,
  confidence: Confidence,
  signals: readonly Signal[],
): Verdict {
  const { primary } = top;
  if (primary.weight < strongWeight) return 'inconclusive';
  const severe = signals.filter((signal) => signal.weight >= strongWeight).length;
  // What was tried and failed names a kind of failure, but no better than an unknown pattern does.
  const isVague = (top.fact?.strength ?? 0) < leastTelling;
  if (isVague && primary.trace === null && primary.isNew !== true && severe <= 1) {
    return 'inconclusive';
  }
  if (top.category === 'unknown') return 'probable';
  if (confidence.level === 'low') return 'inconclusive';
  const certain =
    confidence.level === 'high' && top.role === 'cause' && (top.fact?.strength ?? 0) >= 0.6;
  return certain ? 'root_cause_found' : 'probable';
}
