import { join } from 'node:path';

import { hashingEmbedder } from '../../engine/embed/hashingEmbedder.ts';
import type { Embedder } from '../../engine/embed/embedder.ts';
import type { AnalysedLog } from '../../engine/explain/analysedLog.ts';
import { incidentQuery } from '../../engine/explain/lookUp.ts';
import { noveltyAgainst } from '../../engine/explain/novelty.ts';
import { readMessage } from '../../engine/explain/readLines.ts';
import type { Incident, IncidentQuery } from '../../engine/incident/incident.ts';
import { usualSimilarity } from '../../engine/incident/incident.ts';
import { SearchIndex } from '../../engine/incident/searchIndex.ts';
import { meaningText } from '../../engine/incident/signature.ts';
import { WordIndex } from '../../engine/incident/wordIndex.ts';
import { levelRank } from '../../engine/record/levels.ts';
import type { Benchmark, BenchmarkResult, Row } from '../benchmark.ts';
import { analyseFolder } from '../data/analyseFolder.ts';
import { readJsonLines } from '../data/files.ts';
import { mean, row } from '../rows.ts';

interface Label {
  readonly campaign: string;
  readonly test: string;
  readonly component: string;
}

/** What one test shows, in each manner of looking. */
interface Test {
  readonly component: string;
  readonly compared: IncidentQuery;
  readonly alone: IncidentQuery;
  /** The fault-free round by itself. */
  readonly healthy: IncidentQuery;
  /** Messages at error level that the fault-free round has not. */
  readonly errors: string;
}

/** Tests of the memory by their positions, best first. */
type Ranking = (test: number) => readonly number[];

/** An incident of the present is as recent as any. */
const now = Date.parse('2026-01-01T00:00:00Z');

/** Finding a past test with the same faulty file, each test looked up among all others. */
export const pastFaults: Benchmark = {
  name: 'pastFaults',
  title: 'Injected faults of a cloud platform, looked up among past ones',
  dataSet: 'openstack_fi',
  run: async ({ folder, embedder, onProgress }): Promise<BenchmarkResult> => {
    const tests: Test[] = [];
    for (const label of readJsonLines<Label>(join(folder, 'labels.jsonl'))) {
      onProgress(`${label.campaign} ${label.test}`);
      tests.push(await readTest(folder, label));
    }
    const asked = tests.flatMap((test, index) =>
      tests.some((other, at) => at !== index && other.component === test.component) ? [index] : [],
    );
    const model = embedder ?? hashingEmbedder;
    const compared = await lookedUp(tests, model, ({ compared: query }) => query);
    const alone = await lookedUp(tests, model, ({ alone: query }) => query);
    const floors = [
      { name: 'BM25 on new errors', value: reciprocal(tests, asked, byWords(tests)) },
      { name: 'any order', value: anyOrder(tests, asked) },
    ];
    return {
      rows: [
        row({
          measure: 'with the fault-free round: mean reciprocal rank',
          floors,
          must: 0.8,
          stretch: 0.88,
          ...halves(asked, (half) => reciprocal(tests, half, compared.ranking)),
        }),
        row({
          measure: 'alone: mean reciprocal rank',
          floors,
          ...halves(asked, (half) => reciprocal(tests, half, alone.ranking)),
        }),
        ...similarRows(tests, compared),
        row({
          measure: 'fault-free round alone: not seen before',
          ...halves(
            tests.map((_, index) => index),
            (half) => mean(half.map((index) => Number(!alone.knowsHealthy(index)))),
          ),
        }),
      ],
      notes: [
        `${asked.length} of ${tests.length} tests have another one with the same faulty file; halves: every second test in the order of the labels.`,
        `Vectors: ${model.id}.`,
      ],
    };
  },
};

async function readTest(folder: string, { campaign, test, component }: Label): Promise<Test> {
  const root = join(folder, campaign, test);
  const faulty = await analyseFolder(join(root, 'round_1'));
  const good = await analyseFolder(join(root, 'round_2'));
  return {
    component,
    compared: incidentQuery(faulty, undefined, good),
    alone: incidentQuery(faulty),
    healthy: incidentQuery(good),
    errors: newErrors(faulty, good),
  };
}

function newErrors(faulty: readonly AnalysedLog[], good: readonly AnalysedLog[]): string {
  const novelty = noveltyAgainst(good);
  const texts: string[] = [];
  for (const { view } of faulty) {
    for (let record = 0; record < view.records.count; record += 1) {
      if ((view.records.level[record] ?? 0) < levelRank.error) continue;
      const text = readMessage(view.log, view.records, record);
      if (novelty?.messageShare(text) === 0) texts.push(text);
    }
  }
  return texts.join('\n');
}

