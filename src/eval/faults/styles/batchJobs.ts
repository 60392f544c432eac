import type { LogStyle } from '../logStyle.ts';
import { syslogStamp } from '../stamps.ts';
import { around, integer, loop, maybe, oneOf, rising, say, step } from '../values.ts';

/** Jobs that a scheduler starts one after another; each has a process number. */
export const batchJobs: LogStyle = {
  name: 'batch jobs',
  start: Date.UTC(2024, 0, 5, 0, 0, 0),
  arrival: 45_000,
  diurnal: 0,
  overlap: false,
  clock: true,
  values: {
    pid: rising(2000, 7),
    job: oneOf('nightly-index', 'mail-digest', 'rotate', 'report', 'sync-stock'),
    files: integer(3, 90),
    seconds: around(14, 0.4),
    rows: around(5200, 0.5),
    batch: integer(1, 40),
    mode: oneOf('full', 'incremental', 'incremental', 'incremental'),
    free: integer(41, 63),
  },
  perSession: ['pid', 'job'],
  measures: ['seconds', 'rows'],
  categories: { mode: ['recovery', 'unknown'] },
  flows: [
    {
      weight: 1,
      steps: [
        step(0, say('none', 'scheduler[811]', 'starting {job} as {pid}')),
        step(300, say('none', 'runner[{pid}]', 'reading settings of {job}')),
        step(200, say('none', 'runner[{pid}]', 'lock acquired, mode {mode}')),
        maybe(0.2, 400, say('none', 'runner[{pid}]', 'skipping {files} files that did not change')),
        loop(2, 6, 2500, say('none', 'runner[{pid}]', 'batch {batch}: {rows} rows written')),
        maybe(0.05, 700, say('none', 'runner[{pid}]', 'peer was busy, trying again')),
        step(500, say('none', 'runner[{pid}]', 'lock released')),
        step(
          300,
          say('none', 'scheduler[811]', '{job} ({pid}) ended with status 0 after {seconds} s'),
        ),
      ],
    },
  ],
  background: [
    { say: say('none', 'monitord[402]', 'disk {free} % free'), every: 60_000, rhythm: 'beat' },
    { say: say('none', 'kernel', 'entropy pool refilled'), every: 500_000, rhythm: 'chance' },
    { say: say('none', 'timesync[377]', 'offset {files} us'), every: 128_000, rhythm: 'beat' },
  ],
  write: (entry, message) => `${syslogStamp(entry.at)} vault ${entry.source}: ${message}`,
};
