import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Slices } from '../../src/host/textSlices.ts';

const sliced = (text: string) => ({
  length: text.length,
  read: (from: number, to: number) => text.slice(from, to),
});

describe('utf8Slices', () => {
  it('together are the text as UTF-8, wherever it is cut', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (whole, units) => {
        const pieces = [...utf8Slices(sliced(whole), units)];
        expect(Buffer.concat(pieces).toString('utf8')).toBe(whole);
        for (const piece of pieces) expect(piece.buffer.byteLength).toBe(piece.length);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('keeps each piece below 1 MB, also where every character takes three bytes', () => {
    const pieces = [...utf8Slices(sliced('漢'.repeat(1_000_000)))];
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(1_000_000);
    expect(pieces.reduce((sum, piece) => sum + piece.length, 0)).toBe(3_000_000);
  });

  it('gives nothing for an empty text', () => {
    expect([...utf8Slices(sliced(''))]).toEqual([]);
  });
});
