import { join } from 'node:path';
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from '../benchmark.ts';
import { foldersIn, logsIn, readLog } from '../data/files.ts';
import { median, row } from '../rows.ts';
import { scan } from '../scan.ts';

/** Findings of logs that nobody labelled: how much of a reader's time they ask for. */
export function ordinaryLogs(dataSet: string): Benchmark {
  return {
    name: 'ordinary',
    title: 'Ordinary logs, not labelled: how many findings',
    dataSet,
    run,
  };
}

interface Counted {
  readonly lines: number;
  readonly high: number;
  readonly marked: number;
}

async function run({ folder, onProgress }: BenchmarkOptions): Promise<BenchmarkResult> {
  const paths = [
    ...logsIn(folder),
    ...foldersIn(folder).flatMap((name) =>
      logsIn(join(folder, name)).map((log) => join(name, log)),
    ),
  ];
  const counted: Counted[] = [];
  const notes = ['Halves: every second log by name.'];
  for (const path of paths) {
    onProgress(path);
    const { view, findings } = await scan(readLog(join(folder, path)));
    const count = (severity: string): number =>
      findings.filter((finding) => finding.severity === severity).length;
    const high = count('high');
    const medium = count('medium');
    counted.push({ lines: view.log.lineCount, high, marked: high + medium });
    notes.push(
      `${path.replace(/^.*[\\/]/, '').replace(/\.gz$/, '')}: ${view.log.lineCount} lines, ${view.templates.templates.length} templates, sessions by ${view.sessions.identifier}; high ${high}, medium ${medium}, low ${count('low')}.`,
    );
  }
  const halves = <T>(
    of: (logs: readonly Counted[]) => T,
  ): Record<'development' | 'other' | 'all', T> => ({
    development: of(counted.filter((_, index) => index % 2 === 0)),
    other: of(counted.filter((_, index) => index % 2 === 1)),
    all: of(counted),
  });
  const per10k = (logs: readonly Counted[]): number => {
    const lines = logs.reduce((sum, log) => sum + log.lines, 0);
    return (logs.reduce((sum, log) => sum + log.high, 0) * 10_000) / lines;
  };
  return {
    rows: [
      row({
        measure: 'high findings per 10,000 lines',
        unit: 'count',
        better: 'less',
        ...halves(per10k),
      }),
      row({
        measure: 'high findings of a log, median',
        unit: 'count',
        better: 'less',
        ...halves((logs) => median(logs.map((log) => log.high))),
      }),
      row({
        measure: 'marked findings (high and medium) of a log, median',
        unit: 'count',
        better: 'less',
        ...halves((logs) => median(logs.map((log) => log.marked))),
      }),
    ],
    notes,
  };
}
