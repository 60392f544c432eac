import { join } from 'node:path';
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from '../benchmark.ts';
import { logFilesBelow } from '../data/analyseFolder.ts';
import { readJsonLines, readLog } from '../data/files.ts';
import { earlySessions, labelledSessions, linesOfSessions } from '../data/labelledSessions.ts';
import type { LogText } from '../../engine/record/logText.ts';
import { row } from '../rows.ts';
import { scan } from '../scan.ts';

/** A log in which nothing is amiss, as far as its labels say. */
interface CleanLog {
  readonly half: 'development' | 'other';
  readonly log: LogText;
}

/** Findings of a log, and how long it is. */
interface Counted {
  readonly half: CleanLog['half'];
  readonly lines: number;
  readonly high: number;
  readonly marked: number;
}

/** Fault-free rounds are many and alike: one of so many tests is looked at. */
const everyTest = 5;

/** What is found in the normal sessions of a log, the earlier and the later ones as a log each. */
export const normalSessions: Benchmark = {
  name: 'clean',
  title: 'Normal sessions alone, an earlier and a later half: what is found where nothing is amiss',
  dataSet: 'hdfs_2pct',
  run: (options) => count(options, sessionLogs(options.folder)),
};

/** What is found in fault-free rounds. */
export const faultFreeRounds: Benchmark = {
  name: 'clean',
  title: 'Fault-free rounds: what is found where nothing is amiss',
  dataSet: 'openstack_fi',
  run: (options) => count(options, roundLogs(options.folder)),
};

function* sessionLogs(folder: string): Generator<CleanLog> {
  const data = labelledSessions(folder);
  const early = earlySessions(data);
  for (const half of ['development', 'other'] as const) {
    const wanted = (id: string): boolean =>
      data.anomalous.get(id) === false && early.has(id) === (half === 'development');
    yield { half, log: linesOfSessions(data, wanted) };
  }
}

function* roundLogs(folder: string): Generator<CleanLog> {
  const labels = readJsonLines<{ campaign: string; test: string }>(join(folder, 'labels.jsonl'));
  for (const [index, { campaign, test }] of labels.entries()) {
    if (index % everyTest !== 0) continue;
    const round = join(folder, campaign, test, 'round_2');
    for (const name of logFilesBelow(round)) {
      yield { half: index % 2 === 0 ? 'development' : 'other', log: readLog(join(round, name)) };
    }
  }
}

async function count(
  { onProgress }: BenchmarkOptions,
  logs: Iterable<CleanLog>,
): Promise<BenchmarkResult> {
  const counted: Counted[] = [];
  for (const { half, log } of logs) {
    onProgress(log.path);
    const { findings } = await scan(log);
    counted.push({
      half,
      lines: log.lineCount,
      high: findings.filter(({ severity }) => severity === 'high').length,
      marked: findings.filter(({ severity }) => severity !== 'low').length,
    });
  }
  const per10k = (
    of: (log: Counted) => number,
  ): Record<'development' | 'other' | 'all', number> => {
    const rate = (part: readonly Counted[]): number =>
      (part.reduce((sum, log) => sum + of(log), 0) * 10_000) /
      part.reduce((sum, log) => sum + log.lines, 0);
    return {
      development: rate(counted.filter(({ half }) => half === 'development')),
      other: rate(counted.filter(({ half }) => half === 'other')),
      all: rate(counted),
    };
  };
  const lines = counted.reduce((sum, log) => sum + log.lines, 0);
  return {
    rows: [
      row({
        measure: 'high findings in 10,000 lines',
        unit: 'count',
        better: 'less',
        ...per10k(({ high }) => high),
        must: 1,
        stretch: 0.2,
      }),
      row({
        measure: 'marked findings (high and medium) in 10,000 lines',
        unit: 'count',
        better: 'less',
        ...per10k(({ marked }) => marked),
      }),
    ],
    notes: [`${counted.length} logs with ${lines} lines.`],
  };
}
