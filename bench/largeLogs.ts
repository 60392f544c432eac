import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark, BenchmarkResult, Row } from '../src/eval/benchmark.ts';
import { existing } from '../src/eval/data/files.ts';
import { row } from '../src/eval/rows.ts';
import { hdfsLog, serviceLog } from './scale/logs.ts';
import type { Measured } from './scale/measured.ts';

/** The program of `npm run bench -- scale`, which measures one log in a process of its own. */
const program = join('.cache', 'bench', 'scale.mjs');
const lines = 1_000_000;
const appended = 10_000;

/** Time and memory of logs of a million lines, each in a fresh process. */
export const largeLogs: Benchmark = {
  name: 'scale',
  title: 'A million lines: findings, memory, first findings, appended lines',
  dataSet: 'hdfs_2pct',
  alone: true,
  run: ({ folder, onProgress }): Promise<BenchmarkResult> => {
    const source = existing(join(folder, 'HDFS.log'));
    const logs = [
      { name: 'generated service', path: serviceLog(lines) },
      ...(source === null ? [] : [{ name: 'HDFS, repeated', path: hdfsLog(source, lines) }]),
    ];
    const rows: Row[] = [];
    for (const { name, path } of logs) {
      onProgress(name);
      const size = `${name}, ${(statSync(path).size / 1e6).toFixed(0)} MB`;
      const whole = inFreshProcess('whole', path);
      const grown = inFreshProcess('append', path, String(appended));
      rows.push(...rowsOf(size, whole, grown));
    }
    return Promise.resolve({
      rows,
      notes: [
        'All detectors, no embeddings, from the file to the findings. "Processor" counts the seconds of all threads.',
      ],
    });
  },
};

function rowsOf(log: string, whole: Measured, grown: Measured): Row[] {
  const less = { better: 'less' } as const;
  return [
    row({
      measure: `${log}: all findings`,
      unit: 's',
      ...less,
      all: whole.full / 1000,
      must: 6,
      stretch: 3,
    }),
    row({
      measure: `${log}: the same, processor`,
      unit: 's',
      ...less,
      all: whole.processor / 1000,
    }),
    row({
      measure: `${log}: most memory`,
      unit: 'MB',
      ...less,
      all: whole.peak / 1e6,
      must: 600,
      stretch: 350,
    }),
    row({
      measure: `${log}: first findings`,
      unit: 's',
      ...less,
      all: whole.first / 1000,
      must: 1.5,
      stretch: 0.6,
    }),
    row({ measure: `${log}: marked first findings that stay`, all: whole.kept }),
    row({
      measure: `${log}: ${appended} lines appended`,
      unit: 'ms',
      ...less,
      all: grown.full,
      must: 100,
      stretch: 30,
    }),
  ];
}

/** @throws Error when the process fails */
function inFreshProcess(...task: string[]): Measured {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, 'measure', ...task], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${task.join(' ')}: ${stderr.trim()}`);
  return JSON.parse(stdout) as Measured;
}
