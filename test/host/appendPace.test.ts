import { describe, expect, it } from 'vitest';
import { appendWait } from '../../src/host/appendPace.ts';

describe('when appended lines are looked at', () => {
  it('is at once for a line that comes alone', () => {
    expect(appendWait({ started: 1000, took: 5 }, 1100)).toBe(0);
  });

  it('leaves the engine as much time as it takes, in bounds', () => {
    expect(appendWait({ started: 1000, took: 5 }, 1010)).toBe(30);
    expect(appendWait({ started: 1000, took: 100 }, 1100)).toBe(100);
    expect(appendWait({ started: 1000, took: 9000 }, 1100)).toBe(400);
  });
});
