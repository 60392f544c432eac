import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { explainLogs } from '../../src/engine/explain/explainLogs.ts';
import { dataFolder } from '../build/dataFolder.ts';
import { quickAnalysis } from './quickAnalysis.ts';

/** Each short log holds one known problem: does the explanation see one, and name its kind? */
const folder = join(dataFolder(), 'cre');
const rows = readFileSync(join(folder, 'labels.tsv'), 'utf8').trim().split('\n').slice(1);
const [half = 'all', verbose = ''] = process.argv.slice(2);
let seen = 0;
let named = 0;
let total = 0;
for (const [index, row] of rows.entries()) {
  if (half === 'even' && index % 2 === 1) continue;
  if (half === 'odd' && index % 2 === 0) continue;
  const [id = '', , title = ''] = row.split('\t');
  const analysis = await quickAnalysis(join(folder, `${id.toLowerCase()}.log.gz`), `${id}.log`);
  const told = explainLogs({ analyses: [analysis] });
  total++;
  const isSeen = told.verdict !== 'no_incident';
  const { category } = told.rootCause;
  const isNamed = isSeen && category !== 'unknown' && category !== 'none';
  if (isSeen) seen++;
  if (isNamed) named++;
  if (verbose === 'all' || (verbose === 'miss' && !isNamed)) {
    const first = told.rootCause.statement;
    console.log(
      `${id} [${title}]\n   ${told.verdict} ${category} ${told.confidence.value} ${first.slice(0, 200)}`,
    );
  }
}
console.log(
  `cre ${half}: ${total} logs; incident seen ${(seen / total).toFixed(3)}, category named ${(named / total).toFixed(3)}`,
);
