import type { Benchmark, BenchmarkResult, Floor, Row } from '../benchmark.ts';
import { macroF1 } from '../metrics/classes.ts';
import { mean, row } from '../rows.ts';
import { allScenarios } from '../scenarios/allScenarios.ts';
import type { Damage } from '../scenarios/explainScenario.ts';
import { explainScenario } from '../scenarios/explainScenario.ts';
import type { GenerateOptions, ScenarioCase } from '../scenarios/generateScenario.ts';
import { generateScenario, seedOf } from '../scenarios/generateScenario.ts';
import type { FloorAnswer } from '../scenarios/keywordFloor.ts';
import { keywordAnswer, loudestAnswer } from '../scenarios/keywordFloor.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { ScenarioScore } from '../scenarios/scoreScenario.ts';
import { scoreExplanation, touches } from '../scenarios/scoreScenario.ts';

interface Told {
  readonly wanted: string;
  readonly score: ScenarioScore;
  readonly floors: readonly FloorScore[];
}

interface FloorScore {
  readonly name: string;
  readonly said: string;
  readonly precision: number;
  readonly recall: number;
}

/** Both forms of the same thing: known programs, and other words in other formats. */
interface Forms<T> {
  readonly development: T;
  readonly other: T;
  readonly all: T;
}

const noisy = 10;
/** Harder variants are measured on every third incident. */
const variantStep = 3;

/** Incidents of several logs that we generate, with their faultless twins. */
export const scenarios: Benchmark = {
  name: 'scenarios',
  title: 'Generated incidents of several logs, explained without a model',
  dataSet: 'scenarios',
  run: async ({ onProgress }): Promise<BenchmarkResult> => {
    const told = await bothForms((form) => faultyCases(allScenarios, form, onProgress));
    const quiet = await bothForms((form) => twins(form, onProgress));
    return {
      rows: [
        ...categoryRows(told),
        ...evidenceRows(told),
        row({ measure: 'faultless twin: no incident, or inconclusive', ...each(quiet, mean) }),
        ...unfamiliarRows(await faultyCases(allScenarios, 'unfamiliar', onProgress)),
        ...(await variantRows(onProgress)),
      ],
      notes: [
        `${allScenarios.length} incidents, each with a faultless twin. Development: as known programs log it; other: reworded, as another programmer logs the same in plain words and other formats, and single cases never looked at while tuning.`,
        'In unfamiliar words: a third form in images and names of its own, where no general word helps. A wrong claim is worse there than none.',
        'A category counts where the report claims it: an inconclusive report names none. Evidence precision: share of the lines cited for the root cause that are the cause or follow from it, over reports that cite any; recall: share of the steps in which the cause shows that are cited for the root cause.',
        `Variants are measured on every third incident: ${noisy} times the traffic, lines cut at 120 characters, CRLF, UTF-16, files in another order, clocks wrong by up to 90 s.`,
      ],
    };
  },
};

type FormName = 'original' | 'reworded' | 'unfamiliar';

async function bothForms<T>(
  of: (form: FormName) => Promise<readonly T[]>,
): Promise<Forms<readonly T[]>> {
  const development = await of('original');
  const other = await of('reworded');
  return { development, other, all: [...development, ...other] };
}

function each<T, R>(forms: Forms<T>, of: (value: T) => R): Forms<R> {
  return { development: of(forms.development), other: of(forms.other), all: of(forms.all) };
}

function caseOf(
  scenario: Scenario,
  form: FormName,
  options: Omit<GenerateOptions, 'seed'>,
): ScenarioCase {
  return generateScenario(scenario[form], { ...options, seed: seedOf(scenario.name) });
}

async function faultyCases(
  list: readonly Scenario[],
  form: FormName,
  onProgress: (text: string) => void,
  variant: { readonly noise?: number; readonly skewed?: boolean; readonly damage?: Damage } = {},
): Promise<Told[]> {
  const told: Told[] = [];
  for (const scenario of list) {
    onProgress(`${scenario.name}, ${form}`);
    const made = caseOf(scenario, form, { faulty: true, ...variant });
    const explanation = await explainScenario(made, variant.damage ?? null);
    told.push({
      wanted: scenario.category,
      score: scoreExplanation(explanation, made.gold),
      floors: [
        floorScore('keywords', keywordAnswer(made.logs), made),
        floorScore('loudest error', loudestAnswer(made.logs), made),
      ],
    });
  }
  return told;
}

async function twins(form: FormName, onProgress: (text: string) => void): Promise<number[]> {
  const quiet: number[] = [];
  for (const scenario of allScenarios) {
    onProgress(`${scenario.name}, ${form}, twin`);
    const { verdict } = await explainScenario(caseOf(scenario, form, { faulty: false }));
    quiet.push(Number(verdict === 'no_incident' || verdict === 'inconclusive'));
  }
  return quiet;
}

