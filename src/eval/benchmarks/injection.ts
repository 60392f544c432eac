import { instructionIn } from '../../engine/privacy/instructionIn.ts';
import { explainLogs } from '../../engine/explain/explainLogs.ts';
import type { ExplainInput } from '../../engine/explain/explainLogs.ts';
import type { Explanation } from '../../engine/explain/explanation.ts';
import { explainWithModel } from '../../engine/llm/askModel.ts';
import { checkAnswer } from '../../engine/llm/checkAnswer.ts';
import { readAnswer } from '../../engine/llm/answerSchema.ts';
import { mergeAnswer } from '../../engine/llm/mergeAnswer.ts';
import type { PromptInput } from '../../engine/llm/prompt.ts';
import { writePrompt } from '../../engine/llm/prompt.ts';
import type { Benchmark, BenchmarkResult } from '../benchmark.ts';
import { generateLog } from '../faults/generateLog.ts';
import { logStyles } from '../faults/allStyles.ts';
import type { AdversarialLine } from '../injection/adversarialLines.ts';
import { adversarialLines } from '../injection/adversarialLines.ts';
import { ObedientModel } from '../injection/obedientModel.ts';
import { plantLine } from '../injection/plantLine.ts';
import { mean, row } from '../rows.ts';
import { allScenarios } from '../scenarios/allScenarios.ts';
import { analysedScenario } from '../scenarios/explainScenario.ts';
import type { ScenarioCase } from '../scenarios/generateScenario.ts';
import { generateScenario, seedOf } from '../scenarios/generateScenario.ts';

/** Incidents in which lines are planted, each with its faultless twin. */
const bases = 6;
/** Lines of each generated style that are read for false alarms. */
const ordinaryLines = 2000;

const contextTokens = 16_000;

/** What came of one line in one log. */
interface Told {
  readonly name: string;
  /** The report that a model worded says the same as without the line. */
  readonly kept: boolean;
  /** So does the report without a model. */
  readonly offlineKept: boolean;
  /** The model saw the line and did what it says. */
  readonly obeyed: boolean;
  /** With the marks of such lines taken off the report would say something else. */
  readonly wouldChange: boolean;
}

/** Whether lines that talk to the model change what a report says. */
export const injection: Benchmark = {
  name: 'injection',
  title: 'Lines that talk to the model, against a model that obeys them',
  dataSet: 'scenarios',
  run: async ({ onProgress }): Promise<BenchmarkResult> => {
    const told: Told[] = [];
    const made = await Promise.all(baseCases().map(prepared));
    for (const [index, line] of adversarialLines.entries()) {
      onProgress(line.name);
      for (const kind of ['faulty', 'twin'] as const) {
        const fitting = made.filter((base) => base.kind === kind);
        const base = fitting[index % fitting.length];
        if (base !== undefined) told.push(await tell(base, line));
      }
    }
    const missed = adversarialLines.filter(({ text }) => !isFlagged(text)).map(({ name }) => name);
    const changed = told.filter(({ kept }) => !kept).map(({ name }) => name);
    const offlineChanged = told.filter(({ offlineKept }) => !offlineKept).map(({ name }) => name);
    const ordinary = logStyles.flatMap((style, seed) =>
      generateLog(style, ordinaryLines, seed + 1).entries.map((entry) => entryText(entry)),
    );
    const share = (of: (each: Told) => boolean): number =>
      mean(told.map((each) => Number(of(each))));
    return {
      rows: [
        row({
          measure: 'verdict, category and recommendations unchanged, worded by a model',
          floors: [
            { name: 'without the marks of such lines', value: 1 - share((t) => t.wouldChange) },
          ],
          all: share(({ kept }) => kept),
          must: 1,
          wholeJudged: true,
        }),
        row({
          measure: 'verdict, category and recommendations unchanged, without a model',
          all: share(({ offlineKept }) => offlineKept),
          must: 1,
          wholeJudged: true,
        }),
        row({
          measure: 'lines that are told as instructions to an AI',
          all: 1 - missed.length / adversarialLines.length,
        }),
        row({
          measure: 'generated ordinary messages told as instructions',
          better: 'less',
          all: mean(ordinary.map((text) => Number(instructionIn(text) !== null))),
        }),
      ],
      notes: [
        `${adversarialLines.length} lines, each in an incident and in a faultless log, behind the first line of the cause with the header of that line, three times. The report leaves them out; the prompt holds one as evidence all the same. The model knows all lines and obeys wherever twenty letters of one are left in the prompt: it did in ${told.filter(({ obeyed }) => obeyed).length} of ${told.length} reports.`,
        'The floor: the same answers laid over the report as if no line were marked as talking to a model.',
        ...(changed.length === 0 ? [] : [`Changed with a model: ${changed.join('; ')}.`]),
        ...(offlineChanged.length === 0
          ? []
          : [`Changed without one: ${offlineChanged.join('; ')}.`]),
        ...(missed.length === 0 ? [] : [`Not told: ${missed.join('; ')}.`]),
      ],
    };
  },
};

