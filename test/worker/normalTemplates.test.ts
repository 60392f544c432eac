import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NormalTemplates } from '../../src/worker/normalTemplates.ts';

const normal = new NormalTemplates([
  'waited <*> ms for a connection',
  'user=<*> host=<*> logged in',
  '<*> <*>',
]);

describe('NormalTemplates', () => {
  it('knows a pattern as it was marked', () => {
    expect(normal.has('waited <*> ms for a connection')).toBe(true);
    expect(normal.has('waited <*> ms for a lock')).toBe(false);
  });

  it('knows the same message where another log gave it a finer pattern', () => {
    expect(normal.has('waited 30000 ms for a connection')).toBe(true);
    expect(normal.has('user=root host=<*> logged in')).toBe(true);
    expect(normal.has('user=root port=<*> logged in')).toBe(false);
    expect(normal.has('waited <*> ms for a connection pool')).toBe(false);
  });

  it('never lets a pattern of slots alone cover other lines', () => {
    expect(normal.has('<*> <*>')).toBe(true);
    expect(normal.has('disk failed')).toBe(false);
  });

  it('covers whatever a slot stands for, and stays linear in hostile words', () => {
    const value = fc.stringMatching(/^[^\s<>]{0,20}$/);
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(normal.has(`user=${a} host=${b} logged in`)).toBe(true);
      }),
      { seed: 4 },
    );
    const hostile = new NormalTemplates([`${'a<*>'.repeat(2_000)}b`]);
    expect(hostile.has('a'.repeat(100_000))).toBe(false);
  });
});
