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
        ...rowsOf('with the fault-free round', withGood),
        ...rowsOf('alone', alone),
        row({
          measure: 'faulty round alone: not called free of incidents',
          ...halvesOf(alone.map(({ alarm }) => alarm)),
        }),
        row({ measure: 'fault-free round: no incident, or inconclusive', ...halvesOf(quiet) }),
      ],
      notes: [`${labels.length} tests; halves: every second one in the order of the labels.`],
    };
  },
};

function rowsOf(mode: string, cases: readonly Explained[]): Row[] {
  return [
    row({
      measure: `${mode}: subsystem right`,
      ...halvesOf(cases.map(({ subsystem }) => subsystem)),
    }),
    row({ measure: `${mode}: faulty file first`, ...halvesOf(cases.map(({ first }) => first)) }),
    row({
      measure: `${mode}: faulty file among three`,
      ...halvesOf(cases.map(({ amongThree }) => amongThree)),
    }),
  ];
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
