import { describe, expect, it } from 'vitest';

import {
  filesOf,
  lastInPlace,
  lineAtPlace,
  placeInLog,
} from '../../../src/engine/record/placeInLog.ts';

const parts = [
  { path: 'app.log.1', start: 0, firstLine: 0 },
  { path: 'app.log', start: 100, firstLine: 10 },
];
const whole = { path: 'app.log', parts, lineCount: 25 };
/** Lines 8 to 12 and 20 to 25 of it. */
const excerpt = {
  ...whole,
  lineCount: 11,
  excerpt: {
    lines: 25,
    bytes: 250,
    pieces: [
      { first: 0, before: 7 },
      { first: 5, before: 19 },
    ],
  },
};

describe('places in the files of a log', () => {
  it('finds the file and the line of each line, and back', () => {
    expect(placeInLog(whole, 10)).toEqual({ path: 'app.log.1', line: 10 });
    expect(placeInLog(whole, 11)).toEqual({ path: 'app.log', line: 1 });
    expect(placeInLog(excerpt, 6)).toEqual({ path: 'app.log', line: 10 });
    for (const log of [whole, excerpt]) {
      for (let line = 1; line <= log.lineCount; line += 1) {
        expect(lineAtPlace(log, placeInLog(log, line))).toBe(line);
      }
    }
  });

  it('knows no place behind the end of a file, in another file, or that was left out', () => {
    expect(lineAtPlace(whole, { path: 'app.log.1', line: 11 })).toBeNull();
    expect(lineAtPlace(whole, { path: 'app.log', line: 16 })).toBeNull();
    expect(lineAtPlace(whole, { path: 'other.log', line: 1 })).toBeNull();
    expect(lineAtPlace(excerpt, { path: 'app.log.1', line: 1 })).toBeNull();
  });

  it('ends what stands together where a file or a piece ends', () => {
    expect(lastInPlace(whole, 9)).toBe(10);
    expect(lastInPlace(whole, 11)).toBe(25);
    expect([1, 3, 4, 6].map((line) => lastInPlace(excerpt, line))).toEqual([3, 3, 5, 11]);
  });

  it('takes a log in one file as it is', () => {
    const plain = { path: 'a.log', lineCount: 3 };
    expect(placeInLog(plain, 2)).toEqual({ path: 'a.log', line: 2 });
    expect(lineAtPlace(plain, { path: 'a.log', line: 2 })).toBe(2);
    expect(filesOf(plain)).toEqual(['a.log']);
    expect(lastInPlace(plain, 2)).toBe(3);
  });
});
