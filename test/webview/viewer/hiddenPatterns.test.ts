import { describe, expect, it } from 'vitest';
import { HiddenPatterns, LinePattern } from '../../../webview/viewer/hiddenPatterns.ts';
import { row } from './someRows.ts';

const stamp = '2026-01-05T10:00:00.000Z INFO  [web-3] ';

function matches(template: string, line: string, isWhole = true): boolean | undefined {
  return LinePattern.of(template)?.matches(line, isWhole);
}

describe('a pattern', () => {
  it('knows its lines whatever stands before the message and in its places', () => {
    const template = 'request <*> answered <*> in <*> ms';
    expect(matches(template, `${stamp}request 7 answered 200 in 12 ms`)).toBe(true);
    expect(matches(template, `${stamp}request  7  answered 200 in 12 ms  `)).toBe(true);
    expect(matches(template, `${stamp}request 7 answered 200 in 12 ms, late`)).toBe(false);
    expect(matches(template, `${stamp}request 7 in 12 ms`)).toBe(false);
    expect(matches(template, `${stamp}prerequest 7 answered 200 in 12 ms`)).toBe(false);
  });

  it('without places is the whole message', () => {
    expect(matches('cache warm', `${stamp}cache warm`)).toBe(true);
    expect(matches('cache warm', `${stamp}no cache warm`)).toBe(true);
    expect(matches('cache warm', `${stamp}subcache warm`)).toBe(false);
    expect(matches('cache warm', `${stamp}cache warmed`)).toBe(false);
  });

  it('does not ask for the end of a line that was cut', () => {
    expect(matches('body <*> end', `${stamp}body xxxx`, false)).toBe(false);
    expect(matches('body <*>', `${stamp}body xxxx`, false)).toBe(true);
  });

  it('of values alone is none', () => {
    expect(LinePattern.of('<*> <*>: <*>')).toBeNull();
    expect(LinePattern.of('')).toBeNull();
  });
});

describe('lines of hidden patterns', () => {
  const noise = { text: 'tick 1' };

  it('become one row that knows how many they are', () => {
    const hidden = new HiddenPatterns();
    expect(hidden.set(['tick <*>'])).toBe(true);
    const rows = hidden.folded([row(0), row(1, noise), row(2, noise), row(3), row(4, noise)]);
    expect(rows.map(({ byte, bytes, text }) => [byte, bytes, text])).toEqual([
      [0, 10, 'line 0'],
      [10, 20, ''],
      [30, 10, 'line 3'],
      [40, 10, ''],
    ]);
    expect(rows.map((one) => hidden.countOf(one))).toEqual([0, 2, 0, 1]);
  });

  it('take further lines of their record along', () => {
    const hidden = new HiddenPatterns();
    hidden.set(['tick <*>']);
    const rows = hidden.folded([row(0, noise), row(1, { continues: true }), row(2)]);
    expect(rows.map((one) => hidden.countOf(one))).toEqual([2, 0]);
  });

  it('are joined where two readings meet', () => {
    const hidden = new HiddenPatterns();
    hidden.set(['tick <*>']);
    const [one] = hidden.folded([row(0, noise), row(1, noise)]);
    const [other] = hidden.folded([row(2, noise)]);
    const joined = hidden.join(one!, other!);
    expect(joined).toMatchObject({ byte: 0, bytes: 30 });
    expect(hidden.countOf(joined!)).toBe(3);
    expect(hidden.join(one!, row(2))).toBeNull();
  });

  it('are shown where one of them was gone to', () => {
    const hidden = new HiddenPatterns();
    hidden.set(['tick <*>']);
    hidden.except(10);
    const rows = hidden.folded([row(0, noise), row(1, noise), row(2, noise)]);
    expect(rows.map((one) => hidden.countOf(one))).toEqual([1, 0, 1]);
  });

  it('stay as they were where a pattern says too little', () => {
    const hidden = new HiddenPatterns();
    hidden.set(['tick <*>']);
    expect(hidden.set(['tick <*>', '<*>'])).toBe(false);
    expect(hidden.templates).toEqual(['tick <*>']);
  });
});
