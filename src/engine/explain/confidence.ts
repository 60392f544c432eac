import type { ChangeStory } from './changes.ts';
import type { Confidence } from './explanation.ts';
import type { Hypothesis } from './hypotheses.ts';
import type { Ordered } from './order.ts';
import type { SimilarIncident } from '../incident/incident.ts';

/**
 * How far the first hypothesis can be trusted: a logistic sum over what speaks for it. The parts
 * are independent signals (words, order, trace, finding, good run, past incident), since agreement
 * of independent signals is what measured accuracy follows; a model's own estimate is never used.
 */
export function computeConfidence(input: {
  readonly hypotheses: readonly Hypothesis[];
  readonly ordered: Ordered;
  readonly similar: readonly SimilarIncident[];
  readonly changes: ChangeStory;
}): Confidence {
  const { hypotheses, ordered, similar, changes } = input;
  const top = hypotheses[0];
  if (top === undefined)
    return { level: 'high', value: 0.9, why: 'nothing in the logs speaks of trouble' };
  const second = hypotheses.find(
    (item) => item !== top && !top.effects.some(({ signal }) => signal === item.primary),
  );
  const margin = second === undefined ? 1 : 1 - second.score / Math.max(top.score, 1e-9);
  const reasons: string[] = [];
  let sum = -2.1 + 2.4 * top.primary.weight + 1.1 * margin;
  const add = (holds: boolean, weight: number, why: string): void => {
    if (!holds) return;
    sum += weight;
    reasons.push(why);
  };
  add(top.fact !== null && top.fact.strength >= 0.6, 0.5, 'the words name a known kind of failure');
  add(top.primary.trace !== null, 0.5, 'a stack trace shows where');
  add(top.effects.length > 0, 0.4, 'known effects follow it');
  add(top.primary.finding?.severity === 'high', 0.3, 'the detectors marked it independently');
  add(top.primary.isNew === true, 0.5, 'the good run does not have it');
  add(ordered.signals[0] === top.primary, 0.3, 'it comes first');
  add(
    similar.some((item) => item.incident.status === 'confirmed' && item.similarity >= 0.7),
    0.6,
    'a confirmed past incident is alike',
  );
  add((changes.before[0]?.related ?? 0) > 0, 0.2, 'a related change came shortly before');
  add(changes.undo?.recovered === true, 0.4, 'errors fell once that change was undone');
  add(top.category === 'unknown', -1.1, 'but no known kind of failure fits');
  add(top.role === 'symptom', -0.5, 'but it is a symptom, its cause may lie elsewhere');
  add(ordered.by === 'position', -0.3, 'but the logs share no clock');
  add(margin < 0.15, -0.2, 'but another explanation is nearly as good');
  const value = Math.round((1 / (1 + Math.exp(-sum))) * 100) / 100;
  const level = value >= 0.75 ? 'high' : value >= 0.45 ? 'medium' : 'low';
  return { level, value, why: reasons.length === 0 ? 'only weak signs' : reasons.join('; ') };
}
