import type { LogStyle } from '../logStyle.ts';
import { spacedStamp } from '../stamps.ts';
import {
  address,
  around,
  hexadecimal,
  integer,
  maybe,
  loop,
  oneOf,
  prefixed,
  say,
  step,
  weighted,
} from '../values.ts';

const open = say('info', 'http', 'accepted {method} {route} for {request} from {client}');
const token = say('debug', 'auth', 'token of {request} is valid for {ttl} s, scope {scope}');
const query = say(
  'info',
  'store',
  'query on {table} by {request} returned {rows} rows in {took} ms',
);
const close = say('info', 'http', '{request} answered {status} in {took} ms, {bytes} bytes');

/** Requests that interleave, each with an id. */
export const webService: LogStyle = {
  name: 'web service',
  start: Date.UTC(2024, 2, 4, 9, 0, 0),
  arrival: 180,
  diurnal: 0.4,
  overlap: true,
  clock: true,
  values: {
    request: prefixed('rq-', hexadecimal(10)),
    method: weighted({ GET: 70, POST: 20, PUT: 7, DELETE: 3 }),
    route: oneOf('/orders', '/orders/open', '/basket', '/catalogue', '/profile', '/search'),
    client: address('10.20'),
    ttl: integer(30, 3600),
    scope: weighted({ read: 70, write: 25, admin: 5 }),
    table: oneOf('orders', 'items', 'customers', 'prices'),
    rows: integer(0, 60),
    took: around(24, 0.6),
    status: weighted({ '200': 90, '201': 6, '304': 3, '404': 1 }),
    bytes: around(2400, 0.7),
    size: integer(800, 1200),
    pause: around(9, 0.5, 1),
  },
  perSession: ['request'],
  measures: ['took', 'bytes'],
  categories: { status: ['507', '418', '599'], scope: ['root', '*'], table: ['tmp_7', '__shadow'] },
  flows: [
    {
      weight: 8,
      steps: [
        step(0, open),
        step(3, token),
        maybe(0.35, 2, say('debug', 'cache', 'hit for {request} on {table}')),
        loop(1, 3, 14, query),
        step(9, close),
      ],
    },
    {
      weight: 3,
      steps: [
        step(0, open),
        step(3, token),
        step(6, say('info', 'form', 'body of {request} holds {rows} fields')),
        maybe(
          0.03,
          8,
          say('warning', 'store', 'lock on {table} awaited by {request} for {took} ms'),
        ),
        step(15, query),
        step(20, say('info', 'store', '{request} committed')),
        step(9, close),
      ],
    },
  ],
  background: [
    { say: say('info', 'health', 'all checks passed'), every: 10_000, rhythm: 'beat' },
    { say: say('debug', 'pool', '{rows} connections idle'), every: 7000, rhythm: 'chance' },
    {
      say: say('info', 'gc', 'collected {size} MB in {pause} ms'),
      every: 41_000,
      rhythm: 'chance',
    },
    {
      say: say('warning', 'http', 'client {client} sent no agent'),
      every: 90_000,
      rhythm: 'chance',
    },
    { say: say('info', 'config', 'reloaded {rows} flags'), every: 400_000, rhythm: 'chance' },
  ],
  write: (entry, message) =>
    `${spacedStamp(entry.at, '.')} ${(entry.level === 'warning' ? 'WARN' : entry.level.toUpperCase()).padEnd(5)} [${entry.source}] ${message}`,
};
