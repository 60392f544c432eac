import { describe, expect, it } from 'vitest';

import { builtInRules } from '../../../../src/engine/explain/rules/builtInRules.ts';
import { RuleBook } from '../../../../src/engine/explain/rules/ruleBook.ts';
import { readRuleFile } from '../../../../src/engine/explain/rules/ruleFile.ts';
import { compileUserRules } from '../../../../src/engine/explain/rules/userRules.ts';

const ledgerFile = (says: string, id = 'shop-ledger'): string => `
family: shop
product: Shop
rules:
  - id: ${id}
    title: The ledger is closed
    category: config.invalid
    says: ${says}
    match:
      patterns: ['ledger "(?P<ledger>[^"]*)" is closed']
      not: [test ledger]
    checks: ['See it with \`shopctl show {ledger}\`.']
`;
const bookOf = (yaml: string): RuleBook =>
  new RuleBook(readRuleFile(yaml, 'rules.yaml').family.rules);
const book = bookOf(ledgerFile('the ledger {ledger} was closed'));

describe('RuleBook', () => {
  it('puts what was captured into what it says and checks', () => {
    const [hit] = book.match('ERROR booking refused: Ledger "2026-02" is closed');
    expect(hit?.says).toBe('the ledger 2026-02 was closed');
    expect(hit?.words).toBe('Ledger "2026-02" is closed');
    expect(hit?.rule?.checks).toEqual(['See it with `shopctl show 2026-02`.']);
  });

  it.each(['$(reboot)', 'x; reboot', '`reboot`', '-rf /', 'a b', '', '../x|y', 'x\ny'])(
    'puts no captured %j into a command',
    (value) => {
      const [hit] = book.match(`ledger "${value}" is closed`);
      expect(hit?.rule?.checks).toEqual(['See it with `shopctl show LEDGER`.']);
    },
  );

  it('is silent where a text speaks against it', () => {
    expect(book.match('test ledger "a" is closed')).toEqual([]);
    expect(book.match('ledger "a" is open')).toEqual([]);
  });

  it('finds phrases as whole words only, and not what is denied', () => {
    const phrases = bookOf(
      ledgerFile('it was closed')
        .replace(/patterns: .*/, 'phrases: [ledger jam]')
        .replace(/\{ledger\}/, 'it'),
    );
    expect(phrases.match('LEDGER JAM at 12')).toHaveLength(1);
    expect(phrases.match('ledger jammed')).toEqual([]);
    expect(phrases.match('no ledger jam')).toEqual([]);
  });

  it('lets rules of a reader take the place of those with the same id', () => {
    const { rules } = compileUserRules([
      { path: 'mine.yaml', text: ledgerFile('my ledger {ledger} was closed') },
    ]);
    const both = book.with(rules);
    expect(both.match('ledger "a" is closed').map(({ says }) => says)).toEqual([
      'my ledger a was closed',
    ]);
  });

  it('takes time that grows with the text only, whatever stands there', () => {
    // Repeated starts of many patterns, near misses of bounded gaps, and characters of other scripts.
    const hostile = [
      'could not extend file "'.repeat(4000),
      `${'a'.repeat(50_000)}!`,
      `could not extend file "${'x'.repeat(50_000)}`,
      'lookup lookup on on : : no such hos'.repeat(3000),
      'İ'.repeat(50_000),
      '\u0000'.repeat(50_000),
      `${'['.repeat(25_000)}${']'.repeat(25_000)}`,
    ];
    for (const text of hostile) expect(builtInRules().match(text).length).toBeLessThan(10);
  });
});

describe('compileUserRules', () => {
  it('keeps the first of two rules with one id, and says which file has it', () => {
    const { rules, problems } = compileUserRules([
      { path: 'a.yaml', text: ledgerFile('first') },
      { path: 'b.yaml', text: ledgerFile('second') },
      { path: 'c.yaml', text: '{' },
    ]);
    expect(rules.map(({ says }) => says)).toEqual(['first']);
    expect(problems.map(({ reason }) => reason)).toEqual(['rule-invalid', 'rule-invalid']);
    expect(problems[0]?.message).toBe('b.yaml: rule "shop-ledger" stands in a.yaml already.');
    expect(problems[1]?.message).toMatch(/^c\.yaml: /);
  });
});
