import { describe, expect, it } from 'vitest';
import { deltaNotes } from '../../../src/host/text/deltaNotes.ts';

describe('deltaNotes', () => {
  const lines = {
    times: Float64Array.from([1_000, 1_000, 1_250, NaN, 61_250]),
    heads: Uint8Array.from([1, 0, 1, 1, 1]),
    before: 900,
  };

  it('writes the step at lines that begin a record, from the record before the range on', () => {
    const { deltas } = deltaNotes(lines, 10, null);
    expect(deltas.map(({ line }) => line)).toEqual([10, 11, 12, 13, 14]);
    expect(deltas.map(({ text }) => text.trim())).toEqual(['+100 ms', '', '+250 ms', '', '+1 min']);
  });

  it('marks silences from the given length on, also across a line without a time', () => {
    expect(deltaNotes(lines, 10, 60_000).gaps).toEqual([
      { line: 14, text: '1 min without a message' },
    ]);
    expect(deltaNotes(lines, 10, 60_001).gaps).toEqual([]);
    expect(deltaNotes(lines, 10, null).gaps).toEqual([]);
  });
});
