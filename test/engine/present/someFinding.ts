import type { Finding } from '../../../src/engine/detect/finding.ts';

/** An ordinary finding; tests change what they are about. */
export const someFinding: Finding = {
  rank: 1,
  path: 'orders.log',
  line: 1188,
  endLine: 1188,
  severity: 'high',
  score: 0.97,
  bits: 21.5,
  count: 212,
  template: 'waited <*> ms for a connection, <*> in use',
  title: 'Slow connection',
  reasons: [
    {
      family: 'value',
      bits: 19,
      text: 'waited 4,812 ms, usually 3-210',
      observed: '4,812 ms',
      expected: '3-210 ms',
      lines: [1188],
    },
    {
      family: 'rarity',
      bits: 2.5,
      text: 'Its kind came 212 times in 48,120 records.',
      observed: '212',
      expected: '',
      lines: [1188],
    },
  ],
  related: [],
  repeats: [1203, 1290],
};
