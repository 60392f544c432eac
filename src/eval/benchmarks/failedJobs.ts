import { join } from 'node:path';

import { explainLogs } from '../../engine/explain/explainLogs.ts';
import type { Benchmark, BenchmarkResult } from '../benchmark.ts';
import { analyseFolder } from '../data/analyseFolder.ts';
import { readText } from '../data/files.ts';
import { row } from '../rows.ts';
import { halvesOf } from './knownProblems.ts';

/** Class of a job: what the explanation's category says, against the label. */
export const failedJobs: Benchmark = {
  name: 'hadoop',
  title: 'Jobs of a cluster: kind of failure, without a model',
  dataSet: 'hadoop',
  run: async ({ folder, onProgress }): Promise<BenchmarkResult> => {
    const right: boolean[] = [];
    const labels: string[] = [];
    for (const line of readText(join(folder, 'labels.csv')).trim().split('\n').slice(1)) {
      const [id = '', , label = ''] = line.split(',');
      onProgress(id);
      const told = explainLogs({ analyses: await analyseFolder(join(folder, id)) });
      // Weak signs are no claim: what is inconclusive names no class.
      const claims = told.verdict === 'root_cause_found' || told.verdict === 'probable';
      right.push((claims ? classOf(told.rootCause.category) : 'Normal') === label);
      labels.push(label);
    }
    const commonest = Math.max(
      ...labels.map((label) => labels.filter((each) => each === label).length),
    );
    return {
      rows: [
        row({
          measure: 'class right',
          floors: [{ name: 'commonest class', value: commonest / labels.length }],
          ...halvesOf(right),
        }),
      ],
      notes: [`${labels.length} jobs; halves: every second one in the order of the labels.`],
    };
  },
};

function classOf(category: string): string {
  if (category === 'resource.disk') return 'Disk full';
  if (category === 'node.down' || category === 'network.timeout') return 'Machine down';
  if (category.startsWith('network.')) return 'Network disconnection';
  return category === 'none' || category === 'unknown' ? 'Normal' : category;
}
