import { describe, expect, it } from 'vitest';
import { parseLineQuery } from '../../../src/host/viewer/lineQuery.ts';
import { selectionText } from '../../../src/host/viewer/selectionText.ts';

describe('parseLineQuery', () => {
  it('takes lines, with or without marks between the digits', () => {
    expect(parseLineQuery(' 1200 ', 10)).toEqual({ kind: 'line', line: 1200 });
    expect(parseLineQuery('1,204,000', 10)).toEqual({ kind: 'line', line: 1_204_000 });
    expect(parseLineQuery('0', 10)).toEqual({ kind: 'line', line: 1 });
  });

  it('takes shares of the bytes', () => {
    expect(parseLineQuery('50%', 1000)).toEqual({ kind: 'byte', byte: 500 });
    expect(parseLineQuery('12.5 %', 1000)).toEqual({ kind: 'byte', byte: 125 });
    expect(parseLineQuery('100%', 1000)).toEqual({ kind: 'end' });
  });

  it('takes nothing else', () => {
    for (const text of ['', 'x', '-3', '101%', '1.5', '1e9', '9'.repeat(16)]) {
      expect(parseLineQuery(text, 1000), text).toBeNull();
    }
  });
});

describe('selectionText', () => {
  it('says lines and how long they took', () => {
    const size = { lines: 1204, characters: 9, milliseconds: 192_000 };
    expect(selectionText(size, 'en')).toBe('1,204 lines · 3 min 12 s');
    expect(selectionText({ ...size, milliseconds: null }, 'en')).toBe('1,204 lines');
  });

  it('counts characters within a line', () => {
    expect(selectionText({ lines: 1, characters: 1, milliseconds: 0 }, 'en')).toBe('1 character');
  });

  it('says so where the log goes back', () => {
    const size = { lines: 2, characters: 9, milliseconds: -5_000 };
    expect(selectionText(size, 'en')).toBe('2 lines · −5 s');
  });
});
