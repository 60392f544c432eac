import { spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark, BenchmarkResult, Floor, Row } from '../src/eval/benchmark.ts';
import { row } from '../src/eval/rows.ts';
import { largeStyles, writeLargeLog } from './scale/largeLog.ts';
import { measureOverlap } from './scale/overlap.ts';
import type { StreamedRun } from './scale/streamedRun.ts';

/** Programs that `npm run bench -- streamed` bundles: the analysis with its threads, and Node's readline. */
const program = join('.cache', 'bench', 'streamed-run.mjs');
const readline = join('.cache', 'bench', 'reading-readline.mjs');
const folder = join('.cache', 'bench', 'scale');
const gigabyte = 1_000_000_000;

/** Speed and memory of a gigabyte in segments, and what is found in segments of what is found at once. */
export const streamedLogs: Benchmark = {
  name: 'streamed',
  title: 'Logs in segments: a gigabyte, and the same findings as at once',
  dataSet: 'faults',
  alone: true,
  run: async ({ onProgress }): Promise<BenchmarkResult> => {
    const rows: Row[] = [];
    for (const style of largeStyles) {
      onProgress(`${style}, 1 GB`);
      const path = join(folder, `large-${style}.log`);
      writeLargeLog(path, style, gigabyte);
      try {
        rows.push(...rowsOf(`${style}, 1 GB`, path, floorsOf(path)));
      } finally {
        rmSync(path);
      }
    }
    return {
      rows: [...rows, ...(await overlapRows(onProgress))],
      notes: [
        'From the file to all findings, two threads; floors are other programs over the same bytes, in MB/s.',
        'Overlap: generated logs of 30,000 lines with planted faults, whole and in eight segments.',
      ],
    };
  },
};

/** Ten gigabytes: takes minutes and as much room on the disk, so that only who asks for it runs it. */
export const tenGigabytes: Benchmark = {
  name: 'streamed10',
  title: 'Ten gigabytes in segments',
  dataSet: 'faults',
  alone: true,
  run: ({ onProgress }): Promise<BenchmarkResult> => {
    onProgress('rich, 10 GB');
    const path = join(folder, 'large-10.log');
    writeLargeLog(path, 'rich', 10 * gigabyte);
    try {
      return Promise.resolve({ rows: rowsOf('rich, 10 GB', path, []), notes: [] });
    } finally {
      rmSync(path);
    }
  },
};

function rowsOf(log: string, path: string, floors: readonly Floor[]): Row[] {
  const megabytes = statSync(path).size / 1e6;
  const { seconds, peak } = JSON.parse(run(process.execPath, program, path)) as StreamedRun;
  return [
    row({
      measure: `${log}: MB analysed per second`,
      unit: 'count',
      floors,
      all: megabytes / seconds,
      must: 40,
      stretch: 100,
    }),
    row({
      measure: `${log}: most memory`,
      unit: 'MB',
      better: 'less',
      all: peak / 1e6,
      must: 600,
      stretch: 350,
    }),
  ];
}

/** What other programs read of the same bytes, in MB/s; the file is in the memory of the system by then. */
function floorsOf(path: string): Floor[] {
  const megabytes = statSync(path).size / 1e6;
  const others: readonly (readonly [string, readonly string[]])[] = [
    ['wc -l', ['wc', '-l', path]],
    ['grep -c error', ['grep', '-c', 'error', path]],
    ['Node readline', [process.execPath, readline, path, 'error']],
  ];
  return others.map(([name, command]) => {
    const started = performance.now();
    run(...command);
    return { name, value: (megabytes * 1000) / (performance.now() - started) };
  });
}

/** @throws Error when the program fails; that grep finds nothing is no failure */
function run(...[command = '', ...told]: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(command, told, { encoding: 'utf8' });
  if (status !== 0 && !(command === 'grep' && status === 1)) {
    throw new Error(`${command} ${told.join(' ')}: ${stderr.trim()}`);
  }
  return stdout;
}

async function overlapRows(onProgress: (style: string) => void): Promise<Row[]> {
  const { keptHigh, extraHigh, recall, falseMarks } = await measureOverlap(onProgress);
  const whole = (value: number): Floor[] => [{ name: 'at once', value }];
  return [
    row({ measure: 'high findings at once that segments mark', all: keptHigh }),
    row({
      measure: 'high findings of segments alone, per 10,000 lines',
      unit: 'count',
      better: 'less',
      all: extraHigh,
    }),
    row({ measure: 'planted faults marked', floors: whole(recall.whole), all: recall.segments }),
    row({
      measure: 'marks that show no planted fault, per 10,000 lines',
      unit: 'count',
      better: 'less',
      floors: whole(falseMarks.whole),
      all: falseMarks.segments,
    }),
  ];
}
