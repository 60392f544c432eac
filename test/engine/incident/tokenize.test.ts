import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../../../src/engine/incident/tokenize.ts';

describe('tokenize', () => {
  it('keeps codes, exceptions and parts of names', () => {
    expect(tokenize('ORA-01555 in PoolTimeoutError at /srv/app/orderService.js')).toEqual(
      expect.arrayContaining([
        'ora',
        '01555',
        'pooltimeouterror',
        'timeout',
        'srv',
        'orderservice',
        'order',
        'service',
      ]),
    );
  });

  it('is total and bounded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        for (const token of tokenize(text)) expect(token.length).toBeGreaterThan(1);
      }),
    );
    expect(tokenize('ab '.repeat(100_000)).length).toBeLessThanOrEqual(2001);
  });
});
