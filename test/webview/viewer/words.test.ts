import { describe, expect, it } from 'vitest';
import type { SearchCount } from '../../../src/protocol/viewerApi.ts';
import {
  analysisText,
  changeText,
  foundText,
  lineCount,
  size,
} from '../../../webview/viewer/words.ts';

const found: SearchCount = {
  view: 'v',
  run: 1,
  matches: 40,
  lines: 30,
  scanned: 1,
  of: 2,
  strip: new Uint32Array(256),
  hits: new Float64Array(),
  done: false,
};

describe('words around the log', () => {
  it('tell an estimate from a count', () => {
    expect(lineCount(12, false)).toBe('~12 lines');
    expect(lineCount(1, true)).toBe('1 line');
  });

  it('give sizes in decimal units', () => {
    expect([0, 999, 1500, 1e9, 123.4e9].map(size)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.5 kB',
      '1.0 GB',
      '123 GB',
    ]);
  });

  it('say that a search goes on, that its position is unknown, and that nothing was found', () => {
    expect(foundText(found, 3)).toBe('3 of 30+');
    expect(foundText({ ...found, done: true }, null)).toBe('? of 30');
    expect(foundText({ ...found, lines: 0, done: true }, null)).toBe('No results');
  });

  it('say how long an analysis takes and what a stopped one has found', () => {
    const working = {
      kind: 'working',
      stage: 'Reading',
      share: 0.5,
      bytesPerSecond: 80e6,
      secondsLeft: 3.2,
    } as const;
    expect(analysisText(working, 0)).toBe('Reading 50% · 80.0 MB/s · 4 s left');
    expect(analysisText({ kind: 'cancelled' }, 2)).toBe('Analysis stopped · 2 findings so far');
  });

  it('tell what happened to a file, and nothing of mere growth', () => {
    expect(changeText({ kind: 'grew', from: 1, to: 2 })).toBeNull();
    expect(changeText({ kind: 'truncated', to: 1500 })).toContain('cut to 1.5 kB');
    expect(changeText({ kind: 'unreadable', message: 'No.', advice: 'Wait.' })).toBe('No. Wait.');
  });
});
