import { levelOf } from '../explain/confidence.ts';
import type {
  Alternative,
  Confidence,
  Explanation,
  Recommendation,
  Sentence,
  Verdict,
} from '../explain/explanation.ts';
import { contentWords, isoTime } from '../explain/words.ts';
import type { CheckedAnswer, CheckedClaim } from './checkAnswer.ts';
import type { Prompt } from './prompt.ts';

const maxAlternatives = 5;
const maxRecommendations = 10;
const maxMissing = 8;

/** What a checked answer is laid over. */
export interface Merging {
  readonly offline: Explanation;
  readonly checked: CheckedAnswer;
  readonly prompt: Prompt;
  /** Name of the model, for the report. */
  readonly model: string;
}

/**
 * Lays the words of a model over the offline report. The model words; what it decides is bounded by
 * what code found: a log without an incident stays one unless evidence that carries weight is cited,
 * an incident stays an incident, and a category that differs leads only where the offline one was
 * weak and the cited evidence carries weight. Where a line addresses its reader, the model decides
 * nothing. Confidence is the offline one, lowered by disagreement and by struck claims.
 */
export function mergeAnswer({ offline, checked, prompt, model }: Merging): Explanation {
  const { unmask } = prompt.redactor;
  const decision = decide(offline, checked, prompt, model);
  const sentences: readonly Sentence[] = decision.words
    ? checked.summary.map(({ text, evidence }) => ({
        text: unmask(text),
        basis: { kind: 'model' as const, detail: model },
        evidence,
      }))
    : [];
  const spoken = sentences.length > 0;
  const told = spoken ? sentences : offline.sentences;
  const confidence = confidenceOf(offline, checked, decision, model);
  return {
    ...offline,
    // What is no longer believed with high confidence is no longer called found.
    verdict:
      decision.wary || confidence.level === 'high' ? decision.verdict : lowered(decision.verdict),
    summary: spoken ? sentences.map(({ text }) => text).join(' ') : offline.summary,
    sentences: told,
    rootCause: causeOf(offline, checked, decision, unmask),
    alternatives: alternativesOf(offline, checked, decision, unmask),
    timeline: timelineOf(offline, checked, prompt),
    recommendations: recommendationsOf(offline, checked, decision, { prompt, model }),
    missing: missingOf(offline, checked, unmask),
    confidence,
    source: `llm:${model}`,
    removed: [
      ...offline.removed,
      ...checked.removed.map((claim) => ({
        ...claim,
        text: unmask(claim.text),
        why: unmask(claim.why),
      })),
      ...decision.struck.map((claim) => ({ ...claim, text: unmask(claim.text) })),
    ],
    notices: [...offline.notices, ...decision.notices],
  };
}

interface Decision {
  readonly verdict: Verdict;
  /** Whose cause leads. */
  readonly cause: 'model' | 'offline';
  /** Whether the summary of the model is used. */
  readonly words: boolean;
  readonly agreement: 'same' | 'differs' | 'named' | 'unsure';
  /** A line addresses its reader: nothing but words is taken from the model. */
  readonly wary: boolean;
  readonly notices: readonly string[];
  readonly struck: Explanation['removed'];
}

