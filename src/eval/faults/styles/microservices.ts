import type { Entry, LogStyle } from '../logStyle.ts';
import { isoStamp } from '../stamps.ts';
import {
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

const fields = ['trace', 'ms', 'sku', 'status', 'items'] as const;

function written(entry: Entry, message: string): string {
  const object: Record<string, string | number> = {
    ts: isoStamp(entry.at),
    level: entry.level === 'warning' ? 'warn' : entry.level,
    service: entry.source,
    msg: message,
  };
  for (const name of fields) {
    const value = entry.values[name];
    if (value !== undefined) object[name] = /^\d+$/.test(value) ? Number(value) : value;
  }
  return JSON.stringify(object);
}

/** Traces through several services, as JSON lines. */
export const microservices: LogStyle = {
  name: 'microservices',
  start: Date.UTC(2025, 1, 11, 14, 0, 0),
  arrival: 260,
  diurnal: 0.3,
  overlap: true,
  clock: true,
  values: {
    trace: hexadecimal(16),
    ms: around(18, 0.5),
    sku: prefixed('SKU-', integer(1000, 1400)),
    status: weighted({ ok: 95, declined: 5 }),
    items: integer(1, 9),
    provider: oneOf('north', 'south'),
  },
  perSession: ['trace', 'sku'],
  measures: ['ms'],
  categories: { provider: ['fallback', 'none'] },
  flows: [
    {
      weight: 7,
      steps: [
        step(0, say('info', 'edge', 'cart requested by {trace}')),
        step(6, say('info', 'cart', 'cart of {trace} loaded with {items} items')),
        loop(1, 2, 9, say('info', 'stock', '{sku} reserved for {trace} in {ms} ms')),
        maybe(0.3, 7, say('debug', 'price', 'discount applied to {sku}')),
        step(30, say('info', 'payment', '{trace} sent to provider {provider}')),
        step(60, say('info', 'payment', 'provider answered {trace} in {ms} ms')),
        step(5, say('info', 'edge', 'order of {trace} confirmed')),
      ],
    },
    {
      weight: 4,
      steps: [
        step(0, say('info', 'edge', 'cart requested by {trace}')),
        step(6, say('info', 'cart', 'cart of {trace} loaded with {items} items')),
        step(4, say('info', 'edge', 'cart of {trace} shown in {ms} ms')),
      ],
    },
  ],
  background: [
    { say: say('info', 'registry', 'lease renewed for 5 services'), every: 15_000, rhythm: 'beat' },
    {
      say: say('warning', 'price', 'rate table is older than an hour'),
      every: 120_000,
      rhythm: 'chance',
    },
    { say: say('info', 'stock', 'cache holds {items} pages'), every: 8000, rhythm: 'chance' },
  ],
  write: written,
};
