import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { EvidenceList } from '../../../src/engine/explain/evidence.ts';
import { lines, readOnly } from './analysedLogs.ts';

describe('EvidenceList', () => {
  it('stays within its budget, with whole lines only, whatever is cited', async () => {
    const long = Array.from(
      { length: 200 },
      (_, index) => `${index} ${'word '.repeat(index * 3)}end`,
    );
    const analysis = await readOnly('wide.log', lines(long));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(199), fc.nat(20)), { maxLength: 120 }), (cited) => {
        const list = new EvidenceList([analysis]);
        for (const [at, more] of cited) list.citeLines(0, at + 1, Math.min(200, at + 1 + more));
        expect(list.items.length).toBeLessThanOrEqual(60);
        const chars = list.items.reduce((sum, { text }) => sum + text.length, 0);
        expect(chars / 3).toBeLessThanOrEqual(8000);
        for (const { text, line } of list.items) {
          text.split('\n').forEach((each, index) => {
            expect(each).toBe(long[line - 1 + index]?.slice(0, 2000));
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('numbers a place once', async () => {
    const list = new EvidenceList([await readOnly('a.log', lines('one', 'two'))]);
    expect([list.citeLines(0, 2, 2), list.citeLines(0, 1, 1), list.citeLines(0, 2, 2)]).toEqual([
      'E1',
      'E2',
      'E1',
    ]);
    expect(list.items.map(({ text }) => text)).toEqual(['two', 'one']);
  });
});
