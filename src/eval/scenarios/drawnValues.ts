import type { Random } from '../../engine/base/random.ts';
import type { Draw } from '../faults/logStyle.ts';
import {
  address,
  around,
  hexadecimal,
  integer,
  oneOf,
  prefixed,
  rising,
  uuid,
  weighted,
} from '../faults/values.ts';

/** What `{name}` stands for in the statements of scenarios. */
const draws: Readonly<Record<string, Draw>> = {
  ms: around(28, 0.6),
  secs: around(1.4, 0.5, 1),
  n: integer(1, 90),
  few: integer(1, 6),
  big: integer(1200, 96_000),
  mb: integer(180, 420),
  pct: integer(21, 58),
  ip: address('10.20'),
  client: address('83.149'),
  port: integer(32_000, 61_000),
  hex: hexadecimal(8),
  id: uuid(),
  seq: rising(41_000, 3),
  order: prefixed('o-', integer(100_000, 999_999)),
  user: oneOf('anna', 'ravi', 'deploy', 'mei', 'jonas', 'batch'),
  table: oneOf('orders', 'items', 'customers', 'prices', 'shipments'),
  topic: oneOf('orders', 'payments', 'audit', 'clicks'),
  page: oneOf('/', '/cart', '/orders', '/orders/open', '/search', '/profile', '/static/app.css'),
  ok: weighted({ '200': 88, '201': 6, '304': 6 }),
  pod: oneOf('cart-7d9f', 'search-5c44', 'mail-88b1', 'rates-6f0a'),
};

/** Whether stories may use this name. */
export function isDrawn(name: string): boolean {
  return Object.hasOwn(draws, name);
}

/** The text with a value drawn for each `{name}`; names that are none stay as they are. */
export function filled(text: string, random: Random, ordinal: number): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    isDrawn(name) ? draws[name]!(random, ordinal) : whole,
  );
}
