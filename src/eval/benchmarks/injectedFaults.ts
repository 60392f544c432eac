import { join } from 'node:path';

import type { AnalysedLog } from '../../engine/explain/analysedLog.ts';
import { explainLogs } from '../../engine/explain/explainLogs.ts';
import type { Benchmark, BenchmarkResult, Row } from '../benchmark.ts';
import { analyseFolder } from '../data/analyseFolder.ts';
import { readJsonLines } from '../data/files.ts';
import { row } from '../rows.ts';
import { halvesOf } from './knownProblems.ts';

interface Label {
  readonly campaign: string;
  readonly test: string;
  readonly component: string;
}

/** What one explanation got right. */
interface Explained {
  readonly subsystem: boolean;
  readonly first: boolean;
  readonly amongThree: boolean;
  readonly alarm: boolean;
}

/** Subsystem and faulty file of injected faults, with and without the fault-free round. */
export const injectedFaults: Benchmark = {
  name: 'openstack',
  title: 'Injected faults of a cloud platform, explained without a model',
  dataSet: 'openstack_fi',
  run: async ({ folder, onProgress }): Promise<BenchmarkResult> => {
    const labels = readJsonLines<Label>(join(folder, 'labels.jsonl'));
    const withGood: Explained[] = [];
    const alone: Explained[] = [];
    const quiet: boolean[] = [];
    for (const label of labels) {
      onProgress(`${label.campaign} ${label.test}`);
      const root = join(folder, label.campaign, label.test);
      const faulty = await analyseFolder(join(root, 'round_1'));
      const good = await analyseFolder(join(root, 'round_2'));
      withGood.push(explained(label, faulty, good));
      alone.push(explained(label, faulty, []));
      const { verdict } = explainLogs({ analyses: good });
      quiet.push(verdict === 'no_incident' || verdict === 'inconclusive');
    }
    return {
      rows: [
        ...rowsOf('with the fault-free round', withGood, {
          subsystem: [0.95, 0.98],
          first: [0.65, 0.73],
          amongThree: [0.78, 0.85],
        }),
        ...rowsOf('alone', alone, { first: [0.55, 0.65], amongThree: [0.68, 0.78] }),
        row({
          measure: 'faulty round alone: not called free of incidents',
          ...halvesOf(alone.map(({ alarm }) => alarm)),
          must: 0.92,
          stretch: 0.97,
          wholeJudged: true,
        }),
        row({
          measure: 'fault-free round: no incident, or inconclusive',
          ...halvesOf(quiet),
          must: 0.97,
          stretch: 1,
          wholeJudged: true,
        }),
      ],
      notes: [`${labels.length} tests; halves: every second one in the order of the labels.`],
    };
  },
};

type Target = readonly [must: number, stretch: number];

/** What the innermost own frames of the first new trace give, without any ranking. */
const floors = {
  subsystem: [{ name: 'innermost frames', value: 0.825 }],
  first: [{ name: 'innermost frames', value: 0.483 }],
  amongThree: [{ name: 'innermost frames', value: 0.613 }],
} as const;

function rowsOf(
  mode: string,
  cases: readonly Explained[],
  targets: Partial<Record<'subsystem' | 'first' | 'amongThree', Target>>,
): Row[] {
  const told = [
    ['subsystem', 'subsystem right'],
    ['first', 'faulty file first'],
    ['amongThree', 'faulty file among three'],
  ] as const;
  return told.map(([key, words]) => {
    const target = targets[key];
    return row({
      measure: `${mode}: ${words}`,
      ...halvesOf(cases.map((item) => item[key])),
      // Measured on all 480 tests of the collection, with the fault-free round.
      floors: mode === 'alone' ? [] : floors[key],
      wholeJudged: true,
      ...(target === undefined ? {} : { must: target[0], stretch: target[1] }),
    });
  });
}

function explained(
  label: Label,
  faulty: readonly AnalysedLog[],
  good: readonly AnalysedLog[],
): Explained {
  const told = explainLogs({
    analyses: faulty,
    ...(good.length === 0 ? {} : { baseline: good }),
  });
  const rank = told.suspects.findIndex(({ file }) => file.endsWith(label.component));
  return {
    subsystem: told.rootCause.component.toLowerCase().startsWith(label.campaign.toLowerCase()),
    first: rank === 0,
    amongThree: rank >= 0 && rank < 3,
    alarm: told.verdict !== 'no_incident',
  };
}
