import { join } from 'node:path';

import type { AnalysedLog } from '../../engine/explain/analysedLog.ts';
import { explainLogs } from '../../engine/explain/explainLogs.ts';
import type { Explanation } from '../../engine/explain/explanation.ts';
import type { Benchmark, BenchmarkResult } from '../benchmark.ts';
import { analyseFolder } from '../data/analyseFolder.ts';
import { readText } from '../data/files.ts';
import type { Judged } from '../metrics/classes.ts';
import { commonest, macroF1 } from '../metrics/classes.ts';
import { row } from '../rows.ts';
import { halvesOf } from './knownProblems.ts';

/**
 * Class of a job: what the explanation's category says, against the label. Only the logs are read:
 * whether a job's log of its master is missing, which gives the label away, is never asked.
 */
export const failedJobs: Benchmark = {
  name: 'hadoop',
  title: 'Jobs of a cluster: kind of failure, without a model',
  dataSet: 'hadoop',
  run: async ({ folder, onProgress }): Promise<BenchmarkResult> => {
    const told: Judged[] = [];
    const byWords: Judged[] = [];
    for (const line of readText(join(folder, 'labels.csv')).trim().split('\n').slice(1)) {
      const [id = '', , truth = ''] = line.split(',');
      onProgress(id);
      const analyses = await analyseFolder(join(folder, id));
      told.push({ truth, said: classOf(explainLogs({ analyses })) });
      byWords.push({ truth, said: classByWords(analyses) });
    }
    const frequent = commonest(told.map(({ truth }) => truth));
    const guessed = told.map(({ truth }) => ({ truth, said: frequent }));
    const halves = (of: (cases: readonly Judged[]) => number): Record<string, number> => ({
      development: of(told.filter((_, index) => index % 2 === 0)),
      other: of(told.filter((_, index) => index % 2 === 1)),
      all: of(told),
    });
    return {
      rows: [
        row({
          measure: 'macro F1 of the class',
          ...halves(macroF1),
          floors: [
            { name: 'commonest class', value: macroF1(guessed) },
            { name: 'keywords', value: macroF1(byWords) },
          ],
          must: 0.72,
          stretch: 0.82,
          wholeJudged: true,
        }),
        row({
          measure: 'class right',
          floors: [
            { name: 'commonest class', value: share(guessed) },
            { name: 'keywords', value: share(byWords) },
          ],
          ...halvesOf(told.map(({ truth, said }) => truth === said)),
        }),
      ],
      notes: [
        `${told.length} jobs; halves: every second one in the order of the labels.`,
        'Weak signs are no claim: what is inconclusive counts as normal.',
      ],
    };
  },
};

function share(cases: readonly Judged[]): number {
  return cases.filter(({ truth, said }) => truth === said).length / cases.length;
}

function classOf({ verdict, rootCause }: Explanation): string {
  const { category } = rootCause;
  if (verdict === 'no_incident' || verdict === 'inconclusive') return 'Normal';
  if (category === 'resource.disk') return 'Disk full';
  // What does not answer, or is not there, is a machine that is down, seen from outside.
  if (['node.down', 'network.timeout', 'dependency.unavailable'].includes(category)) {
    return 'Machine down';
  }
  if (category.startsWith('network.')) return 'Network disconnection';
  return category === 'none' || category === 'unknown' ? 'Normal' : category;
}

/** What somebody would search for first; the words of the first row that is found decide. */
const keywords: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Disk full', /no space left|not enough space|disk ?full|DiskError/i],
  ['Machine down', /lost node|unusable node|node (?:is )?(?:down|lost)/i],
  ['Network disconnection', /no route to host|unreachable|disconnect/i],
  ['Machine down', /connection refused|timed out/i],
];

function classByWords(analyses: readonly AnalysedLog[]): string {
  const texts = analyses.map(({ view }) => Buffer.from(view.log.bytes).toString('latin1'));
  return keywords.find(([, pattern]) => texts.some((text) => pattern.test(text)))?.[0] ?? 'Normal';
}
