import { describe, expect, it } from 'vitest';
import { noQuery, restored } from '../../../webview/viewer/kept.ts';
import { matchesIn, positionIn } from '../../../webview/viewer/matches.ts';

describe('matches in a line', () => {
  const look = (text: string, more = {}): ReturnType<typeof matchesIn> =>
    matchesIn('Error: error in errors', { ...noQuery, text, ...more });

  it('heed case and whole words as they are asked to', () => {
    expect(look('error').map(({ from }) => from)).toEqual([0, 7, 16]);
    expect(look('error', { matchCase: true }).map(({ from }) => from)).toEqual([7, 16]);
    expect(look('error', { wholeWord: true }).map(({ from }) => from)).toEqual([0, 7]);
  });

  it('take an expression as nothing: only the reading thread may run one', () => {
    expect(look('.*', { regex: true })).toEqual([]);
    expect(look('')).toEqual([]);
  });

  it('stay in their columns where a letter grows with its case', () => {
    expect(matchesIn('İx err', { ...noQuery, text: 'err' })).toEqual([{ from: 3, to: 6 }]);
  });

  it('know their position among all', () => {
    const hits = Float64Array.from([0, 50, 90]);
    expect([0, 50, 90, 51].map((byte) => positionIn(hits, byte))).toEqual([1, 2, 3, null]);
  });
});

describe('what the editor kept of a page', () => {
  it('comes back whole', () => {
    const kept = { name: 'a.log', byte: 12, offset: 3, query: { ...noQuery, text: 'x' } };
    expect(restored(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });

  it('counts as nothing in any other shape', () => {
    expect(restored(undefined)).toBeNull();
    expect(restored({ name: 'a.log', byte: -1, offset: 0 })).toBeNull();
    expect(restored({ name: 'a.log', byte: 'x', offset: 0 })).toBeNull();
    expect(restored({ name: 'a.log', byte: 1, offset: 0, query: 7 })?.query).toEqual(noQuery);
  });
});
