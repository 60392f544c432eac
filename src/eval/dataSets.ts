import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { alertLines } from './benchmarks/alertLines.ts';
import { brokenRunsBenchmark } from './benchmarks/brokenRuns.ts';
import { buildLogs } from './benchmarks/buildLogs.ts';
import { confidence } from './benchmarks/confidence.ts';
import { faultFreeRounds, normalSessions } from './benchmarks/cleanLogs.ts';
import { failedJobs } from './benchmarks/failedJobs.ts';
import { formats } from './benchmarks/formats.ts';
import { grounding } from './benchmarks/grounding.ts';
import { injectedFaults } from './benchmarks/injectedFaults.ts';
import { injection } from './benchmarks/injection.ts';
import { knownProblems } from './benchmarks/knownProblems.ts';
import { memory } from './benchmarks/memory.ts';
import { ordinaryLogs } from './benchmarks/ordinaryLogs.ts';
import { pastFaults } from './benchmarks/pastFaults.ts';
import { plantedFaults } from './benchmarks/plantedFaults.ts';
import { parsing } from './benchmarks/parsing.ts';
import { reasons } from './benchmarks/reasons.ts';
import { redaction } from './benchmarks/redaction.ts';
import { sampleFormats } from './benchmarks/sampleFormats.ts';
import { scenarios } from './benchmarks/scenarios.ts';
import { sessions } from './benchmarks/sessions.ts';
import { readingSpeed, variedSpeed } from './benchmarks/speed.ts';
import { dataFolder, existing, foldersIn, logsIn } from './data/files.ts';
import { holdsLabelledSessions } from './data/labelledSessions.ts';
import { systemsIn } from './data/parsedLogs.ts';

/** Every benchmark, in the order in which they run. */
export const benchmarks: readonly Benchmark[] = [
  buildLogs,
  brokenRunsBenchmark,
  sessions,
  normalSessions,
  faultFreeRounds,
  plantedFaults,
  alertLines,
  reasons,
  ordinaryLogs('loghub_2k'),
  ordinaryLogs('plain'),
  parsing,
  formats,
  sampleFormats,
  readingSpeed,
  variedSpeed,
  injectedFaults,
  pastFaults,
  failedJobs,
  knownProblems,
  scenarios,
  grounding,
  confidence,
  redaction,
  injection,
  memory,
];

/** How a folder of each kind is told from the others, by what lies in it. */
const layouts: readonly (readonly [dataSet: string, fits: (folder: string) => boolean])[] = [
  ['hdfs_2pct', holdsLabelledSessions],
  ['openstack_fi', (folder) => hasLabels(folder) && holdsRounds(folder)],
  ['logchunks', hasLabels],
  ['hadoop', (folder) => existing(join(folder, 'labels.csv')) !== null],
  ['cre', (folder) => existing(join(folder, 'labels.tsv')) !== null],
  [
    'cidiff',
    (folder) =>
      foldersIn(folder).some((name) => existing(join(folder, name, 'groundtruth')) !== null),
  ],
  ['loghub_2k', (folder) => systemsIn(folder).length > 0],
  ['plain', (folder) => logsIn(folder).length > 0],
];

/** A data set: what kind it is and where it lies. */
export interface DataSet {
  readonly name: string;
  readonly folder: string;
}

/** Not data but logs that are generated; where the data sets are, they are used as well. */
const generated: readonly string[] = ['faults', 'scenarios', 'grounding', 'memory'];

/** The kinds of data sets, by name. */
export const dataSetNames: readonly string[] = [...layouts.map(([name]) => name), ...generated];

/**
 * The data set that a name or a folder stands for. A folder of another name is known by its layout.
 * @returns null for a name that is none, the reason in words when its data is missing
 */
export function findDataSet(nameOrFolder: string): DataSet | string | null {
  const root = dataFolder();
  if (generated.includes(nameOrFolder)) return { name: nameOrFolder, folder: root ?? '' };
  if (dataSetNames.includes(nameOrFolder)) {
    const folder = root === null ? null : join(root, nameOrFolder);
    if (folder !== null && existsSync(folder)) return { name: nameOrFolder, folder };
    return `${nameOrFolder}: its data is not on this machine. Set FAULTLINE_DATA to the folder that holds ${nameOrFolder}, or name the folder itself.`;
  }
  if (!existsSync(nameOrFolder) || !statSync(nameOrFolder).isDirectory()) return null;
  const layout = layouts.find(([, fits]) => fits(nameOrFolder));
  if (layout === undefined) {
    return `${nameOrFolder}: its layout is none of the known ones (${dataSetNames.join(', ')}). See docs/benchmarks.md.`;
  }
  return { name: layout[0], folder: nameOrFolder };
}

/** What a reader calls a data set: its folder, beside its kind where the two differ. */
export function titleOf({ name, folder }: DataSet): string {
  return generated.includes(name) || basename(folder) === name ? name : `${folder} (as ${name})`;
}

function hasLabels(folder: string): boolean {
  return existing(join(folder, 'labels.jsonl')) !== null;
}

function holdsRounds(folder: string): boolean {
  return foldersIn(folder).some((campaign) =>
    foldersIn(join(folder, campaign)).some((test) =>
      existsSync(join(folder, campaign, test, 'round_1')),
    ),
  );
}
