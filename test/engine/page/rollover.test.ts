import { describe, expect, it } from 'vitest';

import { LogPages } from '../../../src/engine/page/logPages.ts';
import { MemorySource } from './memorySource.ts';

/** A log of one line every ten seconds, long enough that one looks for a time by halving its bytes. */
async function pagesOf(first: number, count: number, stamp: (ms: number) => string) {
  const lines = Array.from(
    { length: count },
    (_, at) =>
      `${stamp(first + at * 10_000)} gate app[71]: step ${at} of a long way that goes on\n`,
  );
  return LogPages.open(new MemorySource(lines.join('')));
}

async function stepAt(pages: LogPages, time: number): Promise<string | undefined> {
  const { rows, anchor } = await pages.window({ kind: 'time', time }, 0, 0, 200);
  return /step (\d+)/.exec(rows[anchor]?.text ?? '')?.[1];
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

describe('going to a time', () => {
  it('passes midnight in a log without dates', async () => {
    const first = Date.UTC(2000, 0, 1, 16);
    const pages = await pagesOf(first, 7000, (ms) => new Date(ms).toISOString().slice(11, 19));
    for (const step of [0, 1, 2879, 2880, 2881, 6000, 6999]) {
      expect(await stepAt(pages, first + step * 10_000)).toBe(String(step));
    }
  });

  it('passes the end of the year in a log without years', async () => {
    const first = Date.UTC(2000, 11, 31, 12);
    const pages = await pagesOf(first, 9000, (ms) => {
      const [date = '', time = ''] = new Date(ms).toISOString().split('T');
      const [, month = '', day = ''] = date.split('-');
      return `${months[Number(month) - 1]} ${day.replace(/^0/, ' ')} ${time.slice(0, 8)}`;
    });
    for (const step of [0, 1, 4319, 4320, 4321, 8000, 8999]) {
      expect(await stepAt(pages, first + step * 10_000)).toBe(String(step));
    }
  });
});
