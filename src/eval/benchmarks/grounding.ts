import { seededRandom } from '../../engine/base/random.ts';
import type { Benchmark, BenchmarkResult } from '../benchmark.ts';
import type { GroundingCase } from '../grounding/groundingCases.ts';
import { claims, groundingCase, honestAnswer, report } from '../grounding/groundingCases.ts';
import { liars } from '../grounding/plantedLies.ts';
import { mean, row } from '../rows.ts';
import { allScenarios } from '../scenarios/allScenarios.ts';
import { generateScenario, seedOf } from '../scenarios/generateScenario.ts';

/** Honest answers to each incident. */
const answersPerCase = 2;
/** Kinds of lies planted into answers to each incident, one at a time. */
const liesPerCase = 4;

interface Outcome {
  /** Of each planted lie: its kind, and whether it was found. */
  readonly lies: readonly { readonly kind: string; readonly found: boolean }[];
  /** Of each honest answer: claims in it, and claims that were struck. */
  readonly honest: readonly { readonly claims: number; readonly struck: number }[];
}

/** Answers of a scripted model about generated incidents, true ones and such with one lie each. */
export const grounding: Benchmark = {
  name: 'grounding',
  title: 'Answers of a language model, checked against what it was shown',
  dataSet: 'grounding',
  run: async ({ onProgress }): Promise<BenchmarkResult> => {
    const development = await judge('original', onProgress);
    const other = await judge('reworded', onProgress);
    const all: Outcome = {
      lies: [...development.lies, ...other.lies],
      honest: [...development.honest, ...other.honest],
    };
    const each = (
      of: (outcome: Outcome) => number,
    ): Record<'development' | 'other' | 'all', number> => ({
      development: of(development),
      other: of(other),
      all: of(all),
    });
    return {
      rows: [
        row({ measure: 'planted lies found', ...each(found), must: 1, stretch: 1 }),
        ...Object.keys(liars).map((kind) =>
          row({
            measure: `planted lies found: ${kind}`,
            ...each(({ lies }) => found({ lies: lies.filter((lie) => lie.kind === kind) })),
          }),
        ),
        row({
          measure: 'honest answers with a claim struck',
          better: 'less',
          ...each(({ honest }) => mean(honest.map(({ struck }) => Number(struck > 0)))),
          must: 0.02,
          stretch: 0.01,
        }),
        row({
          measure: 'honest claims struck',
          better: 'less',
          ...each(
            ({ honest }) =>
              mean(honest.map(({ struck }) => struck)) / mean(honest.map((item) => item.claims)),
          ),
        }),
      ],
      notes: [
        `${all.lies.length} planted lies and ${all.honest.length} honest answers with ${all.honest.reduce((sum, item) => sum + item.claims, 0)} claims, about the generated incidents. Development: as known programs log them; other: reworded.`,
        'A lie is found when the report does not claim it and lists something as removed, or discards the answer with a reason. Numbers of honest answers are repeated, rounded, brought into other units, or the time between two lines.',
      ],
    };
  },
};

function found({ lies }: Pick<Outcome, 'lies'>): number {
  return mean(lies.map((lie) => Number(lie.found)));
}

async function judge(
  form: 'original' | 'reworded',
  onProgress: (text: string) => void,
): Promise<Outcome> {
  const lies = [];
  const honest = [];
  for (const [index, scenario] of allScenarios.entries()) {
    onProgress(`${scenario.name}, ${form}`);
    const seed = seedOf(scenario.name);
    const generated = generateScenario(scenario[form], { seed, faulty: true });
    const level = index % 2 === 0 ? 'secrets' : 'personal';
    const found = await groundingCase(generated, level);
    if (found === null) continue;
    for (let answer = 0; answer < answersPerCase; answer++) {
      honest.push(await judgeHonest(found, seed + answer));
    }
    for (let turn = 0; turn < liesPerCase; turn++) {
      const lie = await judgeLie(found, seed, index * liesPerCase + turn);
      if (lie !== null) lies.push(lie);
    }
  }
  return { lies, honest };
}

async function judgeHonest(item: GroundingCase, seed: number): Promise<Outcome['honest'][number]> {
  const answer = honestAnswer(item, seededRandom(seed));
  const told = await report(item, answer);
  const claimed =
    3 + answer.alternatives.length + answer.causal_chain.length + answer.recommendations.length;
  return { claims: claimed, struck: told.source === 'offline' ? claimed : told.removed.length };
}

async function judgeLie(
  item: GroundingCase,
  seed: number,
  turn: number,
): Promise<Outcome['lies'][number] | null> {
  const kinds = Object.keys(liars);
  const random = seededRandom(seed + turn);
  const answer = honestAnswer(item, random);
  // A kind that finds no place in this evidence leaves its turn to the next one.
  for (let next = 0; next < kinds.length; next++) {
    const kind = kinds[(turn + next) % kinds.length] ?? '';
    const lie = liars[kind]?.(answer, item.prompt, random) ?? null;
    if (lie === null) continue;
    const told = await report(item, lie.answer);
    const isTold = told.source === 'offline' ? told.notices.length > 0 : told.removed.length > 0;
    return { kind, found: isTold && (lie.marker === null || !claims(told, lie.marker)) };
  }
  return null;
}