function decide(
  offline: Explanation,
  checked: CheckedAnswer,
  prompt: Prompt,
  model: string,
): Decision {
  const wary = prompt.items.some(({ instructs }) => instructs);
  const base = {
    verdict: offline.verdict,
    cause: 'offline' as const,
    words: true,
    agreement: 'same' as const,
    wary,
    notices: [] as readonly string[],
    struck: [] as Explanation['removed'],
  };
  const carries = checked.cause !== null && carriesWeight(checked.cause, prompt);
  if (wary) {
    const differs = checked.category !== offline.rootCause.category;
    const line = prompt.items.find(({ instructs }) => instructs);
    return {
      ...base,
      words: !differs && checked.verdict !== 'no_incident',
      notices: [
        `${prompt.redactor.unmask(line?.place ?? 'A line')} addresses whoever reads the log, so ${model} was not allowed to change verdict, cause and recommendations.`,
      ],
    };
  }
  if (offline.verdict === 'no_incident') {
    if (checked.verdict === 'no_incident' || checked.cause === null) return base;
    if (carries) {
      return {
        ...base,
        verdict: checked.verdict === 'inconclusive' ? 'inconclusive' : 'probable',
        cause: 'model',
        agreement: 'differs',
        notices: [
          `Rules and statistics see no incident here; the cause is what ${model} reads in the cited lines.`,
        ],
      };
    }
    return {
      ...base,
      words: false,
      agreement: 'differs',
      struck: [
        {
          text: checked.cause.text,
          where: 'cause',
          why: 'rests on lines that show no trouble',
        },
      ],
    };
  }
  if (checked.verdict === 'no_incident') {
    return {
      ...base,
      words: false,
      agreement: 'unsure',
      verdict: offline.verdict === 'root_cause_found' ? 'probable' : offline.verdict,
      notices: [`${model} sees no incident in these lines; the evidence below says otherwise.`],
    };
  }
  if (checked.cause === null) {
    return { ...base, agreement: 'unsure', verdict: lowered(offline.verdict) };
  }
  const unsure = checked.verdict === 'inconclusive';
  if (checked.category === offline.rootCause.category) {
    return {
      ...base,
      cause: 'model',
      verdict: unsure ? lowered(offline.verdict) : offline.verdict,
      agreement: unsure ? 'unsure' : 'same',
    };
  }
  const weak =
    offline.verdict === 'inconclusive' ||
    offline.rootCause.category === 'unknown' ||
    (offline.verdict === 'probable' && offline.confidence.level !== 'high');
  if (checked.category === 'unknown' || checked.category === 'none' || !weak || !carries) {
    return {
      ...base,
      words: false,
      agreement: 'differs',
      verdict: lowered(offline.verdict),
      notices: [
        `${model} reads another cause in the same lines; it stands among the alternatives.`,
      ],
    };
  }
  return {
    ...base,
    cause: 'model',
    verdict: unsure ? 'inconclusive' : 'probable',
    agreement: offline.rootCause.category === 'unknown' ? 'named' : 'differs',
  };
}

/** Whether a claim cites a line that speaks of trouble by itself. */
function carriesWeight({ evidence }: CheckedClaim, prompt: Prompt): boolean {
  return prompt.items.some(
    ({ id, weighs, instructs }) => weighs && !instructs && evidence.includes(id),
  );
}

function lowered(verdict: Verdict): Verdict {
  return verdict === 'root_cause_found' ? 'probable' : verdict;
}

function causeOf(
  offline: Explanation,
  checked: CheckedAnswer,
  decision: Decision,
  unmask: (text: string) => string,
): Explanation['rootCause'] {
  if (decision.cause === 'offline' || checked.cause === null) return offline.rootCause;
  const component = unmask(checked.component);
  const same = checked.category === offline.rootCause.category;
  return {
    category: checked.category,
    component: component === '' && same ? offline.rootCause.component : component,
    statement: unmask(checked.cause.text),
    evidence: same
      ? [...new Set([...checked.cause.evidence, ...offline.rootCause.evidence])]
      : checked.cause.evidence,
  };
}

function alternativesOf(
  offline: Explanation,
  checked: CheckedAnswer,
  decision: Decision,
  unmask: (text: string) => string,
): readonly Alternative[] {
  if (decision.wary) return offline.alternatives;
  const lead = decision.cause === 'model' ? checked.category : offline.rootCause.category;
  const fromModel = checked.alternatives.map(({ category, text, evidence }) => ({
    category,
    statement: unmask(text),
    evidence,
  }));
  const others: Alternative[] = [];
  if (decision.cause === 'model' && offline.rootCause.category !== checked.category) {
    if (offline.verdict !== 'no_incident') others.push(offline.rootCause);
  }
  if (decision.cause === 'offline' && decision.agreement === 'differs' && checked.cause !== null) {
    if (offline.verdict !== 'no_incident') {
      others.push({
        category: checked.category,
        statement: unmask(checked.cause.text),
        evidence: checked.cause.evidence,
      });
    }
  }
  const seen = new Set([lead]);
  return [...others, ...fromModel, ...offline.alternatives]
    .filter(({ category }) => {
      // Several alternatives of an unknown kind differ by their words.
      if (category === 'unknown') return true;
      if (seen.has(category)) return false;
      seen.add(category);
      return true;
    })
    .map(({ category, statement, evidence }) => ({ category, statement, evidence }))
    .slice(0, maxAlternatives);
}

