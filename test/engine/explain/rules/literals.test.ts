import * as fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';

import { builtInRules } from '../../../../src/engine/explain/rules/builtInRules.ts';
import { LiteralIndex } from '../../../../src/engine/explain/rules/literalIndex.ts';
import { requiredLiteral } from '../../../../src/engine/explain/rules/requiredLiteral.ts';

describe('requiredLiteral', () => {
  it.each([
    ['could not extend file "(?P<file>[^"]+)"', 'could not extend file "'],
    ['colou?r of the table', 'r of the table'],
    ['ab+cdef', 'cdef'],
    ['(?:foo|bar) happened', ' happened'],
    ['one|two', ''],
    ['x{2,3}ledger', 'ledger'],
    ['\\[ERROR\\] x', '[error] x'],
    ['\\bjob\\b\\d+', 'job'],
    ['[)(|]closed', 'closed'],
    ['[^]]open', 'open'],
    ['a(b(c)d)efg', 'efg'],
    ['\\x{41}bcd\\p{Greek}ef', 'bcd'],
    ['.*', ''],
  ])('of %s is %j', (pattern, literal) => {
    expect(requiredLiteral(pattern)).toBe(literal);
  });

  it('stands in whatever the built-in patterns find', () => {
    for (const { patterns } of builtInRules().rules) {
      for (const { source, needs } of patterns) {
        // What only the literal lacks is not found: every other part may still be there.
        const pattern = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
        expect(pattern.matcher(needs.slice(1)).find() && !needs.slice(1).includes(needs)).toBe(
          false,
        );
      }
    }
  });
});

describe('LiteralIndex', () => {
  it('finds what indexOf finds, all of it', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', 'ß'),
      minLength: 1,
      maxLength: 4,
    });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ß', ' '), maxLength: 40 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), text, (literals, lower) => {
        const found: string[] = [];
        new LiteralIndex(literals).scan(lower, (literal, at) => found.push(`${literal}@${at}`));
        const expected: string[] = [];
        literals.forEach((literal, id) => {
          for (let at = lower.indexOf(literal); at >= 0; at = lower.indexOf(literal, at + 1)) {
            expected.push(`${id}@${at}`);
          }
        });
        expect(found.sort()).toEqual(expected.sort());
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
