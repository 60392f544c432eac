import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { explainLogs } from '../../src/engine/explain/explainLogs.ts';
import { dataFolder } from '../build/dataFolder.ts';
import { analyseFolder } from './quickAnalysis.ts';

interface Label {
  readonly campaign: string;
  readonly test: string;
  readonly component: string;
}

/** Subsystem and faulty file of injected faults, with and without the fault-free round. */
const folder = join(dataFolder(), 'openstack_fi');
const labels = readFileSync(join(folder, 'labels.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Label);
const [half = 'all', verbose = ''] = process.argv.slice(2);
const score = { total: 0, quiet: 0, alarm: 0, milliseconds: 0 };
const modes = { with: { subsystem: 0, at1: 0, at3: 0 }, without: { subsystem: 0, at1: 0, at3: 0 } };
for (const [index, label] of labels.entries()) {
  if (half === 'even' && index % 2 === 1) continue;
  if (half === 'odd' && index % 2 === 0) continue;
  const root = join(folder, label.campaign, label.test);
  const faulty = await analyseFolder(join(root, 'round_1'));
  const good = await analyseFolder(join(root, 'round_2'));
  score.total++;
  const start = performance.now();
  for (const mode of ['with', 'without'] as const) {
    const told = explainLogs({ analyses: faulty, ...(mode === 'with' ? { baseline: good } : {}) });
    const files = told.suspects.map(({ file }) => file);
    const rank = files.findIndex((file) => file.endsWith(label.component));
    const subsystem = told.rootCause.component
      .toLowerCase()
      .startsWith(label.campaign.toLowerCase());
    if (subsystem) modes[mode].subsystem++;
    if (rank === 0) modes[mode].at1++;
    if (rank >= 0 && rank < 3) modes[mode].at3++;
    if (mode === 'without' && told.verdict !== 'no_incident') score.alarm++;
    if (verbose !== '' && (rank !== 0 || !subsystem)) {
      console.log(
        `${label.campaign} ${label.test} ${mode}: ${label.component} rank ${rank}; ${told.verdict} ${told.rootCause.category} ${told.rootCause.component}`,
      );
      console.log(
        `   ${told.rootCause.statement.slice(0, 220)}\n   ${files
          .slice(0, 4)
          .map((file) => file.replace(/.*site-packages/, ''))
          .join(' ')}`,
      );
    }
  }
  score.milliseconds += performance.now() - start;
  const healthy = explainLogs({ analyses: good });
  if (healthy.verdict === 'no_incident' || healthy.verdict === 'inconclusive') score.quiet++;
  else if (verbose !== '')
    console.log(
      `   HEALTHY ${label.campaign} ${label.test}: ${healthy.verdict} ${healthy.summary.slice(0, 300)}`,
    );
}
const share = (count: number): string => (count / score.total).toFixed(2);
for (const [mode, { subsystem, at1, at3 }] of Object.entries(modes)) {
  console.log(
    `openstack ${half} ${mode} baseline: subsystem ${share(subsystem)}, file @1 ${share(at1)}, @3 ${share(at3)}`,
  );
}
console.log(
  `healthy round quiet ${share(score.quiet)}, faulty round alarms ${share(score.alarm)}, ${(score.milliseconds / score.total / 2).toFixed(0)} ms an explanation`,
);