/** The chain of the model where it has two steps or more: it says why, the offline one only when. */
function timelineOf(
  offline: Explanation,
  checked: CheckedAnswer,
  prompt: Prompt,
): Explanation['timeline'] {
  if (checked.chain.length < 2) return offline.timeline;
  return checked.chain.map(({ text, evidence }) => {
    const times = prompt.items
      .filter(({ id, time }) => evidence.includes(id) && !Number.isNaN(time))
      .map(({ time }) => time);
    return {
      time: times.length === 0 ? null : isoTime(Math.min(...times)),
      event: prompt.redactor.unmask(text),
      evidence,
    };
  });
}

/** Rules first: what they recommend was written and tested by people. The other way round where they speak of another cause. */
function recommendationsOf(
  offline: Explanation,
  checked: CheckedAnswer,
  decision: Decision,
  { prompt, model }: { readonly prompt: Prompt; readonly model: string },
): readonly Recommendation[] {
  if (decision.wary) return offline.recommendations;
  const { unmask } = prompt.redactor;
  const fromModel = checked.recommendations.map(({ action, kind, basis }) => ({
    action: unmask(action),
    kind,
    basis: `${model}, from ${named(basis, prompt)}`,
  }));
  const ordered =
    decision.cause === 'model' && decision.agreement !== 'same'
      ? [...fromModel, ...offline.recommendations]
      : [...offline.recommendations, ...fromModel];
  const kept: Recommendation[] = [];
  for (const item of ordered) {
    if (!kept.some((known) => saysTheSame(known.action, item.action))) kept.push(item);
  }
  return kept.slice(0, maxRecommendations);
}

/** Incidents are named in the report by their own ids. */
function named(basis: string, prompt: Prompt): string {
  return basis.replace(/\bP\d{1,3}\b/g, (name) => {
    const incident = prompt.incidents.get(name);
    return incident === undefined ? name : `past incident ${incident.id}`;
  });
}

function saysTheSame(first: string, second: string): boolean {
  const one = new Set(contentWords(first));
  const other = contentWords(second);
  if (one.size === 0 || other.length === 0) return first === second;
  const shared = other.filter((word) => one.has(word)).length;
  return shared / Math.min(one.size, other.length) >= 0.75;
}

function missingOf(
  offline: Explanation,
  checked: CheckedAnswer,
  unmask: (text: string) => string,
): readonly string[] {
  const against = checked.contradicting.map((id) => `${id} speaks against this.`);
  const all = [...offline.missing, ...against, ...checked.missing.map(unmask)];
  return [...new Set(all)].slice(0, maxMissing);
}

function confidenceOf(
  offline: Explanation,
  checked: CheckedAnswer,
  decision: Decision,
  model: string,
): Confidence {
  const { confidence } = offline;
  // Where a line addresses the model, what it answers is no sign of anything.
  if (decision.wary) return confidence;
  const reasons = [confidence.why];
  let value = confidence.value;
  switch (decision.agreement) {
    case 'same':
      reasons.push(`${model} reads the same kind of cause`);
      break;
    case 'named':
      reasons.push(`the kind of cause is what ${model} reads in the cited lines`);
      value = Math.min(value, 0.6);
      break;
    case 'differs':
      reasons.push(`but ${model} and the rules differ`);
      value = decision.cause === 'model' ? Math.min(value * 0.7, 0.5) : value * 0.7;
      break;
    case 'unsure':
      reasons.push(`but ${model} is not convinced`);
      value *= 0.8;
      break;
  }
  const struck = checked.removed.length;
  if (checked.claims > 0 && struck / checked.claims >= 1 / 3) {
    reasons.push(`but ${struck} of its ${checked.claims} claims were struck`);
    if (decision.cause === 'model') value *= 0.8;
  }
  value = Math.round(value * 100) / 100;
  return { level: levelOf(value), value, why: reasons.join('; ') };
}
