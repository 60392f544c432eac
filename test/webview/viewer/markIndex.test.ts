import { describe, expect, it } from 'vitest';
import type { ViewerMark } from '../../../src/protocol/viewerApi.ts';
import { MarkIndex } from '../../../webview/viewer/markIndex.ts';

function mark(line: number, more: Partial<ViewerMark> = {}): ViewerMark {
  return {
    rank: 1,
    line,
    endLine: line,
    severity: 'medium',
    title: 'a finding',
    note: 'rare',
    count: 1,
    repeats: [],
    ...more,
  };
}

describe('findings by line', () => {
  it('mark their first line fully, their other lines less, and later occurrences least', () => {
    const index = new MarkIndex([mark(10, { endLine: 12, repeats: [40] })], 'low');
    expect([9, 10, 11, 12, 13, 40].map((line) => index.at(line)?.part)).toEqual([
      undefined,
      'first',
      'body',
      'body',
      undefined,
      'repeat',
    ]);
  });

  it('show the graver one where two meet, and a first line over a repeat', () => {
    const index = new MarkIndex(
      [
        mark(10),
        mark(10, { severity: 'high' }),
        mark(1, { severity: 'high', repeats: [20] }),
        mark(20),
      ],
      'low',
    );
    expect(index.at(10)?.mark.severity).toBe('high');
    expect(index.at(20)?.part).toBe('first');
  });

  it('leave out what is below the floor', () => {
    const index = new MarkIndex([mark(10), mark(20, { severity: 'high' })], 'high');
    expect(index.firsts).toEqual([20]);
    expect(index.at(10)).toBeNull();
  });

  it('are gone through in both directions, round the ends', () => {
    const index = new MarkIndex([mark(30), mark(10)], 'low');
    expect([0, 10, 30].map((line) => index.next(line, 'next'))).toEqual([10, 30, 10]);
    expect([40, 30, 10].map((line) => index.next(line, 'previous'))).toEqual([30, 10, 30]);
    expect(new MarkIndex([], 'low').next(1, 'next')).toBeNull();
  });

  it('cost no more than their bound for a finding of a million lines', () => {
    const index = new MarkIndex([mark(1, { endLine: 1_000_000 })], 'low');
    expect(index.at(1500)?.part).toBe('body');
    expect(index.at(900_000)).toBeNull();
  });
});
