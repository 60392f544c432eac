import { describe, expect, it } from 'vitest';

import type { Explanation } from '../../../src/engine/explain/explanation.ts';
import type { GoldItem } from '../../../src/eval/scenarios/generateScenario.ts';
import { readStory } from '../../../src/eval/scenarios/story.ts';
import { kendallTau, scoreExplanation } from '../../../src/eval/scenarios/scoreScenario.ts';

const gold: readonly GoldItem[] = [
  { isCause: true, step: 0, at: [{ path: 'a', line: 10, endLine: 12 }] },
  { isCause: false, step: 1, at: [20, 24].map((line) => ({ path: 'a', line, endLine: line })) },
  { isCause: false, step: 2, at: [{ path: 'b', line: 3, endLine: 3 }] },
];

function told(
  cited: readonly string[],
  timeline: readonly string[],
  verdict: Explanation['verdict'] = 'probable',
): Explanation {
  const item = (id: string, path: string, line: number): Explanation['evidence'][number] => ({
    id,
    path,
    line,
    endLine: line,
    text: '',
  });
  return {
    version: 1,
    verdict,
    summary: '',
    rootCause: { category: 'resource.disk', component: '', statement: '', evidence: cited },
    suspects: [],
    alternatives: [],
    timeline: timeline.map((id) => ({ time: null, event: '', evidence: [id] })),
    evidence: [item('E1', 'a', 11), item('E2', 'a', 24), item('E3', 'a', 50), item('E4', 'b', 11)],
    similarIncidents: [],
    recommendations: [],
    missing: [],
    confidence: { level: 'high', value: 0.8, why: '' },
    source: 'offline',
    mode: 'full',
    sentences: [],
    removed: [],
    notices: [],
    coverage: { lines: 0, linesSent: 0, tokensSent: 0, masked: 0, provider: null },
  };
}

describe('scoring an explanation', () => {
  it('counts what the root cause cites against cause and chain', () => {
    const score = scoreExplanation(told(['E1', 'E2', 'E3'], ['E1', 'E2']), gold);
    expect(score.precision).toBeCloseTo(2 / 3);
    expect(score.recall).toBe(1);
    expect(score.chain).toBe(0.5);
    expect(score.firstIsCause).toBe(true);
    expect(score.order).toBe(1);
  });

  it('takes a line of another file for another line', () => {
    expect(scoreExplanation(told(['E4'], []), gold).precision).toBe(0);
  });

  it('sees a timeline that runs backwards', () => {
    expect(scoreExplanation(told(['E1'], ['E2', 'E1']), gold).order).toBe(-1);
  });

  it('takes an inconclusive report for no claim, but for evidence', () => {
    const score = scoreExplanation(told(['E1'], [], 'inconclusive'), gold);
    expect([score.claimed, score.named, score.recall]).toEqual(['none', 'resource.disk', 1]);
  });
});

it('measures the order of sequences', () => {
  expect(kendallTau([0, 1, 2])).toBe(1);
  expect(kendallTau([2, 1, 0])).toBe(-1);
  expect(kendallTau([0, 2, 1])).toBeCloseTo(1 / 3);
  expect(kendallTau([4])).toBeNaN();
});

describe('reading a story', () => {
  it('understands causes, repeats, further lines and programs that end', () => {
    const steps = readStory(`
      +0 db! error*3 writer | disk full
      > second line
      +2.5 db stop
    `);
    expect(steps).toMatchObject([
      { after: 0, isCause: true, times: 3, say: { text: 'disk full\nsecond line' } },
      { after: 2.5, kind: 'stop' },
    ]);
  });

  it('refuses what is no step', () => {
    expect(() => readStory('db error | x')).toThrow('no step');
  });
});
