import { describe, expect, it } from 'vitest';

import { laneNote } from '../../../webview/viewer/legend.ts';

describe('the legend of a joined view', () => {
  it('says of which log the clock is off, and which has none', () => {
    expect(laneNote({ skew: 0, timed: true })).toBe('');
    // What is added to its times makes up for a clock that is behind.
    expect(laneNote({ skew: 2_500, timed: true })).toContain('behind');
    expect(laneNote({ skew: -61_000, timed: true })).toContain('ahead');
    expect(laneNote({ skew: 0, timed: false })).toBe('no times');
  });
});
