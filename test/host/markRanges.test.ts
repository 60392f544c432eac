import { describe, expect, it } from 'vitest';
import { markLines } from '../../src/host/markRanges.ts';
import { lineMark } from './logMarks.ts';

const everywhere = [{ from: 0, to: 1_000_000 }];

describe('markLines', () => {
  it('marks first lines by severity and leaves further ones to the ruler', () => {
    const lines = markLines(
      [
        lineMark({ rank: 1, line: 5, severity: 'high', repeats: [9, 20] }),
        lineMark({ rank: 2, line: 3, severity: 'medium' }),
        lineMark({ rank: 3, line: 7, severity: 'low', repeats: [8] }),
      ],
      'low',
      everywhere,
      100,
    );
    expect(lines.high).toEqual([5]);
    expect(lines.medium).toEqual([3]);
    expect(lines.repeat).toEqual([9, 20]);
    expect(lines.notes.map(({ line }) => line)).toEqual([3, 5, 7]);
  });

  it('shows nothing below the floor', () => {
    const marks = [
      lineMark({ rank: 1, line: 1, severity: 'high' }),
      lineMark({ rank: 2, line: 2, severity: 'medium', repeats: [4] }),
    ];
    const lines = markLines(marks, 'high', everywhere, 100);
    expect(lines).toMatchObject({ high: [1], medium: [], repeat: [] });
    expect(lines.notes).toHaveLength(1);
  });

  it('lets the strongest of two findings have a line', () => {
    const marks = [
      lineMark({ rank: 2, line: 4, severity: 'medium', note: 'weaker', repeats: [6] }),
      lineMark({ rank: 1, line: 4, severity: 'high', note: 'stronger' }),
      lineMark({ rank: 3, line: 6, severity: 'medium' }),
    ];
    const lines = markLines(marks, 'medium', everywhere, 100);
    expect(lines).toMatchObject({ high: [4], medium: [6], repeat: [] });
    expect(lines.notes[0]).toEqual({ line: 4, text: 'stronger' });
  });

  it('writes notes for visible lines only', () => {
    const marks = Array.from({ length: 50 }, (_, index) =>
      lineMark({ rank: index, line: index * 10 }),
    );
    const lines = markLines(marks, 'medium', [{ from: 95, to: 120 }], 1_000);
    expect(lines.notes.map(({ line }) => line)).toEqual([100, 110, 120]);
    expect(lines.high).toHaveLength(50);
  });

  it('keeps lines that the document no longer has out of the editor', () => {
    const marks = [lineMark({ line: 9, repeats: [50] }), lineMark({ rank: 2, line: 99 })];
    expect(markLines(marks, 'medium', everywhere, 20)).toMatchObject({ high: [9], repeat: [] });
  });

  it('bounds the ruler and still covers the whole file', () => {
    const repeats = Array.from({ length: 50_000 }, (_, index) => index * 2 + 1);
    const { repeat } = markLines([lineMark({ repeats })], 'medium', [], 100_000);
    expect(repeat.length).toBeLessThanOrEqual(1_000);
    expect(repeat.length).toBeGreaterThan(900);
    expect(repeat.at(-1)).toBeGreaterThan(99_000);
  });

  it('takes control and direction characters of the log out of notes', () => {
    const marks = [lineMark({ note: 'a\u001b[31mb\u202ec\nd' })];
    expect(markLines(marks, 'medium', everywhere, 10).notes[0]?.text).toBe('a [31mb c d');
  });
});