/** What the memory answers when a test is looked up among all others. */
interface LookedUp {
  readonly ranking: Ranking;
  /** Positions of the tests that are called similar. */
  readonly similar: (test: number) => readonly number[];
  /** Whether the fault-free round of a test is called similar to any other test. */
  readonly knowsHealthy: (test: number) => boolean;
}

async function lookedUp(
  tests: readonly Test[],
  embedder: Embedder,
  queryOf: (test: Test) => IncidentQuery,
): Promise<LookedUp> {
  const queries = tests.map(queryOf);
  const vectors = await embedder.embed(queries.map((query) => meaningText(query, query.text)));
  const healthy = await embedder.embed(
    tests.map((test) => meaningText(test.healthy, test.healthy.text)),
  );
  const answer = (
    test: number,
    query: IncidentQuery,
    vector: Float32Array | undefined,
    least = 0,
  ) => {
    const index = new SearchIndex();
    queries.forEach((other, at) => {
      if (at !== test) index.put(incidentOf(other, at));
    });
    const cosines = new Map(
      vectors.map((other, at) => [String(at), vector === undefined ? 0 : cosine(vector, other)]),
    );
    return index
      .similar(query, { cosines, now, limit: tests.length, least })
      .map(({ incident }) => Number(incident.id));
  };
  return {
    ranking: (test) => answer(test, queries[test]!, vectors[test]),
    similar: (test) => answer(test, queries[test]!, vectors[test], usualSimilarity),
    knowsHealthy: (test) =>
      answer(test, tests[test]!.healthy, healthy[test], usualSimilarity).length > 0,
  };
}

/** Of the pairs called similar: how many have the same faulty file, and how many of those are found. */
function similarRows(tests: readonly Test[], { similar }: LookedUp): Row[] {
  const all = tests.map((_, index) => index);
  const found = all.map((index) => similar(index));
  const same = (a: number, b: number): boolean => tests[a]!.component === tests[b]!.component;
  const shares = (of: 'found' | 'same'): Record<'development' | 'other' | 'all', number> =>
    halves(all, (half) => {
      let right = 0;
      let count = 0;
      for (const test of half) {
        const others = all.filter((other) => other !== test);
        const hits = found[test]!;
        right += hits.filter((other) => same(test, other)).length;
        count += of === 'found' ? hits.length : others.filter((other) => same(test, other)).length;
      }
      return right / count;
    });
  return [
    row({ measure: 'called similar: share with the same faulty file', ...shares('found') }),
    row({ measure: 'same faulty file: share called similar', ...shares('same') }),
  ];
}

function incidentOf(query: IncidentQuery, at: number): Incident {
  return {
    id: String(at),
    savedAt: new Date(now).toISOString(),
    title: '',
    logs: [],
    templates: query.templates,
    exceptions: query.exceptions,
    components: query.components,
    category: 'unknown',
    rootCause: '',
    resolution: '',
    status: 'unconfirmed',
    grade: null,
    origin: '',
    merged: [],
  };
}

function byWords(tests: readonly Test[]): Ranking {
  const index = new WordIndex();
  for (const { errors } of tests) index.add(errors);
  return (test) => {
    const scores = index.scores(tests[test]?.errors ?? '');
    return tests
      .map((_, at) => at)
      .filter((at) => at !== test && (scores[at] ?? 0) > 0)
      .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  };
}

function reciprocal(tests: readonly Test[], asked: readonly number[], ranking: Ranking): number {
  return mean(
    asked.map((test) => {
      const rank = ranking(test).findIndex((at) => tests[at]?.component === tests[test]?.component);
      return rank < 0 ? 0 : 1 / (rank + 1);
    }),
  );
}

/** What a random order reaches on average: the first of `k` right ones among `n`. */
function anyOrder(tests: readonly Test[], asked: readonly number[]): number {
  return mean(
    asked.map((test) => {
      const others = tests.length - 1;
      const right =
        tests.filter(({ component }) => component === tests[test]?.component).length - 1;
      let expected = 0;
      let noneBefore = 1;
      for (let rank = 1; rank <= others; rank += 1) {
        const here = Math.min(1, right / (others - rank + 1));
        expected += (noneBefore * here) / rank;
        noneBefore *= 1 - here;
      }
      return expected;
    }),
  );
}

function halves(
  cases: readonly number[],
  measure: (cases: readonly number[]) => number,
): Record<'development' | 'other' | 'all', number> {
  return {
    development: measure(cases.filter((test) => test % 2 === 0)),
    other: measure(cases.filter((test) => test % 2 === 1)),
    all: measure(cases),
  };
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, place) => sum + value * (b[place] ?? 0), 0);
}
