import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readFacts } from '../../../../src/engine/explain/knowledge/readFacts.ts';
import { builtInRules } from '../../../../src/engine/explain/rules/builtInRules.ts';
import { RuleBook } from '../../../../src/engine/explain/rules/ruleBook.ts';
import { readRuleFile } from '../../../../src/engine/explain/rules/ruleFile.ts';

const folder = 'src/engine/explain/rules';
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readRuleFile(readFileSync(join(folder, name), 'utf8'), name));
const rules = files.flatMap(({ family }) => family.rules);
const tests = files.flatMap((file) =>
  file.family.rules.map((rule) => ({
    rule,
    ...(file.tests.get(rule.id) ?? { hits: [], misses: [] }),
  })),
);
const book = new RuleBook(rules);
const idsFor = (text: string): string[] => book.match(text).map((hit) => hit.rule?.id ?? '');

/** A command that a check may hold: it looks and leaves everything as it is. */
const changing =
  /\b(?:rm|mv|kill|pkill|reboot|shutdown|restart|drop|truncate|delete|insert|update|apply|patch|scale|drain|cordon|prune|push|install|chmod|chown|mkfs|format|reset|flushall|systemctl (?:start|stop|enable|disable)|config set)\b/i;

describe('built-in rules', () => {
  it('are right, each file of them', () => {
    expect(files.flatMap(({ problems }) => problems.map(({ message }) => message))).toEqual([]);
  });

  it('are at least 150 over at least 20 families, all of them shipped', () => {
    expect(rules.length).toBeGreaterThanOrEqual(150);
    expect(new Set(rules.map(({ family }) => family)).size).toBeGreaterThanOrEqual(20);
    expect(
      builtInRules()
        .rules.map(({ id }) => id)
        .sort(),
    ).toEqual(rules.map(({ id }) => id).sort());
  });

  it('have ids of their own', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('have at least one hit and two near misses, which hold among all rules', () => {
    for (const { rule, hits, misses } of tests) {
      expect([rule.id, hits.length >= 1, misses.length >= 2]).toEqual([rule.id, true, true]);
      for (const hit of hits) expect(idsFor(hit), hit).toContain(rule.id);
      for (const miss of misses) expect(idsFor(miss), miss).not.toContain(rule.id);
    }
  });

  it('lead what is known about their own hits', () => {
    for (const { rule, hits } of tests) {
      if (rule.role === 'symptom') continue;
      for (const hit of hits) {
        const best = readFacts(hit, false, book)[0];
        expect(best?.rule === undefined ? `${rule.id}: ${best?.says ?? ''}` : '', hit).toBe('');
      }
    }
  });

  it('say a clause, and instruct in sentences', () => {
    for (const rule of rules) {
      const { id, title, says, checks, fixes, prevents, refs } = rule;
      const steps = [...checks, ...fixes, ...prevents];
      for (const text of [title, says, ...steps]) {
        expect(text, id).not.toMatch(/!(?!=)|\p{Extended_Pictographic}/u);
      }
      expect(says, id).not.toMatch(/[.;]$/);
      expect(title, id).not.toMatch(/\.$/);
      for (const step of steps) expect(step, id).toMatch(/^[A-Z].*\.$/);
      expect([id, checks.length > 0, fixes.length > 0, refs.length > 0]).toEqual([
        id,
        true,
        true,
        true,
      ]);
    }
  });

  it('only look in their checks', () => {
    for (const { id, checks } of rules) {
      for (const [command] of checks.flatMap((check) => [...check.matchAll(/`[^`]+`/g)])) {
        expect(command, id).not.toMatch(changing);
      }
    }
  });
});
