import { describe, expect, it } from 'vitest';

import { explainLogs } from '../../../src/engine/explain/explainLogs.ts';
import { RuleBook } from '../../../src/engine/explain/rules/ruleBook.ts';
import { lines, ordinaryLines, readOnly } from './analysedLogs.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 2, 12, 12, 0, second)).toISOString();
const log = lines(
  ordinaryLines(120),
  `${at(121)} ERROR db.Main - could not extend file "base/7/4411": No space left on device`,
  `${at(123)} ERROR web.Orders - POST /orders status=503`,
  ordinaryLines(20, 130),
);

describe('a report on what a rule knows', () => {
  it('names the rule, and recommends what it says, with its references', async () => {
    const told = explainLogs({ analyses: [await readOnly('db.log', log)] });
    expect(told.rootCause.category).toBe('resource.disk');
    expect(told.rootCause.statement).toMatch(
      /^PostgreSQL could not grow the file base\/7\/4411 because its disk was full in db\.Main, first at db\.log:121/,
    );
    const [cause] = told.sentences;
    expect(cause?.basis).toEqual({ kind: 'rule', detail: 'pg-disk-full' });
    expect(cause?.evidence).toContain('E1');
    const steps = told.recommendations.filter(({ basis }) => basis.startsWith('rule '));
    expect(steps.map(({ kind }) => kind)).toEqual(['verify', 'verify', 'fix', 'prevent']);
    expect(steps[0]?.basis).toMatch(/^rule pg-disk-full \(E1/);
    expect(steps[0]?.refs?.[0]).toMatch(/^https:\/\/www\.postgresql\.org\//);
    // What the rule does not cover still comes from general knowledge.
    expect(told.recommendations.filter(({ kind }) => kind === 'mitigate')).toHaveLength(1);
  });

  it('says as much as general words know where no rule holds', async () => {
    const analyses = [await readOnly('db.log', log)];
    const told = explainLogs({ analyses, rules: new RuleBook([]) });
    expect(told.rootCause.category).toBe('resource.disk');
    expect(told.sentences[0]?.basis.kind).toBe('knowledge');
    expect(told.recommendations.some(({ basis }) => basis.startsWith('rule '))).toBe(false);
  });

  it('gives every sentence a basis, and evidence that exists', async () => {
    for (const question of ['', 'why were orders refused?']) {
      const told = explainLogs({ analyses: [await readOnly('db.log', log)], question });
      expect(told.sentences.map(({ text }) => text).join(' ')).toBe(told.summary);
      const ids = new Set(told.evidence.map(({ id }) => id));
      for (const { basis, evidence } of told.sentences) {
        expect(basis.detail).not.toBe('');
        expect(evidence.filter((id) => !ids.has(id))).toEqual([]);
      }
    }
  });

  it('tells where an unknown pattern began, and that nothing more is known', async () => {
    const odd = lines(
      ordinaryLines(120),
      `${at(121)} ERROR db.Main - zorbling of the quux 41`,
      ordinaryLines(20, 130),
    );
    const good = await readOnly('good.log', lines(ordinaryLines(140)));
    const told = explainLogs({ analyses: [await readOnly('db.log', odd)], baseline: [good] });
    expect(told.rootCause.category).toBe('unknown');
    expect(told.summary).toMatch(
      /pattern that the good run does not have in db\.Main, first at db\.log:121 at 12:02:01: “zorbling/i,
    );
    expect(told.sentences[0]?.basis).toEqual({ kind: 'statistic', detail: 'not in the good run' });
  });
});
