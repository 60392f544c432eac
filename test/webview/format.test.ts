import { describe, expect, it } from 'vitest';
import { clock, dayAndClock } from '../../webview/format.ts';

describe('times in the panel', () => {
  it('are what the log wrote, with the day where several days are shown', () => {
    expect(clock('2026-01-25T04:03:02.123Z')).toBe('04:03:02.123');
    expect(dayAndClock('2026-01-25T04:03:02.123Z')).toBe('01-25 04:03:02');
  });
});
