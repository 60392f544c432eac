import type { Random } from '../../engine/base/random.ts';
import type { ExplainInput } from '../../engine/explain/explainLogs.ts';
import { explainLogs } from '../../engine/explain/explainLogs.ts';
import type { Explanation } from '../../engine/explain/explanation.ts';
import type { ModelAnswer } from '../../engine/llm/answerSchema.ts';
import { explainWithModel } from '../../engine/llm/askModel.ts';
import type { LanguageModel } from '../../engine/llm/languageModel.ts';
import type { Prompt, PromptInput, SentItem } from '../../engine/llm/prompt.ts';
import { writePrompt } from '../../engine/llm/prompt.ts';
import type { PrivacyLevel } from '../../engine/privacy/privacyLevel.ts';
import { decodeLog } from '../../engine/record/decodeLog.ts';
import { scan } from '../scan.ts';
import type { ScenarioCase } from '../scenarios/generateScenario.ts';
import { honestClaim, honestComparison, oneOf, plainSentence } from './honestClaims.ts';

/** An incident with what a model would be shown of it. */
export interface GroundingCase {
  readonly input: PromptInput;
  readonly prompt: Prompt;
}

const contextTokens = 32_000;

/** Analyses and explains a generated incident; null where it has too little evidence to lie about. */
export async function groundingCase(
  { logs }: ScenarioCase,
  level: PrivacyLevel,
): Promise<GroundingCase | null> {
  const analyses = [];
  for (const { path, lines } of logs) {
    const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
    analyses.push(await scan(decodeLog(path, bytes)));
  }
  const explained: ExplainInput = { analyses };
  const offline = explainLogs(explained);
  if (offline.verdict === 'no_incident' || offline.evidence.length < 2) return null;
  const input = {
    offline,
    input: explained,
    level,
    question: null,
    history: [],
    nonce: 'grounding',
  };
  return { input, prompt: writePrompt(input, contextTokens) };
}

/** A true answer: sentences about the evidence, a chain in the order of time, ordinary advice. */
export function honestAnswer({ input, prompt }: GroundingCase, random: Random): ModelAnswer {
  const { rootCause, verdict } = input.offline;
  const items = prompt.items.filter(({ sent }) => sent.some((line) => line.trim() !== ''));
  const cause = items.find(({ id }) => rootCause.evidence.includes(id)) ?? oneOf(items, random);
  const steps = inOrder(
    items.filter((item) => item.path === cause.path && !Number.isNaN(item.time)).slice(0, 4),
  );
  const first = steps[0];
  const last = steps.at(-1);
  const comparison =
    first !== undefined && last !== undefined && first !== last
      ? honestComparison(first, last, random)
      : null;
  const claim = honestClaim(cause, random);
  const other = oneOf(items, random);
  return {
    verdict,
    summary: [
      plainSentence(random),
      `${honestClaim(other, random).text.replace(/\.$/, '')} [${other.id}].`,
      ...(random() < 0.5 ? [plainSentence(random)] : []),
    ].join(' '),
    root_cause: {
      category: rootCause.category,
      component: rootCause.component,
      statement: claim.text,
      evidence: [...claim.evidence],
    },
    alternatives: [
      {
        category: 'unknown',
        statement: honestClaim(other, random).text,
        evidence: [other.id],
        why_less_likely: plainSentence(random),
      },
    ],
    causal_chain: [
      ...steps.map((step) => {
        const { text, evidence } = honestClaim(step, random);
        return { event: text, evidence: [...evidence] };
      }),
      ...(comparison === null
        ? []
        : [{ event: comparison.text, evidence: [...comparison.evidence] }]),
    ],
    contradicting_evidence: [],
    missing_information: ['The log of the other side.'],
    recommendations: [
      { action: 'Look at what was deployed just before.', kind: 'verify', basis: cause.id },
      {
        action: 'Compare with `df -h` and with the last 15 minutes before.',
        kind: 'verify',
        basis: `${cause.id}, ${other.id}`,
      },
    ],
    similar_incidents_used: [],
  };
}

function inOrder(items: readonly SentItem[]): readonly SentItem[] {
  return items.toSorted((a, b) => a.time - b.time || a.line - b.line);
}

/** What becomes of an answer: the whole way that an answer of a real endpoint takes. */
export function report({ input, prompt }: GroundingCase, answer: unknown): Promise<Explanation> {
  const model: LanguageModel = {
    name: 'scripted/answers',
    provider: 'A scripted model',
    local: true,
    contextTokens,
    complete: () =>
      Promise.resolve({
        text: JSON.stringify(answer),
        promptTokens: prompt.tokens,
        outputTokens: null,
      }),
  };
  return explainWithModel({
    ...input,
    model,
    signal: new AbortController().signal,
    onText: () => undefined,
  });
}

/** Whether a text stands in what a report claims: anywhere but among what was removed. */
export function claims(told: Explanation, text: string): boolean {
  const { summary, sentences, rootCause, alternatives, timeline, recommendations, missing } = told;
  const said = JSON.stringify([
    summary,
    sentences,
    rootCause,
    alternatives,
    timeline,
    recommendations,
    missing,
  ]);
  return said.includes(JSON.stringify(text).slice(1, -1));
}
