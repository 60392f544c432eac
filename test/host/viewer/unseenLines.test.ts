import { describe, expect, it } from 'vitest';
import { UnseenLines } from '../../../src/host/viewer/unseenLines.ts';

describe('lines that came while nobody looked', () => {
  it('begin where the log grew first', () => {
    const unseen = new UnseenLines();
    expect(unseen.grew(100, true)).toBe(true);
    expect(unseen.grew(200, true)).toBe(false);
    expect(unseen.from).toBe(100);
  });

  it('are none while the page moves with the end, and somebody looks at it', () => {
    const unseen = new UnseenLines();
    unseen.follows(true);
    expect(unseen.grew(100, true)).toBe(false);
    expect(unseen.grew(200, false)).toBe(true);
    expect(unseen.from).toBe(200);
  });

  it('are seen once the page goes to the end, or the reader leaves after reading all', () => {
    const unseen = new UnseenLines();
    unseen.grew(100, true);
    expect(unseen.follows(true)).toBe(true);
    expect(unseen.from).toBeNull();
    unseen.follows(false);
    unseen.grew(100, true);
    unseen.saw(150);
    unseen.left(200);
    expect(unseen.from).toBe(100);
    unseen.saw(200);
    unseen.left(200);
    expect(unseen.from).toBeNull();
  });
});
