import type { LogStyle } from '../logStyle.ts';
import { spacedStamp } from '../stamps.ts';
import {
  around,
  integer,
  maybe,
  loop,
  oneOf,
  rising,
  prefixed,
  say,
  step,
  weighted,
} from '../values.ts';

/** Messages taken from a queue by a few threads; retries are normal. */
export const queueConsumer: LogStyle = {
  name: 'queue consumer',
  start: Date.UTC(2025, 5, 1, 3, 0, 0),
  arrival: 420,
  diurnal: 0.2,
  overlap: true,
  clock: true,
  values: {
    message: prefixed('m', rising(100_000_000, 9)),
    partition: integer(0, 11),
    offset: integer(4_000_000, 9_000_000),
    lag: integer(0, 40),
    kind: weighted({ OrderPlaced: 60, OrderPaid: 30, StockMoved: 10 }),
    worker: prefixed('consumer-', integer(1, 4)),
    size: around(1800, 0.5),
    duration: around(35, 0.5),
    attempt: integer(2, 3),
    state: oneOf('STABLE'),
  },
  perSession: ['message', 'worker', 'kind', 'partition'],
  measures: ['size', 'duration', 'lag'],
  categories: { kind: ['OrderVoided', 'LegacyEnvelope'] },
  flows: [
    {
      weight: 12,
      steps: [
        step(
          0,
          say(
            'info',
            '{worker}',
            'fetched message={message} partition={partition} offset={offset} size={size}',
          ),
        ),
        step(5, say('debug', '{worker}', 'decoded message={message} as {kind}')),
        step(20, say('info', '{worker}', 'handled message={message} duration={duration}ms')),
        step(3, say('debug', '{worker}', 'acknowledged message={message}')),
      ],
    },
    {
      weight: 1,
      steps: [
        step(
          0,
          say(
            'info',
            '{worker}',
            'fetched message={message} partition={partition} offset={offset} size={size}',
          ),
        ),
        step(5, say('debug', '{worker}', 'decoded message={message} as {kind}')),
        loop(
          1,
          2,
          500,
          say('warning', '{worker}', 'message={message} will be tried again, attempt={attempt}'),
        ),
        step(60, say('info', '{worker}', 'handled message={message} duration={duration}ms')),
        maybe(0.5, 3, say('debug', '{worker}', 'message={message} took more than one attempt')),
        step(3, say('debug', '{worker}', 'acknowledged message={message}')),
      ],
    },
  ],
  background: [
    {
      say: say('info', 'coordinator', 'heartbeat sent, group {state}'),
      every: 3000,
      rhythm: 'beat',
    },
    { say: say('info', 'lag', 'partition={partition} lag={lag}'), every: 5000, rhythm: 'beat' },
    {
      say: say('info', 'coordinator', 'committed offsets of 12 partitions'),
      every: 30_000,
      rhythm: 'beat',
    },
    { say: say('info', 'coordinator', 'metadata refreshed'), every: 300_000, rhythm: 'chance' },
  ],
  write: (entry, message) =>
    `[${spacedStamp(entry.at, ',').replace(' ', 'T')}][${entry.level === 'warning' ? 'WARN' : entry.level.toUpperCase()}][${entry.source}] ${message}`,
};
