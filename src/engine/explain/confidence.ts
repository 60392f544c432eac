import type { SimilarIncident } from '../incident/incident.ts';
import type { ChangeStory } from './changes.ts';
import type { SignName } from './confidenceTable.ts';
import { confidenceTable } from './confidenceTable.ts';
import type { Confidence } from './explanation.ts';
import type { Hypothesis } from './hypotheses.ts';
import type { Ordered } from './order.ts';

/** What confidence is computed from. */
export interface ConfidenceInput {
  /** Likeliest first. */
  readonly hypotheses: readonly Hypothesis[];
  readonly ordered: Ordered;
  readonly similar: readonly SimilarIncident[];
  readonly changes: ChangeStory;
}

/** Something that speaks for or against the first hypothesis, and how far, 0..1. */
export interface ConfidenceSign {
  readonly name: SignName;
  readonly value: number;
  /** For the reader; empty where it only grades. */
  readonly why: string;
}

/** From here on the named cause is right in at least four of five cases. */
const highFrom = 0.8;
/**
 * Below this it is right in less than two of five cases, and the report does not conclude. At one half
 * every third right report on programs that nobody knows would be kept back.
 */
const mediumFrom = 0.4;
/** A second explanation with nearly the first one's score. */
const nearlyAsGood = 0.15;
const alike = 0.7;

/**
 * How often a report like this one names the cause rightly: a logistic sum over signs that are
 * independent of each other (words, order, trace, finding, good run, past incident), since agreement
 * of independent signs is what measured accuracy follows. The weights are fitted to labelled cases
 * (see `confidenceTable`); a model's own estimate is never used.
 */
export function computeConfidence(input: ConfidenceInput): Confidence {
  const signs = confidenceSigns(input);
  const value = confidenceOf(signs);
  // What the fit found to add nothing is no reason to believe.
  const reasons = signs.filter(
    ({ name, value: holds, why }) => holds > 0 && why !== '' && confidenceTable.signs[name] !== 0,
  );
  return {
    level: levelOf(value),
    value,
    why: reasons.length === 0 ? 'only weak signs' : reasons.map(({ why }) => why).join('; '),
  };
}

/** How often logs in which as many weak signs were found have no incident. */
export function quietConfidence(weak: number): Confidence {
  const { base, weakSign } = confidenceTable.quiet;
  const value = rounded(probability(base + weakSign * weak));
  return {
    level: levelOf(value),
    value,
    why:
      weak === 0
        ? 'no errors, no failing responses, no findings'
        : 'some weak signs, none of them telling',
  };
}

/** What speaks for and against the first hypothesis; none without hypotheses. */
export function confidenceSigns(input: ConfidenceInput): readonly ConfidenceSign[] {
  const { hypotheses, ordered, similar, changes } = input;
  const top = hypotheses[0];
  if (top === undefined) return [];
  const { primary, support, effects } = top;
  const second = hypotheses.find(
    (item) => item !== top && !effects.some(({ signal }) => signal === item.primary),
  );
  const margin = second === undefined ? 1 : 1 - second.score / Math.max(top.score, 1e-9);
  const company = [...support, ...effects.map(({ signal }) => signal)];
  const sign = (name: SignName, holds: boolean, why = ''): ConfidenceSign => ({
    name,
    value: Number(holds),
    why,
  });
  const strength = top.fact?.strength ?? 0;
  return [
    { name: 'weight', value: primary.weight, why: '' },
    { name: 'margin', value: margin, why: '' },
    {
      name: 'strength',
      value: strength,
      why: strength >= 0.6 ? 'the words name a known kind of failure' : '',
    },
    sign('trace', primary.trace !== null, 'a stack trace shows where'),
    sign('effects', effects.length > 0, 'known effects follow it'),
    sign('marked', primary.finding?.severity === 'high', 'the detectors marked it independently'),
    sign('isNew', primary.isNew === true, 'the good run does not have it'),
    sign('first', ordered.signals[0] === primary, 'it comes first'),
    sign(
      'severalLogs',
      company.some(({ log }) => log !== primary.log),
      'other logs agree',
    ),
    sign(
      'similar',
      similar.some((item) => item.incident.status === 'confirmed' && item.similarity >= alike),
      'a confirmed past incident is alike',
    ),
    sign('changed', (changes.before[0]?.related ?? 0) > 0, 'a related change came shortly before'),
    sign('undone', changes.undo?.recovered === true, 'errors fell once that change was undone'),
    sign('unknown', top.category === 'unknown', 'but no known kind of failure fits'),
    sign('symptom', top.role === 'symptom', 'but it is a symptom, its cause may lie elsewhere'),
    sign('unclocked', ordered.by === 'position', 'but the logs share no clock'),
    sign('alone', company.length === 0 && primary.count === 1, 'but nothing else agrees with it'),
    sign('contested', margin < nearlyAsGood, 'but another explanation is nearly as good'),
  ];
}

function confidenceOf(signs: readonly ConfidenceSign[]): number {
  return rounded(
    probability(
      signs.reduce(
        (sum, { name, value }) => sum + value * confidenceTable.signs[name],
        confidenceTable.base,
      ),
    ),
  );
}

/** What a confidence is called. */
export function levelOf(value: number): Confidence['level'] {
  return value >= highFrom ? 'high' : value >= mediumFrom ? 'medium' : 'low';
}

function probability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
