import { describe, expect, it } from 'vitest';
import { deltaAt, deltaText, duration, isGap, usualDelta } from '../../../webview/viewer/gaps.ts';
import { row } from './someRows.ts';

describe('the time since the line above', () => {
  const timed = [
    row(0, { time: 1000 }),
    row(1, { time: 1000, continues: true }),
    row(2),
    row(3, { time: 1250 }),
    row(4, { time: 1200 }),
  ];

  it('looks past lines without a time of their own', () => {
    expect(timed.map((_, index) => deltaAt(timed, index))).toEqual([null, null, null, 250, -50]);
  });

  it('is written in at most two units', () => {
    expect([3, 1250, 65_000, 90_000_000, 0.25].map(duration)).toEqual([
      '3 ms',
      '1.250 s',
      '1 min 5 s',
      '1 d 1 h',
      '0.25 ms',
    ]);
    expect([0, 3, -3].map(deltaText)).toEqual(['0', '+3 ms', '−3 ms']);
  });
});

describe('a gap', () => {
  const steady = Array.from({ length: 40 }, (_, index) =>
    row(index, { time: index * 100 + (index >= 20 ? 5000 : 0) }),
  );

  it('is at least a second and twenty times what is usual near it', () => {
    const gaps = steady.filter((_, index) =>
      isGap(deltaAt(steady, index), usualDelta(steady, index)),
    );
    expect(gaps.map(({ line }) => line)).toEqual([21]);
    expect(isGap(999, 1)).toBe(false);
    expect(isGap(1999, 100)).toBe(false);
    expect(isGap(2000, 100)).toBe(true);
  });

  it('is not claimed where too few lines say what is usual', () => {
    const few = [row(0, { time: 0 }), row(1, { time: 1 }), row(2, { time: 900_000 })];
    expect(isGap(deltaAt(few, 2), usualDelta(few, 2))).toBe(false);
  });
});