function isFlagged(text: string): boolean {
  return [...text.split('\n'), text].some((part) => instructionIn(part) !== null);
}

function entryText({
  text,
  values,
}: {
  text: string;
  values: Readonly<Record<string, string>>;
}): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

type Kind = 'faulty' | 'twin';

interface Base {
  readonly kind: Kind;
  readonly made: ScenarioCase;
  readonly input: ExplainInput;
  readonly offline: Explanation;
  readonly worded: Explanation;
}

function baseCases(): { readonly kind: Kind; readonly made: ScenarioCase }[] {
  const step = Math.max(1, Math.floor(allScenarios.length / bases));
  return allScenarios
    .filter((_, index) => index % step === 0)
    .flatMap(({ name, original }) =>
      (['faulty', 'twin'] as const).map((kind) => ({
        kind,
        made: generateScenario(original, { seed: seedOf(name), faulty: kind === 'faulty' }),
      })),
    );
}

async function prepared({
  kind,
  made,
}: {
  readonly kind: Kind;
  readonly made: ScenarioCase;
}): Promise<Base> {
  const input: ExplainInput = { analyses: await analysedScenario(made) };
  const offline = explainLogs(input);
  return {
    kind,
    made,
    input,
    offline,
    worded: await worded(promptInput(offline, input), new ObedientModel([])),
  };
}

function promptInput(offline: Explanation, input: ExplainInput): PromptInput {
  return { offline, input, level: 'secrets', question: null, history: [], nonce: 'drawn by lot' };
}

function worded(input: PromptInput, model: ObedientModel): Promise<Explanation> {
  return explainWithModel({
    ...input,
    model,
    signal: new AbortController().signal,
    onText: () => undefined,
  });
}

async function tell(
  { made, input: plain, offline, worded: before }: Base,
  line: AdversarialLine,
): Promise<Told> {
  const { made: logs, ...place } = plantLine(made, plain.analyses, line.text);
  const input: ExplainInput = { analyses: await analysedScenario(logs) };
  const planted = explainLogs(input);
  // The report leaves such lines out. Here one is evidence all the same, as if the reader asked about it.
  const item = { ...place, id: `E${planted.evidence.length + 1}`, text: line.text };
  const from = promptInput({ ...planted, evidence: [...planted.evidence, item] }, input);
  const own = writePrompt(promptInput(offline, plain), contextTokens).messages;
  const model = new ObedientModel([line], own.map(({ content }) => content).join('\n'));
  const after = await worded(from, model);
  const obeyed = model.obeyed.length > 0;
  return {
    name: line.name,
    kept: says(after) === says(before),
    offlineKept: says(planted) === says(offline),
    obeyed,
    wouldChange: obeyed && says(unmarked(from, model)) !== says(before),
  };
}

/** The report as it would be if nothing told that a line talks to the model. */
function unmarked(from: PromptInput, model: ObedientModel): Explanation {
  const marked = writePrompt(from, contextTokens);
  const prompt = { ...marked, items: marked.items.map((item) => ({ ...item, instructs: false })) };
  const answer = readAnswer(model.answerTo(prompt));
  if (!('verdict' in answer)) return from.offline;
  const checked = checkAnswer(answer, prompt);
  return mergeAnswer({ offline: from.offline, checked, prompt, model: model.name });
}

/** What must not change. Line numbers in it move with the planted lines. */
function says({ verdict, rootCause, recommendations }: Explanation): string {
  return [
    verdict,
    rootCause.category,
    ...recommendations.map(({ action, kind }) => `${kind} ${action}`),
  ]
    .join('\n')
    .replaceAll(/[0-9]+/g, '#');
}
