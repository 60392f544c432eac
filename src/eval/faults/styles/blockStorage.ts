import type { LogStyle } from '../logStyle.ts';
import { shortStamp } from '../stamps.ts';
import {
  address,
  around,
  integer,
  loop,
  maybe,
  joined,
  oneOf,
  prefixed,
  say,
  step,
} from '../values.ts';

const number = integer(1_000_000_000, 8_999_999_999);

/** Extents that are written to several nodes, read, and sometimes deleted. */
export const blockStorage: LogStyle = {
  name: 'block storage',
  start: Date.UTC(2023, 10, 9, 20, 35, 0),
  arrival: 320,
  diurnal: 0,
  overlap: true,
  clock: true,
  values: {
    extent: joined('_', prefixed('ext_', number), integer(1000, 9999)),
    from: joined(':', address('10.250'), integer(30_000, 60_000)),
    to: joined(':', address('10.250'), oneOf('7010')),
    bytes: around(3_200_000, 0.25),
    replica: integer(0, 2),
    file: prefixed('/data/part-', integer(10_000, 99_999)),
    thread: integer(11, 900),
  },
  perSession: ['extent', 'file'],
  measures: ['bytes'],
  categories: { replica: ['17', '-1'] },
  flows: [
    {
      weight: 9,
      steps: [
        step(0, say('info', 'meta.Directory', 'allocate {file} as {extent}')),
        loop(3, 3, 14, say('info', 'node.Stream', 'Receiving {extent} from {from} to {to}')),
        loop(3, 3, 900, say('info', 'node.Writer', 'Replica {replica} of {extent} closing')),
        loop(3, 3, 20, say('info', 'node.Stream', 'Received {extent} of size {bytes} from {from}')),
        loop(3, 3, 30, say('info', 'meta.Directory', 'stored {extent} on {to}, {bytes} bytes')),
        maybe(0.3, 6000, say('info', 'node.Stream', 'Served {extent} to {from}')),
      ],
    },
    {
      weight: 2,
      steps: [
        step(0, say('info', 'meta.Directory', 'allocate {file} as {extent}')),
        loop(3, 3, 14, say('info', 'node.Stream', 'Receiving {extent} from {from} to {to}')),
        loop(3, 3, 900, say('info', 'node.Writer', 'Replica {replica} of {extent} closing')),
        loop(3, 3, 20, say('info', 'node.Stream', 'Received {extent} of size {bytes} from {from}')),
        loop(3, 3, 30, say('info', 'meta.Directory', 'stored {extent} on {to}, {bytes} bytes')),
        step(9000, say('info', 'meta.Directory', 'ask {to} to delete {extent}')),
        loop(3, 3, 400, say('info', 'node.Files', 'Deleting {extent} at {file}')),
      ],
    },
  ],
  background: [
    { say: say('info', 'node.Check', 'Verified {extent}'), every: 1900, rhythm: 'chance' },
    {
      say: say('warning', 'node.Stream', 'Slow read from {from}'),
      every: 60_000,
      rhythm: 'chance',
    },
  ],
  write: (entry, message) =>
    `${shortStamp(entry.at)} ${(entry.values['bytes'] ?? entry.values['from'] ?? '143').slice(-3).replace(/^0+|\D/g, '') || '35'} ${entry.level === 'warning' ? 'WARN' : entry.level.toUpperCase()} ${entry.source}: ${message}`,
};
