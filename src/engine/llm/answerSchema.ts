import * as v from 'valibot';

import { categories } from '../explain/explanation.ts';

const verdicts = ['root_cause_found', 'probable', 'inconclusive', 'no_incident'] as const;
const kinds = ['verify', 'mitigate', 'fix', 'prevent'] as const;

/** Bounds keep a rambling model from filling the panel; they are far above what is asked for. */
const text = v.pipe(v.string(), v.maxLength(4000));
const ids = v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(100));
const upTo = <T extends v.GenericSchema>(item: T, most: number) =>
  v.pipe(v.array(item), v.maxLength(most));

const answerSchema = v.object({
  verdict: v.picklist(verdicts),
  summary: v.pipe(text, v.trim(), v.nonEmpty()),
  root_cause: v.object({
    category: v.picklist(categories),
    component: text,
    statement: text,
    evidence: ids,
  }),
  alternatives: upTo(
    v.object({
      category: v.picklist(categories),
      statement: text,
      evidence: ids,
      why_less_likely: text,
    }),
    20,
  ),
  causal_chain: upTo(v.object({ event: text, evidence: ids }), 60),
  contradicting_evidence: ids,
  missing_information: upTo(text, 20),
  recommendations: upTo(v.object({ action: text, kind: v.picklist(kinds), basis: text }), 20),
  similar_incidents_used: ids,
});

/** An answer of the right shape; nothing in it is believed yet. */
export type ModelAnswer = v.InferOutput<typeof answerSchema>;

/** Parts that a model may leave away: an empty list says the same. */
const optionalParts = [
  'alternatives',
  'causal_chain',
  'contradicting_evidence',
  'missing_information',
  'recommendations',
  'similar_incidents_used',
];

/**
 * Checks the shape of an answer. Missing lists are empty lists, null is an empty text, and an
 * alternative without category is of an unknown one; everything else must be there.
 * @returns the answer, or what is wrong with it, a line each, in words that a model can act on
 */
export function readAnswer(value: unknown): ModelAnswer | readonly string[] {
  const parsed = v.safeParse(answerSchema, completed(value));
  if (parsed.success) return parsed.output;
  return parsed.issues.slice(0, 12).map((issue) => {
    const path = v.getDotPath(issue) ?? 'the answer';
    return `${path}: ${issue.message}`.slice(0, 300);
  });
}

function completed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const answer: Record<string, unknown> = { ...value };
  for (const part of optionalParts) answer[part] ??= [];
  if (isRecord(answer['root_cause'])) {
    answer['root_cause'] = withDefaults(answer['root_cause'], {
      component: '',
      statement: '',
      evidence: [],
    });
  }
  if (Array.isArray(answer['alternatives'])) {
    answer['alternatives'] = answer['alternatives'].map((item: unknown) =>
      isRecord(item)
        ? withDefaults(item, { category: 'unknown', evidence: [], why_less_likely: '' })
        : item,
    );
  }
  return answer;
}

function withDefaults(
  value: Record<string, unknown>,
  defaults: Record<string, unknown>,
): Record<string, unknown> {
  const result = { ...value };
  for (const [name, fallback] of Object.entries(defaults)) result[name] ??= fallback;
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const stringOf = { type: 'string' } as const;
const idsOf = { type: 'array', items: stringOf } as const;
const oneOf = (values: readonly string[]) => ({ type: 'string', enum: values });

/** All fields are required and nothing else is allowed: strict mode asks for that. */
function objectOf(
  properties: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

const listOf = (items: unknown) => ({ type: 'array', items });

/** The same as a JSON schema, in the dialect that strict modes understand. */
export const answerJsonSchema: Readonly<Record<string, unknown>> = objectOf({
  verdict: oneOf(verdicts),
  summary: stringOf,
  root_cause: objectOf({
    category: oneOf(categories),
    component: stringOf,
    statement: stringOf,
    evidence: idsOf,
  }),
  alternatives: listOf(
    objectOf({
      category: oneOf(categories),
      statement: stringOf,
      evidence: idsOf,
      why_less_likely: stringOf,
    }),
  ),
  causal_chain: listOf(objectOf({ event: stringOf, evidence: idsOf })),
  contradicting_evidence: idsOf,
  missing_information: listOf(stringOf),
  recommendations: listOf(objectOf({ action: stringOf, kind: oneOf(kinds), basis: stringOf })),
  similar_incidents_used: idsOf,
});

/** The same as an example, for models that know the shape from the prompt only. */
export const answerExample =
  '{"verdict":"probable","summary":"…","root_cause":{"category":"resource.disk","component":"…","statement":"…","evidence":["E1"]},' +
  '"alternatives":[{"category":"unknown","statement":"…","evidence":["E4"],"why_less_likely":"…"}],' +
  '"causal_chain":[{"event":"…","evidence":["E1"]}],"contradicting_evidence":[],"missing_information":["…"],' +
  '"recommendations":[{"action":"…","kind":"verify","basis":"E1"}],"similar_incidents_used":[]}';
