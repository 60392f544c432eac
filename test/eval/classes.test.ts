import { describe, expect, it } from 'vitest';

import { commonest, macroF1 } from '../../src/eval/metrics/classes.ts';

describe('classes', () => {
  it('count the same however rare they are', () => {
    const cases = [
      ...Array.from({ length: 8 }, () => ({ truth: 'a', said: 'a' })),
      { truth: 'b', said: 'a' },
      { truth: 'b', said: 'b' },
    ];
    // a: 2 * 8 / (8 + 9); b: 2 * 1 / (2 + 1)
    expect(macroF1(cases)).toBeCloseTo((16 / 17 + 2 / 3) / 2);
    expect(macroF1(cases.map((item) => ({ ...item, said: 'c' })))).toBe(0);
  });

  it('say which is commonest, the same whatever the order', () => {
    expect(commonest(['b', 'a', 'b', 'a'])).toBe('a');
    expect(commonest(['b', 'a', 'b'])).toBe('b');
  });
});
