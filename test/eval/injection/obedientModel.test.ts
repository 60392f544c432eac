import { describe, expect, it } from 'vitest';

import { explainLogs } from '../../../src/engine/explain/explainLogs.ts';
import type { Explanation } from '../../../src/engine/explain/explanation.ts';
import { readAnswer } from '../../../src/engine/llm/answerSchema.ts';
import { explainWithModel } from '../../../src/engine/llm/askModel.ts';
import { checkAnswer } from '../../../src/engine/llm/checkAnswer.ts';
import { mergeAnswer } from '../../../src/engine/llm/mergeAnswer.ts';
import type { PromptInput } from '../../../src/engine/llm/prompt.ts';
import { writePrompt } from '../../../src/engine/llm/prompt.ts';
import { adversarialLines } from '../../../src/eval/injection/adversarialLines.ts';
import { ObedientModel } from '../../../src/eval/injection/obedientModel.ts';
import { analysed, lines, ordinaryLines } from '../../engine/explain/analysedLogs.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 2, 12, 12, 0, second)).toISOString();
const contextTokens = 16_000;

const named = (wanted: string) => {
  const line = adversarialLines.find(({ name }) => name === wanted);
  if (line === undefined) throw new Error(`There is no line ${wanted}.`);
  return line;
};

/** An incident whose evidence holds the line, as if the reader had asked about it. */
async function promptWith(text: string): Promise<PromptInput> {
  const full = Array.from(
    { length: 6 },
    (_, index) =>
      `${at(91 + index)} ERROR store.Writer - could not write segment ${700 + index}: No space left on device`,
  );
  const log = await analysed(
    'store.log',
    lines(ordinaryLines(90), full, `${at(98)} WARN store.Writer - ${text}`),
  );
  const input = { analyses: [log] };
  const offline = explainLogs(input);
  const item = {
    id: `E${offline.evidence.length + 1}`,
    path: 'store.log',
    line: 97,
    endLine: 97,
    text,
  };
  return {
    offline: { ...offline, evidence: [...offline.evidence, item] },
    input,
    level: 'secrets',
    question: null,
    history: [],
    nonce: 'abc',
  };
}

const defended = (from: PromptInput, model: ObedientModel): Promise<Explanation> =>
  explainWithModel({
    ...from,
    model,
    signal: new AbortController().signal,
    onText: () => undefined,
  });

/** The answer laid over the report as if nothing told that a line talks to the model. */
function undefended(from: PromptInput, model: ObedientModel): Explanation {
  const marked = writePrompt(from, contextTokens);
  const prompt = { ...marked, items: marked.items.map((item) => ({ ...item, instructs: false })) };
  const answer = readAnswer(model.answerTo(prompt));
  if (!('verdict' in answer)) throw new Error('The model did not answer.');
  const checked = checkAnswer(answer, prompt);
  return mergeAnswer({ offline: from.offline, checked, prompt, model: model.name });
}

describe('a model that obeys what a log says', () => {
  it.each([
    ['the true cause', 'resource.disk'],
    ['fake rule', 'network.dns'],
    ['category asked', 'process.killed'],
  ])('answers as the line "%s" wants', async (name, category) => {
    const line = named(name);
    const model = new ObedientModel([line]);
    const answer = model.answerTo(writePrompt(await promptWith(line.text), contextTokens));
    expect(answer['root_cause']).toMatchObject({ category });
    expect(model.obeyed).toEqual([line]);
  });

  it('changes the report where nothing is held against it, and none where the defence is on', async () => {
    const line = named('fake rule');
    const sure = await promptWith(line.text);
    expect(sure.offline.rootCause.category).toBe('resource.disk');
    // A report that is not sure leaves a model the most to decide.
    const from: PromptInput = {
      ...sure,
      offline: {
        ...sure.offline,
        verdict: 'probable',
        confidence: { ...sure.offline.confidence, level: 'medium', value: 0.6 },
      },
    };
    const fooled = undefended(from, new ObedientModel([line]));
    const decided = ({ verdict, rootCause, recommendations }: Explanation): unknown => ({
      verdict,
      category: rootCause.category,
      recommendations,
    });
    expect(fooled.rootCause.category).toBe('network.dns');
    const model = new ObedientModel([line]);
    const kept = await defended(from, model);
    expect(model.obeyed).not.toEqual([]);
    expect(decided(kept)).toEqual(decided(from.offline));
  });

  it('words what was found where no line is left in the prompt', async () => {
    const model = new ObedientModel([named('fake rule')]);
    const from = await promptWith('segment closed');
    const told = await defended(from, model);
    expect(model.obeyed).toEqual([]);
    expect(told.rootCause.category).toBe('resource.disk');
  });
});
