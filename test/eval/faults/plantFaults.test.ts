import { describe, expect, it } from 'vitest';
import { logStyles } from '../../../src/eval/faults/allStyles.ts';
import { generateLog } from '../../../src/eval/faults/generateLog.ts';
import { cleanText, everyKind, plantFaults } from '../../../src/eval/faults/plantFaults.ts';

describe('generated logs', () => {
  it.each(logStyles.map((style) => [style.name, style] as const))(
    '%s: same seed, same log, in order of time, about as long as asked',
    (_, style) => {
      const base = generateLog(style, 2000, 5);
      expect(cleanText(generateLog(style, 2000, 5))).toBe(cleanText(base));
      expect(cleanText(generateLog(style, 2000, 6))).not.toBe(cleanText(base));
      const lines = cleanText(base).trimEnd().split('\n');
      expect(lines.length).toBeGreaterThan(1500);
      expect(lines.length).toBeLessThan(4500);
      expect(cleanText(base)).not.toMatch(/\{\w+\}|undefined|NaN/);
    },
  );
});

describe('planted faults', () => {
  it('find a place in some kind of log each, and the clean log stays as it was', () => {
    const planted = new Set<string>();
    for (const style of logStyles) {
      const base = generateLog(style, 4000, 3);
      const before = cleanText(base);
      const faulty = plantFaults(base, everyKind, 1, 3);
      expect(cleanText(base)).toBe(before);
      expect(plantFaults(base, everyKind, 1, 3)).toEqual(faulty);
      const count = faulty.text.trimEnd().split('\n').length;
      for (const { kind, lines } of faulty.faults) {
        planted.add(kind);
        expect(lines.length).toBeGreaterThan(0);
        expect(Math.min(...lines)).toBeGreaterThan(0);
        expect(Math.max(...lines)).toBeLessThanOrEqual(count);
      }
    }
    expect([...planted].sort()).toEqual([...everyKind].sort());
  });

  it('change only what they say they change', () => {
    const base = generateLog(logStyles[0]!, 4000, 3);
    const clean = new Set(cleanText(base).split('\n'));
    for (const kind of ['value outlier', 'rare category', 'level shift', 'new error'] as const) {
      const { text, faults } = plantFaults(base, [kind], 1, 9);
      const changed = text
        .split('\n')
        .flatMap((line, index) => (clean.has(line) ? [] : [index + 1]));
      expect(changed).toEqual(faults[0]!.lines);
    }
  });
});
