import type { LogStyle } from '../logStyle.ts';
import { spacedStamp } from '../stamps.ts';
import { around, integer, loop, maybe, oneOf, rising, say, step, weighted } from '../values.ts';

/** A database server: a process a connection, levels of its own. */
export const database: LogStyle = {
  name: 'database server',
  start: Date.UTC(2024, 10, 30, 22, 0, 0),
  arrival: 2600,
  diurnal: 0.3,
  overlap: true,
  clock: true,
  values: {
    pid: rising(4000, 4),
    user: weighted({ app: 80, report: 15, admin: 5 }),
    base: oneOf('sales', 'stock'),
    duration: around(42, 0.7, 3),
    buffers: integer(200, 900),
    written: around(1.9, 0.4, 3),
    table: oneOf('public.orders', 'public.items', 'public.audit'),
    pages: integer(4, 70),
  },
  perSession: ['pid', 'user', 'base'],
  measures: ['duration', 'written'],
  categories: { user: ['replicator', 'nobody'], base: ['template0', 'lost'] },
  flows: [
    {
      weight: 5,
      steps: [
        step(0, say('info', '{pid}', 'connection received: host=10.1.1.7')),
        step(8, say('info', '{pid}', 'connection authorized: user={user} database={base}')),
        loop(
          1,
          5,
          400,
          say('info', '{pid}', 'duration: {duration} ms  statement: SELECT * FROM {table}'),
        ),
        maybe(0.3, 300, say('info', '{pid}', 'temporary file: size {pages} kB')),
        step(900, say('info', '{pid}', 'disconnection: session user={user} database={base}')),
      ],
    },
    {
      weight: 1,
      steps: [
        step(0, say('info', '{pid}', 'automatic vacuum of table "{table}": {pages} pages removed')),
        step(700, say('info', '{pid}', 'automatic analyze of table "{table}"')),
      ],
    },
  ],
  background: [
    {
      say: say('info', '1188', 'checkpoint complete: wrote {buffers} buffers; write={written} s'),
      every: 30_000,
      rhythm: 'beat',
    },
    {
      say: say('warning', '1188', 'checkpoints are occurring too often ({pages} seconds apart)'),
      every: 400_000,
      rhythm: 'chance',
    },
  ],
  write: (entry, message) => {
    const level = { debug: 'DEBUG', info: 'LOG', warning: 'WARNING', error: 'ERROR', none: 'LOG' };
    return `${spacedStamp(entry.at, '.')} UTC [${entry.source}] ${level[entry.level]}:  ${message}`;
  },
};
