/**
 * How late lines are shown and scored that are written to a log, beside `tail -F`, and whether all of
 * them arrive when they are written fast.
 * Usage: npm run bench -- follow [--latency [--log=NAME] [--probes=200] [--traffic=LINES]] [--storm [--seconds=60]]
 * Traffic is lines a second beside those that are timed.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLargeLog } from '../scale/largeLog.ts';
import { serviceLog } from '../scale/logs.ts';
import { measureLatency } from './latency.ts';
import { linesPerSecond, measureStorm } from './storm.ts';
import { beginStorm, writeProbes, writeStorm } from './writers.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const option = (name: string, usual: number): number => {
  const given = process.argv.find((word) => word.startsWith(`--${name}=`));
  return given === undefined ? usual : Number(given.slice(name.length + 3));
};

interface FollowedLog {
  readonly name: string;
  readonly write: (path: string) => void;
}

const service = (name: string, lines: number): FollowedLog => ({
  name,
  write: (path) => {
    copyFileSync(serviceLog(lines), path);
  },
});

/** About a megabyte, the million lines of the other benchmarks, and two that are not held in memory. */
const logs: readonly FollowedLog[] = [
  service('small', 10_000),
  service('million', 1_000_000),
  service('segments', 1_600_000),
  {
    name: 'gigabyte',
    write: (path) => {
      writeLargeLog(path, 'rich', 1_000_000_000);
    },
  },
];

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

const spread = (values: readonly number[]): string =>
  [0.5, 0.95, 0.99, 1].map((share) => quantile(values, share).toFixed(1)).join(' / ');

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

async function latency(folder: string): Promise<void> {
  say(
    'Milliseconds from a line being written, p50 / p95 / p99 / most. Must: 200 shown and scored; stretch: 80.',
  );
  say('| log | shown | scored | shown and scored | tail -F | p95 of tail -F | idle, of a core |');
  say('|---|---|---|---|---|---|---|');
  const wanted = process.argv.find((word) => word.startsWith('--log='))?.slice('--log='.length);
  for (const { name, write } of logs) {
    if (wanted !== undefined && name !== wanted) continue;
    const path = join(folder, 'followed.log');
    write(path);
    const found = await measureLatency(path, option('probes', 200), option('traffic', 0));
    const { shown, scored, both, tail, idle, bytes } = found;
    const ratio = quantile(both, 0.95) / quantile(tail, 0.95);
    say(
      `| ${megabytes(bytes)} | ${spread(shown)} | ${spread(scored)} | ${spread(both)} | ${spread(tail)} | ${ratio.toFixed(1)} × | ${(idle * 100).toFixed(2)} % |`,
    );
  }
}

async function storm(folder: string): Promise<void> {
  const seconds = option('seconds', 60);
  say(
    `\n${linesPerSecond.toLocaleString('en')} lines/s for ${seconds} s, renamed at a third and copied and cut at two thirds.`,
  );
  const found = await measureStorm(folder, seconds);
  const { written, seen, indexed, newest, scored, lag, loop, heap, resident } = found;
  const kept = seen.lines === written.lines && seen.sum === written.sum;
  say(
    `written: ${written.lines.toLocaleString('en')} lines in ${found.writingSeconds.toFixed(1)} s`,
  );
  say(
    `read back: ${seen.lines.toLocaleString('en')} lines; ${kept ? 'the same checksum: nothing lost' : 'NOT THE SAME'}`,
  );
  say(
    `index: ${indexed.toLocaleString('en')} lines, ${found.indexedAfter.toFixed(2)} s after the last line`,
  );
  say(
    `scored: ${scored.toLocaleString('en')} of ${newest.toLocaleString('en')} lines of the newest file, ${found.scoredAfter.toFixed(2)} s after the last line`,
  );
  say(
    `age of the last shown line, p50 / p95 / p99 / most: ${spread(lag)} ms in ${lag.length} pictures`,
  );
  say(
    `delay of the host's event loop, p50 / p99 / most: ${loop.p50.toFixed(1)} / ${loop.p99.toFixed(1)} / ${loop.most.toFixed(1)} ms`,
  );
  say(
    `memory: ${megabytes(heap)} in the host's heap, ${megabytes(resident)} in the process with both threads`,
  );
  if (!kept || indexed !== written.lines || scored !== newest) process.exitCode = 1;
}

const [, , task = '', path = '', amount = '', more = ''] = process.argv;
if (task === 'write') await writeProbes(path, Number(amount), Number(more));
else if (task === 'storm-start') beginStorm(path);
else if (task === 'storm') await writeStorm(path, Number(amount), more);
else {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-follow-'));
  const only = ['--latency', '--storm'].filter((word) => process.argv.includes(word));
  say(`${availableParallelism()} processors; load before the run: ${loadavg()[0]!.toFixed(1)}.`);
  try {
    if (only.length === 0 || only.includes('--latency')) await latency(folder);
    if (only.length === 0 || only.includes('--storm')) await storm(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
