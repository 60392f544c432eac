import { describe, expect, it } from 'vitest';

import { readRuleFile } from '../../../../src/engine/explain/rules/ruleFile.ts';

const file = (...rules: string[]): string =>
  `family: shop\nproduct: Shop\nrules:\n${rules.join('\n')}\n`;

const rule = (id: string, match: string, rest = ''): string =>
  `  - id: ${id}
    title: The ledger is closed
    category: config.invalid
    says: the ledger was closed
    match: ${match}
${rest}`;

const problemsOf = (yaml: string): string[] =>
  readRuleFile(yaml, 'rules.yaml').problems.map(({ message }) => message);

describe('readRuleFile', () => {
  it('fills in what is left out', () => {
    const { family, problems } = readRuleFile(
      file(rule('shop-ledger', '{ phrases: [Ledger is closed] }')),
      'rules.yaml',
    );
    expect(problems).toEqual([]);
    expect(family.rules[0]).toMatchObject({
      id: 'shop-ledger',
      product: 'Shop',
      role: 'cause',
      strength: 0.85,
      phrases: ['ledger is closed'],
      checks: [],
    });
  });

  it('names file, line and rule of what is wrong, and keeps the others', () => {
    const { family, problems } = readRuleFile(
      file(
        rule('shop-good', '{ phrases: [ledger is closed] }'),
        rule('shop-bad', '{ patterns: ["ledger (is closed"] }'),
      ),
      '.faultline/rules.yaml',
    );
    expect(family.rules.map(({ id }) => id)).toEqual(['shop-good']);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.reason).toBe('rule-invalid');
    expect(problems[0]?.message).toMatch(/^\.faultline\/rules\.yaml:10: rule "shop-bad": .*RE2/);
    expect(problems[0]?.advice).toContain('docs/rules.md');
  });

  it.each([
    ['text that is not YAML', 'rules: [', /not YAML/],
    ['a file without rules', 'family: shop\nproduct: Shop\n', /rules/],
    ['nothing', '', /./],
    [
      'an unknown field',
      file(rule('a-b', '{ phrases: [ledger closed] }', '    colour: red')),
      /colour/,
    ],
    [
      'a category of its own',
      file(rule('a-b', '{ phrases: [ledger closed] }')).replace('config.invalid', 'bad.luck'),
      /category/,
    ],
    ['no way to match', file(rule('a-b', '{}')), /give phrases or patterns/],
    ['a phrase that stands everywhere', file(rule('a-b', '{ phrases: [in] }')), /shorter than 4/],
    [
      'a pattern without a literal part',
      file(rule('a-b', "{ patterns: ['[a-z]+ \\d+'] }")),
      /literal part/,
    ],
    [
      'alternatives at the top',
      file(rule('a-b', "{ patterns: ['ledger|booking'] }")),
      /literal part/,
    ],
    ['look-around, which RE2 has not', file(rule('a-b', "{ patterns: ['ledger(?=x)'] }")), /RE2/],
    [
      'a capture that not every pattern has',
      file(
        rule('a-b', "{ patterns: ['ledger (?P<name>\\S+)', 'booking refused'] }").replace(
          'the ledger was',
          'the ledger {name} was',
        ),
      ),
      /\{name\}/,
    ],
    [
      'a hit that it does not find',
      file(rule('a-b', '{ phrases: [ledger closed] }', '    tests: { hits: [all is well] }')),
      /does not find "all is well"/,
    ],
    [
      'a near miss that it finds',
      file(
        rule('a-b', '{ phrases: [ledger closed] }', '    tests: { misses: [the ledger closed] }'),
      ),
      /finds "the ledger closed"/,
    ],
    [
      'an id twice',
      file(
        rule('a-b', '{ phrases: [ledger closed] }'),
        rule('a-b', '{ phrases: [booking refused] }'),
      ),
      /same id/,
    ],
  ])('tells of %s', (_, yaml, said) => {
    const problems = problemsOf(yaml);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(said);
    expect(problems[0]).toContain('rules.yaml');
  });

  it('stops at aliases that multiply', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i++) {
      const name = String.fromCharCode(97 + i);
      const last = String.fromCharCode(96 + i);
      bomb.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${last}`).join(', ')}]`);
    }
    expect(problemsOf(bomb.join('\n'))).toHaveLength(1);
  });
});
