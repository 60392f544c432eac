/**
 * Speed and memory of large logs, each in a process of its own, beside what merely reading costs.
 * Usage: npm run bench -- scale
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hdfsLog, hostileKinds, hostileLog, serviceLog } from './logs.ts';
import {
  measureAppend,
  measureFloors,
  measureWhole,
  type Floors,
  type Measured,
} from './measured.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Runs this file again with `task`, so that nothing is warm and the peak of memory is its own. */
function inFreshProcess(...task: string[]): unknown {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [process.argv[1]!, 'measure', ...task],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${task.join(' ')} failed: ${stderr}`);
  return JSON.parse(stdout) as unknown;
}

const seconds = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

function row(name: string, path: string, measured: Measured): void {
  const { scan, parse } = inFreshProcess('floors', path) as Floors;
  say(
    `| ${name} | ${(statSync(path).size / 1e6).toFixed(0)} MB | ${seconds(measured.first)} | ${seconds(measured.full)} | ${seconds(measured.processor)} | ${(measured.peak / 2 ** 20).toFixed(0)} MiB | ${measured.findings} | ${(measured.kept * 100).toFixed(0)} % | ${(measured.full / scan).toFixed(0)} × | ${(measured.full / parse).toFixed(1)} × |`,
  );
}

function whole(name: string, path: string): void {
  row(name, path, inFreshProcess('whole', path) as Measured);
}

function report(): void {
  const data = process.env['FAULTLINE_DATA'] ?? join(process.cwd(), '..', 'shared', 'data');
  const source = join(data, 'hdfs_2pct', 'HDFS.log.gz');
  say(
    '| log | size | first findings | all findings | processor | peak memory | findings | first ones kept | of counting lines | of cutting lines |',
  );
  say('|---|---|---|---|---|---|---|---|---|---|');
  const million = serviceLog(1_000_000);
  const appended = (name: string, path: string): void => {
    row(name, path, inFreshProcess('append', path, '10000') as Measured);
  };
  whole('service, 1 M lines', million);
  appended('service, 10k lines appended to 1 M', million);
  if (existsSync(source)) {
    const hdfs = hdfsLog(source, 1_000_000);
    whole('hdfs, 1 M lines', hdfs);
    appended('hdfs, 10k lines appended to 1 M', hdfs);
  }
  whole('service, 10 MB', serviceLog(100_000));
  for (const kind of hostileKinds) whole(`${kind}, 50k lines`, hostileLog(kind, 50_000));
  for (const kind of hostileKinds) whole(`${kind}, 500k lines`, hostileLog(kind, 500_000));
}

const [, , mode, task, path = '', lines = ''] = process.argv;
if (mode !== 'measure') report();
else {
  const result =
    task === 'whole'
      ? await measureWhole(path)
      : task === 'append'
        ? await measureAppend(path, Number(lines))
        : measureFloors(path);
  process.stdout.write(JSON.stringify(result));
}
