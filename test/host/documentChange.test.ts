import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyChange, growth, mergeWork } from '../../src/host/documentChange.ts';

const insert = (rangeOffset: number, text: string) => ({ rangeOffset, rangeLength: 0, text });

describe('classifyChange', () => {
  it('takes an insertion at the end as an append', () => {
    expect(classifyChange(10, [insert(10, 'more\n')])).toEqual({
      kind: 'append',
      texts: ['more\n'],
    });
  });

  it('takes everything else as an edit', () => {
    expect(classifyChange(10, [insert(9, 'x')])).toEqual({ kind: 'all' });
    expect(classifyChange(10, [{ rangeOffset: 8, rangeLength: 2, text: 'xyz' }])).toEqual({
      kind: 'all',
    });
    expect(classifyChange(10, [insert(10, 'a'), insert(3, 'b')])).toEqual({ kind: 'all' });
  });

  it('takes a last line that goes on as an append where the editor has loaded the file anew', () => {
    const longer = [{ rangeOffset: 5, rangeLength: 5, text: 'longer line\n' }];
    expect(classifyChange(10, longer, true)).toEqual({
      kind: 'append',
      texts: ['longer line\n'],
    });
    expect(classifyChange(10, longer)).toEqual({ kind: 'all' });
    expect(classifyChange(11, longer, true)).toEqual({ kind: 'all' });
    const shorter = [{ rangeOffset: 5, rangeLength: 5, text: 'end\n' }];
    expect(classifyChange(10, shorter, true)).toEqual({ kind: 'all' });
  });

  it('reads an empty log from its start: it has shown no encoding and no format yet', () => {
    expect(classifyChange(0, [insert(0, 'first line\n')])).toEqual({ kind: 'all' });
  });

  it('asks for nothing where nothing changed', () => {
    expect(classifyChange(10, [])).toBeNull();
    expect(classifyChange(10, [insert(10, '')])).toBeNull();
  });
});

describe('growth', () => {
  it('follows any sequence of edits', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.string()), { maxLength: 20 });
    fc.assert(
      fc.property(fc.string(), edits, (start, sequence) => {
        let text = start;
        let length = start.length;
        for (const [at, cut, added] of sequence) {
          const rangeOffset = at % (text.length + 1);
          const rangeLength = Math.min(cut, text.length - rangeOffset);
          const change = { rangeOffset, rangeLength, text: added };
          length += growth([change]);
          text = text.slice(0, rangeOffset) + added + text.slice(rangeOffset + rangeLength);
          expect(length).toBe(text.length);
        }
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});

describe('mergeWork', () => {
  it('joins appends in order and gives way to an edit', () => {
    const a = { kind: 'append', texts: ['a'] } as const;
    const b = { kind: 'append', texts: ['b'] } as const;
    expect(mergeWork(null, a)).toBe(a);
    expect(mergeWork(a, b)).toEqual({ kind: 'append', texts: ['a', 'b'] });
    expect(mergeWork(a, { kind: 'all' })).toEqual({ kind: 'all' });
    expect(mergeWork({ kind: 'all' }, b)).toEqual({ kind: 'all' });
  });
});
