import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { explainLogs } from '../../src/engine/explain/explainLogs.ts';
import { dataFolder } from '../build/dataFolder.ts';
import { analyseFolder } from './quickAnalysis.ts';

/** Class of a job: what the explanation's category says, against the label. */
const folder = join(dataFolder(), 'hadoop');
const rows = readFileSync(join(folder, 'labels.csv'), 'utf8').trim().split('\n').slice(1);
const [half = 'all', verbose = ''] = process.argv.slice(2);
const classOf = (category: string): string => {
  if (category === 'resource.disk') return 'Disk full';
  if (category === 'node.down' || category === 'network.timeout') return 'Machine down';
  if (category.startsWith('network.')) return 'Network disconnection';
  return category === 'none' || category === 'unknown' ? 'Normal' : category;
};
let right = 0;
let total = 0;
for (const [index, row] of rows.entries()) {
  if (half === 'even' && index % 2 === 1) continue;
  if (half === 'odd' && index % 2 === 0) continue;
  const [id = '', , label = ''] = row.split(',');
  const told = explainLogs({ analyses: await analyseFolder(join(folder, id)) });
  // Weak signs are no claim: what is inconclusive names no class.
  const claims = told.verdict === 'root_cause_found' || told.verdict === 'probable';
  const said = claims ? classOf(told.rootCause.category) : 'Normal';
  total++;
  if (said === label) right++;
  if (verbose !== '') {
    console.log(
      `${id.slice(-10)} ${label} → ${said} (${told.verdict} ${told.rootCause.category} ${told.confidence.value}) ${told.rootCause.statement.slice(0, 200)}`,
    );
    for (const other of told.alternatives)
      console.log(`      ${other.category}: ${other.statement.slice(0, 150)}`);
  }
}
console.log(`hadoop ${half}: ${right} of ${total} right`);
