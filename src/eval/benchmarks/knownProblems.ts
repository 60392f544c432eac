import { join } from 'node:path';

import { explainLogs } from '../../engine/explain/explainLogs.ts';
import type { Benchmark, BenchmarkResult } from '../benchmark.ts';
import { quickAnalysis } from '../data/analyseFolder.ts';
import { readText } from '../data/files.ts';
import { mean, row } from '../rows.ts';

/** Each short log holds one known problem: does the explanation see one, and name its kind? */
export const knownProblems: Benchmark = {
  name: 'cre',
  title: 'Short logs of one known problem each, explained without a model',
  dataSet: 'cre',
  run: async ({ folder, onProgress }): Promise<BenchmarkResult> => {
    const seen: boolean[] = [];
    const named: boolean[] = [];
    for (const line of readText(join(folder, 'labels.tsv')).trim().split('\n').slice(1)) {
      const [id = ''] = line.split('\t');
      onProgress(id);
      const path = join(folder, `${id.toLowerCase()}.log`);
      const told = explainLogs({ analyses: [await quickAnalysis(path, `${id}.log`)] });
      const isSeen = told.verdict !== 'no_incident';
      const { category } = told.rootCause;
      seen.push(isSeen);
      named.push(isSeen && category !== 'unknown' && category !== 'none');
    }
    return {
      rows: [
        row({ measure: 'incident seen', ...halvesOf(seen) }),
        row({ measure: 'kind named', ...halvesOf(named) }),
      ],
      notes: [`${seen.length} logs; halves: every second one by name.`],
    };
  },
};

/** Shares of every second case, of the others, and of all. */
export function halvesOf(
  hits: readonly boolean[],
): Record<'development' | 'other' | 'all', number> {
  const share = (of: readonly boolean[]): number => mean(of.map(Number));
  return {
    development: share(hits.filter((_, index) => index % 2 === 0)),
    other: share(hits.filter((_, index) => index % 2 === 1)),
    all: share(hits),
  };
}