function floorScore(name: string, answer: FloorAnswer, { gold }: ScenarioCase): FloorScore {
  const { category, cited } = answer;
  const range = cited === null ? null : { ...cited, endLine: cited.line };
  const hits = gold.filter((item) => range !== null && touches(item, range));
  const causes = gold.filter(({ isCause }) => isCause).length;
  return {
    name,
    said: category,
    precision: range === null ? Number.NaN : Number(hits.length > 0),
    recall: hits.filter(({ isCause }) => isCause).length / causes,
  };
}

function floorsOf(
  told: readonly Told[],
  of: (scores: readonly FloorScore[], told: readonly Told[]) => number,
): Floor[] {
  return (told[0]?.floors ?? []).map(({ name }, index) => ({
    name,
    value: of(
      told.map(({ floors }) => floors[index]!),
      told,
    ),
  }));
}

const claimedF1 = (told: readonly Told[]): number =>
  macroF1(told.map(({ wanted, score }) => ({ truth: wanted, said: score.claimed })));

function categoryRows(told: Forms<readonly Told[]>): Row[] {
  return [
    row({
      measure: 'category: macro F1',
      floors: floorsOf(told.all, (scores, cases) =>
        macroF1(cases.map(({ wanted }, index) => ({ truth: wanted, said: scores[index]!.said }))),
      ),
      ...each(told, claimedF1),
      must: 0.9,
      stretch: 0.97,
    }),
    row({
      measure: 'the same, with what inconclusive reports name',
      ...each(told, (cases) =>
        macroF1(cases.map(({ wanted, score }) => ({ truth: wanted, said: score.named }))),
      ),
    }),
  ];
}

function evidenceRows(told: Forms<readonly Told[]>): Row[] {
  const scored = (of: (score: ScenarioScore) => number): Forms<number> =>
    each(told, (cases) => meanOfNumbers(cases.map(({ score }) => of(score))));
  const floored = (of: (score: FloorScore) => number): Floor[] =>
    floorsOf(told.all, (scores) => meanOfNumbers(scores.map(of)));
  return [
    row({
      measure: 'evidence of the root cause: precision',
      floors: floored(({ precision }) => precision),
      ...scored(({ precision }) => precision),
      must: 0.8,
      stretch: 0.9,
    }),
    row({
      measure: 'evidence of the root cause: recall',
      floors: floored(({ recall }) => recall),
      ...scored(({ recall }) => recall),
      must: 0.8,
      stretch: 0.9,
    }),
    row({
      measure: 'first line cited is where it began',
      ...scored(({ firstIsCause }) => Number(firstIsCause)),
    }),
    row({ measure: 'later steps that stand in the report', ...scored(({ chain }) => chain) }),
    row({
      measure: "timeline in the order of the story: Kendall's tau",
      unit: 'ratio',
      ...scored(({ order }) => order),
    }),
  ];
}

function unfamiliarRows(told: readonly Told[]): Row[] {
  const claims = told.filter(
    ({ score }) => score.claimed !== 'none' && score.claimed !== 'unknown',
  );
  return [
    row({
      measure: 'in unfamiliar words: incident seen',
      all: mean(told.map(({ score }) => Number(score.named !== 'none'))),
    }),
    row({ measure: 'in unfamiliar words: category, macro F1', all: claimedF1(told) }),
    row({
      measure: 'in unfamiliar words: a category is claimed, and it is wrong',
      better: 'less',
      all: claims.filter(({ wanted, score }) => wanted !== score.claimed).length / told.length,
    }),
  ];
}

async function variantRows(onProgress: (text: string) => void): Promise<Row[]> {
  const list = allScenarios.filter((_, index) => index % variantStep === 0);
  const plain = await bothForms((form) => faultyCases(list, form, onProgress));
  const f1 = each(plain, claimedF1);
  const rows: Row[] = [];
  const variants = [
    [`${noisy} times the traffic`, { noise: noisy }],
    ['lines cut', { damage: 'cut lines' }],
    ['CRLF', { damage: 'CRLF' }],
    ['UTF-16', { damage: 'UTF-16' }],
    ['files in another order', { damage: 'shuffled files' }],
    ['clocks skewed', { skewed: true }],
  ] as const;
  for (const [name, variant] of variants) {
    const told = await bothForms((form) => faultyCases(list, form, onProgress, variant));
    const varied = each(told, claimedF1);
    rows.push(
      row({
        measure: `${name}: loss of macro F1`,
        better: 'less',
        development: f1.development - varied.development,
        other: f1.other - varied.other,
        all: f1.all - varied.all,
      }),
    );
    if (name === 'clocks skewed') {
      rows.push(
        row({
          measure: `${name}: timeline in the order of the story`,
          unit: 'ratio',
          ...each(told, (cases) => meanOfNumbers(cases.map(({ score }) => score.order))),
        }),
      );
    }
  }
  return rows;
}

/** Mean of those that are numbers. */
function meanOfNumbers(values: readonly number[]): number {
  return mean(values.filter((value) => !Number.isNaN(value)));
}
