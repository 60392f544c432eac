import type { Benchmark, BenchmarkResult, Row } from '../benchmark.ts';
import { logStyles } from '../faults/allStyles.ts';
import { faultFloors } from '../faults/faultFloors.ts';
import { generateLog } from '../faults/generateLog.ts';
import type { LogStyle } from '../faults/logStyle.ts';
import { everyKind } from '../faults/plantFaults.ts';
import { realBases } from '../faults/realBases.ts';
import type { FaultRun } from '../faults/runFaults.ts';
import { runFaults } from '../faults/runFaults.ts';
import type { FaultFigures, JudgedLog } from '../faults/scoreFaults.ts';
import { figuresAtRate, figuresByLog, figuresHigh, figuresMarked } from '../faults/scoreFaults.ts';
import type { JudgedFinding } from '../metrics/reliabilityRows.ts';
import { reliabilityRows } from '../metrics/reliabilityRows.ts';
import { row } from '../rows.ts';

/** Lines of a log, faults of each kind planted into it, and how many seeds at most. */
const sizes = [
  { lines: 2000, perKind: 1, mostSeeds: 5 },
  { lines: 10_000, perKind: 2, mostSeeds: 2 },
] as const;

/** False findings allowed in 10,000 lines. */
const rate = 1;

type Halves<T> = Record<'development' | 'other' | 'all', T>;

/** Twelve kinds of fault, planted into clean logs that are generated and into real ones. */
export const plantedFaults: Benchmark = {
  name: 'faults',
  title: 'Planted faults: how many of them are found, and what is found that is none',
  dataSet: 'faults',
  run: async ({ folder, seeds, onProgress }): Promise<BenchmarkResult> => {
    const middle = logStyles.length >> 1;
    const development = await runsOf(logStyles.slice(0, middle), seeds, onProgress);
    const other = await runsOf(logStyles.slice(middle), seeds, onProgress);
    const generated = { development, other, all: [...development, ...other] };
    const real: FaultRun[] = [];
    for (let seed = 1; seed <= seeds; seed += 1) {
      for (const { base, clean } of realBases(folder, seed)) {
        onProgress(`seed ${seed}, ${base.name}`);
        real.push(await runFaults({ base, perKind: 2, seed, clean }));
      }
    }
    return {
      rows: [
        ...generatedRows(generated),
        ...reliabilityRows('shows a planted fault', judged(development), judged(other)),
        ...realRows(real),
      ],
      notes: [
        `${generated.all.length} generated logs of ${logStyles.length} styles (halves by style), ${real.length} parts of real logs, ${seeds} seeds. "At most ${rate} false" cuts all logs at one score.`,
        'A part of a real log may hold faults of its own: what was found before anything was planted counts neither way.',
      ],
    };
  },
};

async function runsOf(
  styles: readonly LogStyle[],
  seeds: number,
  onProgress: (text: string) => void,
): Promise<FaultRun[]> {
  const runs: FaultRun[] = [];
  for (const style of styles) {
    onProgress(style.name);
    for (const { lines, perKind, mostSeeds } of sizes) {
      for (let seed = 1; seed <= Math.min(seeds, mostSeeds); seed += 1) {
        const base = generateLog(style, lines, seed * 1000 + lines);
        runs.push(await runFaults({ base, perKind, seed, clean: true }));
      }
    }
  }
  return runs;
}

function each<T, R>(halves: Halves<T>, of: (value: T) => R): Halves<R> {
  return {
    development: of(halves.development),
    other: of(halves.other),
    all: of(halves.all),
  };
}

function judged(runs: readonly FaultRun[]): JudgedFinding[] {
  return oursOf(runs).flatMap(({ findings }) =>
    findings.map(({ score, high, faults }) => ({
      score,
      severity: high ? 'high' : 'low',
      hit: faults.length > 0,
    })),
  );
}

const oursOf = (runs: readonly FaultRun[]): JudgedLog[] => runs.map(({ ours }) => ours);

function floorsOf(runs: readonly FaultRun[]): { name: string; value: number }[] {
  return faultFloors.map((floor) => ({
    name: floor,
    value: figuresAtRate(
      runs.map(({ floors }) => floors[floor]),
      rate,
    ).macroRecall,
  }));
}

function generatedRows(runs: Halves<readonly FaultRun[]>): Row[] {
  const best = each(runs, (part) => figuresAtRate(oursOf(part), rate));
  const marked = each(runs, (part) => figuresMarked(oursOf(part)));
  const high = each(runs, (part) => figuresHigh(oursOf(part)));
  const untouched = each(runs, (part) =>
    part.map((run) => run.untouched).filter((log) => log !== null),
  );
  const recall = (figures: FaultFigures): number => figures.macroRecall;
  const wrong = (figures: FaultFigures): number => figures.falsePer10k;
  return [
    row({
      measure: `generated logs, at most ${rate} false finding in 10,000 lines: macro recall`,
      floors: floorsOf(runs.all),
      ...each(best, recall),
      must: 0.85,
      stretch: 0.95,
    }),
    row({
      measure: 'the same, cut log by log',
      ...each(runs, (part) => figuresByLog(oursOf(part), rate).macroRecall),
    }),
    row({ measure: 'first reason names the kind', ...each(best, ({ named }) => named) }),
    row({ measure: 'marked (medium and high): macro recall', ...each(marked, recall) }),
    row({
      measure: 'marked: false findings in 10,000 lines',
      unit: 'count',
      better: 'less',
      ...each(marked, wrong),
    }),
    row({ measure: 'high: macro recall', ...each(high, recall) }),
    row({
      measure: 'clean logs: high findings in 10,000 lines',
      unit: 'count',
      better: 'less',
      ...each(untouched, (logs) => figuresHigh(logs).falsePer10k),
      must: 1,
      stretch: 0.2,
    }),
    row({
      measure: 'clean logs: marked findings in 10,000 lines',
      unit: 'count',
      better: 'less',
      ...each(untouched, (logs) => figuresMarked(logs).falsePer10k),
    }),
    ...everyKind.map((kind) =>
      row({
        measure: `recall of ${kind}`,
        ...each(best, (figures) => figures.recall[kind] ?? Number.NaN),
      }),
    ),
  ];
}

function realRows(runs: readonly FaultRun[]): Row[] {
  if (runs.length === 0) return [];
  const best = figuresAtRate(oursOf(runs), rate);
  return [
    row({
      measure: `real logs, at most ${rate} false finding in 10,000 lines: macro recall`,
      floors: floorsOf(runs),
      all: best.macroRecall,
      must: 0.85,
      stretch: 0.95,
    }),
    row({
      measure: 'real logs, cut log by log: macro recall',
      all: figuresByLog(oursOf(runs), rate).macroRecall,
    }),
    row({ measure: 'real logs: first reason names the kind', all: best.named }),
  ];
}
