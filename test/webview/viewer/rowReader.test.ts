import { describe, expect, it, vi } from 'vitest';
import type { Place, Rows } from '../../../src/protocol/viewerApi.ts';
import { HiddenPatterns } from '../../../webview/viewer/hiddenPatterns.ts';
import { RowReader } from '../../../webview/viewer/rowReader.ts';
import { rows } from './someRows.ts';

interface Asked {
  readonly place: Place;
  readonly signal: AbortSignal;
  readonly answer: (from: number, to: number, anchor: number) => void;
}

/** A reader of a log of 1,000 lines of ten bytes, whose answers come when the test wants them. */
function reader() {
  const asked: Asked[] = [];
  const onRows = vi.fn();
  const onProblem = vi.fn();
  const made = new RowReader({
    fetch: (place, _before, _after, signal) =>
      new Promise<Rows>((resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('given up'));
        });
        asked.push({
          place,
          signal,
          answer: (from, to, anchor) => {
            resolve({ rows: rows(from, to), anchor, bytes: 10_000, lines: 1000, exactLines: true });
          },
        });
      }),
    hidden: new HiddenPatterns(),
    onRows,
    onProblem,
  });
  made.grew(10_000);
  return { reader: made, asked, onRows, onProblem };
}

describe('rows that are read', () => {
  it('are those of the latest jump: the others are given up', async () => {
    const { reader: made, asked, onRows } = reader();
    const first = made.goTo({ kind: 'line', line: 100 }, 5, 5);
    const second = made.goTo({ kind: 'line', line: 500 }, 5, 5);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    asked[1]?.answer(495, 505, 4);
    expect(await first).toBeNull();
    expect((await second)?.line).toBe(500);
    expect(onRows).toHaveBeenCalledOnce();
    expect(made.cache.first?.line).toBe(496);
  });

  it('are asked for one page at a time, and not right after a jump', async () => {
    vi.useFakeTimers();
    try {
      const { reader: made, asked } = reader();
      const jump = made.goTo({ kind: 'line', line: 500 }, 5, 5);
      asked[0]?.answer(495, 505, 4);
      await jump;
      const [first, last] = [made.cache.first!, made.cache.last!];
      const again = vi.fn();
      made.ahead(first, last, 10, again);
      expect(asked).toHaveLength(1);
      vi.advanceTimersByTime(200);
      expect(again).toHaveBeenCalledOnce();
      made.ahead(first, last, 10, again);
      made.ahead(first, last, 10, again);
      expect(asked.slice(1).map(({ place }) => place)).toEqual([{ kind: 'byte', byte: 5050 }]);
      asked[1]?.answer(505, 605, 0);
      await vi.waitFor(() => {
        expect(made.cache.last?.line).toBe(605);
      });
      made.ahead(first, last, 10, again);
      expect(asked[2]?.place).toEqual({ kind: 'byte', byte: 4950 });
    } finally {
      vi.useRealTimers();
    }
  });

  it('are read again when their numbers have become known', async () => {
    vi.useFakeTimers();
    try {
      const { reader: made, asked, onRows } = reader();
      const jump = made.goTo({ kind: 'line', line: 500 }, 5, 5);
      asked[0]?.answer(495, 505, 4);
      await jump;
      made.outdate();
      vi.advanceTimersByTime(200);
      made.ahead(made.cache.first!, made.cache.last!, 10, () => undefined);
      expect(asked[1]?.place).toEqual({ kind: 'byte', byte: 4950 });
      asked[1]?.answer(445, 545, 50);
      await vi.waitFor(() => {
        expect(onRows).toHaveBeenCalledTimes(2);
      });
      expect(made.cache.first?.line).toBe(446);
    } finally {
      vi.useRealTimers();
    }
  });
});
