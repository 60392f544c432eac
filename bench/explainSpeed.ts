import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nullLog } from '../src/engine/base/log.ts';
import type { Embedder } from '../src/engine/embed/embedder.ts';
import { checkModelFiles } from '../src/engine/embed/modelFiles.ts';
import { openTransformersEmbedder } from '../src/engine/embed/transformersEmbedder.ts';
import type { AnalysedLog } from '../src/engine/explain/analysedLog.ts';
import { explainLogs } from '../src/engine/explain/explainLogs.ts';
import { incidentFrom, incidentQueries } from '../src/engine/explain/lookUp.ts';
import type { IncidentStore } from '../src/engine/incident/incident.ts';
import { openIncidentStore } from '../src/engine/incident/openIncidentStore.ts';
import { searchAll } from '../src/engine/incident/searchAll.ts';
import { decodeLog } from '../src/engine/record/decodeLog.ts';
import type { Benchmark, BenchmarkResult, Row } from '../src/eval/benchmark.ts';
import { figureOf, row } from '../src/eval/rows.ts';
import { scan } from '../src/eval/scan.ts';
import { allScenarios } from '../src/eval/scenarios/allScenarios.ts';
import { analysedScenario } from '../src/eval/scenarios/explainScenario.ts';
import type { ScenarioCase } from '../src/eval/scenarios/generateScenario.ts';
import { generateScenario, seedOf } from '../src/eval/scenarios/generateScenario.ts';
import { serviceLog } from './scale/logs.ts';

const lines = 1_000_000;
const runs = 5;
/** Every ninth incident, with twice its traffic, stands for what people open. */
const scenarioStep = 9;
const noise = 2;
const remembered = 500;
const mostSimilar = 5;

/** How long a reader waits for the offline report, and what fast mode saves. */
export const explainSpeed: Benchmark = {
  name: 'explainSpeed',
  title: 'Explaining without a model: time of a large log, and of fast mode against full mode',
  dataSet: 'scenarios',
  alone: true,
  run: async ({ onProgress }): Promise<BenchmarkResult> => ({
    rows: [...(await largeRows(onProgress)), ...(await modeRows(onProgress))],
    notes: [
      'The large log is analysed by all detectors without embeddings before the clock starts.',
      `Modes: from the bytes of several logs to the report, the model loaded and no vector known. Full embeds patterns and looks into ${remembered} remembered incidents; fast does neither.`,
    ],
  }),
};

async function largeRows(onProgress: (text: string) => void): Promise<Row[]> {
  const path = serviceLog(lines);
  const bytes = new Uint8Array(readFileSync(path));
  onProgress('a large log');
  const analysis = await scan(decodeLog('service.log', bytes));
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    explainLogs({ analyses: [analysis] });
    times.push((performance.now() - start) / 1000);
  }
  return [
    row({
      measure: `analysed log of ${(bytes.length / 1e6).toFixed(0)} MB: explanation`,
      unit: 's',
      better: 'less',
      all: figureOf(times),
      must: 1,
      stretch: 0.3,
    }),
  ];
}

async function modeRows(onProgress: (text: string) => void): Promise<Row[]> {
  const cases = allScenarios
    .filter((_, index) => index % scenarioStep === 0)
    .map(({ name, original }) =>
      generateScenario(original, { seed: seedOf(name), faulty: true, noise }),
    );
  const dir = mkdtempSync(join(tmpdir(), 'faultline-explain-'));
  const embedder = await openTransformersEmbedder(await checkModelFiles('models'), { threads: 1 });
  try {
    await embedder.embed(['a text that warms up']);
    const store = openIncidentStore({ dir, embedder, now: () => 0, log: nullLog });
    onProgress(`${remembered} remembered incidents`);
    await remember(store, cases);
    onProgress('both modes');
    const fast = await timed(cases, (made) => explained(made, null, null));
    const full = await timed(cases, (made) => explained(made, embedder, store));
    return [
      row({ measure: 'fast mode, a case', unit: 'ms', better: 'less', all: fast }),
      row({ measure: 'full mode, a case', unit: 'ms', better: 'less', all: full }),
      row({
        measure: 'full mode over fast mode',
        unit: 'ratio',
        all: full / fast,
        must: 2,
      }),
    ];
  } finally {
    await embedder.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Incidents of other cases, over and over, each with words of its own. */
async function remember(store: IncidentStore, cases: readonly ScenarioCase[]): Promise<void> {
  const analysed: (readonly AnalysedLog[])[] = [];
  for (const made of cases) analysed.push(await analysedScenario(made));
  for (let number = 0; number < remembered; number += 1) {
    const analyses = analysed[number % analysed.length] ?? [];
    const incident = incidentFrom(
      explainLogs({ analyses }),
      analyses,
      '2024-05-01T00:00:00.000Z',
      `incident-${number}`,
    );
    await store.save({ ...incident, templates: [...incident.templates, `variant ${number}`] });
  }
}

async function explained(
  made: ScenarioCase,
  embedder: Embedder | null,
  store: IncidentStore | null,
): Promise<void> {
  const analyses = await analysedScenario(made, null, embedder);
  const similar =
    store === null
      ? []
      : await searchAll(
          (query, limit) => store.search(query, limit),
          incidentQueries(analyses),
          mostSimilar,
        );
  explainLogs({ analyses, similar, mode: store === null ? 'fast' : 'full' });
}

/** Mean milliseconds a case, after a first round that nobody waits for. */
async function timed(
  cases: readonly ScenarioCase[],
  work: (made: ScenarioCase) => Promise<void>,
): Promise<number> {
  for (const made of cases.slice(0, 2)) await work(made);
  const start = performance.now();
  for (const made of cases) await work(made);
  return (performance.now() - start) / cases.length;
}
