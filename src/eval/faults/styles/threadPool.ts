import type { LogStyle } from '../logStyle.ts';
import { clockStamp } from '../stamps.ts';
import {
  around,
  integer,
  joined,
  loop,
  maybe,
  oneOf,
  prefixed,
  rising,
  say,
  step,
  weighted,
} from '../values.ts';

const pool = 'pool-3-thread-{thread}';

/** Tasks on the threads of one pool; the thread is the only thing that ties lines together. */
export const threadPool: LogStyle = {
  name: 'thread pool',
  start: Date.UTC(2024, 1, 1, 8, 0, 0),
  arrival: 700,
  diurnal: 0.2,
  overlap: true,
  clock: true,
  values: {
    thread: integer(1, 8),
    task: joined('/', oneOf('import', 'export', 'thumbnail'), rising(10_000, 9)),
    rows: around(900, 0.5),
    millis: around(130, 0.5),
    heap: integer(310, 480),
    result: weighted({ DONE: 97, SKIPPED: 3 }),
    key: prefixed('k', integer(1, 300)),
  },
  perSession: ['thread', 'task'],
  measures: ['millis', 'rows', 'heap'],
  categories: { result: ['PARTIAL', 'UNSETTLED'] },
  flows: [
    {
      weight: 1,
      steps: [
        step(0, say('debug', `${pool}|org.acme.work.TaskRunner`, 'Begin {task}')),
        step(20, say('info', `${pool}|org.acme.io.Source`, 'Opened input of {task}')),
        loop(1, 4, 60, say('debug', `${pool}|org.acme.io.Source`, 'Read {rows} rows for {task}')),
        maybe(0.2, 10, say('debug', `${pool}|org.acme.Cache`, 'Miss {key}, computing')),
        step(
          90,
          say('info', `${pool}|org.acme.io.Sink`, 'Wrote {rows} rows of {task} in {millis} ms'),
        ),
        step(10, say('info', `${pool}|org.acme.work.TaskRunner`, 'End {task}: {result}')),
      ],
    },
  ],
  background: [
    {
      say: say('info', 'metrics-1|org.acme.Stats', 'heap {heap} MB, queue steady'),
      every: 10_000,
      rhythm: 'beat',
    },
    {
      say: say('warning', 'main|org.acme.work.TaskRunner', 'Queue is longer than usual: {heap}'),
      every: 200_000,
      rhythm: 'chance',
    },
    {
      say: say('debug', 'cleaner|org.acme.Cache', 'Evicted {rows} entries'),
      every: 25_000,
      rhythm: 'chance',
    },
  ],
  write: (entry, message) => {
    const [thread, logger] = entry.source.split('|');
    const level = entry.level === 'warning' ? 'WARN' : entry.level.toUpperCase();
    return `${clockStamp(entry.at)} ${level.padEnd(5)} [${thread}] ${logger ?? 'root'} - ${message}`;
  },
};
