import type { SimilarIncident } from '../incident/incident.ts';
import type { Recommendation, Suspect } from './explanation.ts';
import type { Hypothesis } from './hypotheses.ts';
import { adviceFor } from './knowledge/advice.ts';
import type { MatchedRule } from './knowledge/rule.ts';
import { baseName } from './words.ts';

const kinds = ['verify', 'mitigate', 'fix', 'prevent'] as const;

/** What to do, past incidents first: what helped once is worth more than general advice. */
export function recommend(input: {
  readonly top: Hypothesis;
  readonly suspects: readonly Suspect[];
  readonly similar: readonly SimilarIncident[];
  readonly evidence: readonly string[];
  /** Weak signs are to be verified; nothing is to be changed on their ground. */
  readonly weak: boolean;
  /** What was changed before, and shares words with the trouble. */
  readonly change: { readonly text: string; readonly id: string } | null;
}): readonly Recommendation[] {
  const { top, suspects, similar, evidence, weak, change } = input;
  const list: Recommendation[] = [];
  const cited = evidence.slice(0, 2).join(', ');
  const general =
    top.fact === null || top.fact.rule !== undefined
      ? `kind of failure: ${top.category} (${cited})`
      : `general knowledge: “${top.fact.words}” (${cited})`;
  const basis = top.category === 'unknown' ? `unknown pattern (${cited})` : general;
  const past = similar.find(
    ({ incident }) => incident.status !== 'rejected' && incident.resolution.trim() !== '',
  );
  if (past !== undefined) {
    list.push({
      action: `Try what solved a similar incident: ${past.incident.resolution}`,
      kind: 'mitigate',
      basis: `past incident ${past.incident.id} (${past.why})`,
    });
  }
  const suspect = suspects[0];
  if (suspect !== undefined && suspect.evidence.length > 0) {
    const at = suspect.line === null ? '' : `:${suspect.line}`;
    list.push({
      action: `Read ${suspect.function === '' ? '' : `${suspect.function} in `}${baseName(suspect.file)}${at}.`,
      kind: 'verify',
      basis: `innermost own frame of the stack trace (${suspect.evidence.slice(0, 2).join(', ')})`,
    });
  }
  if (change !== null && !weak) {
    list.push({
      action: `Undo this change if nothing speaks against it: “${change.text}”.`,
      kind: 'mitigate',
      basis: `it came shortly before and names the same things, which is no proof (${change.id})`,
    });
  }
  const specific = ruleSteps(top.fact?.rule, cited);
  const advice = adviceFor[top.category];
  for (const kind of kinds) {
    if (weak && kind !== 'verify') continue;
    const known = specific.filter((step) => step.kind === kind);
    // What the product's rule says about a step takes the place of what holds for every product.
    list.push(...(known.length > 0 ? known : [{ action: advice[kind], kind, basis }]));
  }
  return list;
}

/** The steps of a product's rule, as text: nothing of it is ever run. */
function ruleSteps(rule: MatchedRule | undefined, cited: string): readonly Recommendation[] {
  if (rule === undefined) return [];
  const basis = `rule ${rule.id} (${cited})`;
  const refs = rule.refs.length === 0 ? {} : { refs: rule.refs };
  const steps = (kind: Recommendation['kind'], actions: readonly string[]): Recommendation[] =>
    actions.map((action) => ({ action, kind, basis, ...refs }));
  return [
    ...steps('verify', rule.checks),
    ...steps('fix', rule.fixes),
    ...steps('prevent', rule.prevents),
  ];
}
