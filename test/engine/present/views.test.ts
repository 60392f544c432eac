import { describe, expect, it } from 'vitest';

import {
  hoverMarkdown,
  hoverParts,
  patternPieces,
} from '../../../src/engine/present/hoverParts.ts';
import { lineMarks } from '../../../src/engine/present/lineMarks.ts';
import { findingsText, plainPaint, scanSummary } from '../../../src/engine/present/terminal.ts';
import { timeline } from '../../../src/engine/present/timeline.ts';
import { analysed, lines, ordinaryLines } from '../explain/analysedLogs.ts';
import { someFinding } from './someFinding.ts';

describe('lineMarks', () => {
  it('says the strongest reason and the count, in at most 60 characters', () => {
    expect(lineMarks([someFinding], { floor: 'low' })).toEqual([
      {
        line: 1188,
        endLine: 1188,
        severity: 'high',
        note: 'waited 4,812 ms, usually 3-210 · first of 212',
        rank: 1,
        repeats: [1203, 1290],
      },
    ]);
    const [long] = lineMarks(
      [{ ...someFinding, reasons: [], title: 'word '.repeat(40), count: 1_234_567 }],
      { floor: 'low' },
    );
    expect(Array.from(long?.note ?? '').length).toBeLessThanOrEqual(60);
    expect(long?.note).toMatch(/… · first of 1,234,567$/);
  });

  it('ends a long reason at a clause rather than in the middle of a word', () => {
    const [reason] = someFinding.reasons;
    const text = 'Never seen in the first 1,652 messages; 9 times from line 1,653 on.';
    const [mark] = lineMarks([{ ...someFinding, count: 9, reasons: [{ ...reason!, text }] }], {
      floor: 'low',
    });
    expect(mark?.note).toBe('Never seen in the first 1,652 messages · first of 9');
  });

  it('keeps to the floor, to line order and to one mark a line', () => {
    const marks = lineMarks(
      [
        { ...someFinding, rank: 1, line: 30, severity: 'medium' },
        { ...someFinding, rank: 2, line: 10, severity: 'low' },
        { ...someFinding, rank: 3, line: 30, severity: 'high' },
        { ...someFinding, rank: 4, line: 20, severity: 'high' },
      ],
      { floor: 'medium' },
    );
    expect(marks.map(({ line, rank }) => [line, rank])).toEqual([
      [20, 4],
      [30, 1],
    ]);
  });
});

describe('hover', () => {
  it('reads as the golden file says', async () => {
    const parts = hoverParts(someFinding, {
      first: '12:03:07',
      last: '12:09:51',
      count: 212,
      totalRecords: 48_120,
      sessions: 'sessions by req-<*> (212)',
      similar: [
        {
          similarity: 0.9,
          why: '3 shared patterns',
          incident: {
            id: 'i-1',
            savedAt: '2025-10-14T09:00:00.000Z',
            title: 'Pool of orders-db ran dry',
            logs: ['orders.log'],
            templates: [],
            exceptions: [],
            components: [],
            category: 'resource.handles',
            rootCause: 'pool too small',
            resolution: 'raised the pool to 80',
            status: 'confirmed',
            grade: null,
            origin: '',
            merged: [],
          },
        },
      ],
    });
    const links = [
      { title: 'Explain', target: 'command:faultline.explain' },
      { title: 'This is normal', target: 'command:faultline.markNormal?%5B1%5D' },
    ];
    await expect(hoverMarkdown(parts, links)).toMatchFileSnapshot('golden/hover.golden.txt');
  });

  it('splits a pattern into constant text and slots', () => {
    expect(patternPieces('a <*> b<*>')).toEqual([
      { kind: 'literal', text: 'a ' },
      { kind: 'slot', text: '<*>' },
      { kind: 'literal', text: ' b' },
      { kind: 'slot', text: '<*>' },
    ]);
  });
});

describe('timeline', () => {
  it('counts every record once and places marks in order', async () => {
    const analysis = await analysed(
      'a.log',
      lines(
        ordinaryLines(90),
        '2026-03-12T12:01:31.000Z ERROR store.Writer - disk full',
        ordinaryLines(9, 100),
      ),
    );
    const picture = timeline([analysis], 20);
    expect(picture?.axis).toBe('time');
    expect(picture?.records.reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(picture?.errors.reduce((sum, count) => sum + count, 0)).toBe(1);
    const places = picture?.marks.map(({ at }) => at) ?? [];
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('falls back to lines without times, and to nothing without records', async () => {
    const plain = await analysed('b.log', lines('alpha went', 'beta went', 'gamma went'));
    expect(timeline([plain], 3)).toMatchObject({ axis: 'line', start: 1, records: [1, 1, 1] });
    expect(timeline([await analysed('c.log', '')], 3)).toBeNull();
  });
});

describe('findings in a terminal', () => {
  it('says quiet when there is nothing, and counts by severity otherwise', () => {
    const counts = { lines: 12_345, files: 1 };
    expect(scanSummary({ ...counts, findings: [] }, plainPaint)).toBe('quiet: 12,345 lines read');
    expect(scanSummary({ ...counts, findings: [someFinding] }, plainPaint)).toBe(
      '1 finding (1 high): 12,345 lines read',
    );
    const shown = findingsText([{ ...someFinding, title: '\u001b[2Jcleared' }], plainPaint);
    expect(shown).toContain('◆ orders.log:1188 × 212  ␛[2Jcleared');
    expect(shown.split('\n')[1]).toContain('waited 4,812 ms');
  });
});
