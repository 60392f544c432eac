import { describe, expect, it } from 'vitest';

import { noChanges } from '../../../src/engine/explain/changes.ts';
import {
  computeConfidence,
  confidenceSigns,
  quietConfidence,
  type ConfidenceInput,
} from '../../../src/engine/explain/confidence.ts';
import type { Hypothesis } from '../../../src/engine/explain/hypotheses.ts';
import type { Signal } from '../../../src/engine/explain/signal.ts';

const signal: Signal = {
  log: 0,
  record: 4,
  lastRecord: 4,
  line: 5,
  endLine: 5,
  time: 0,
  level: 5,
  source: 'db',
  text: 'could not write',
  template: 1,
  count: 3,
  facts: [],
  trace: null,
  finding: null,
  isNew: null,
  weight: 0.9,
};

const hypothesis: Hypothesis = {
  category: 'resource.disk',
  role: 'cause',
  primary: signal,
  fact: {
    category: 'resource.disk',
    role: 'cause',
    strength: 0.9,
    says: 'the disk was full',
    words: 'disk full',
    at: 0,
  },
  support: [],
  effects: [],
  score: 1,
};

function input(first: Partial<Hypothesis>, others: readonly Hypothesis[] = []): ConfidenceInput {
  return {
    hypotheses: [{ ...hypothesis, ...first }, ...others],
    ordered: { signals: [signal], by: 'time', clocks: { shifts: [0], skews: [] } },
    similar: [],
    changes: noChanges,
  };
}

describe('confidence', () => {
  it('lies between 0 and 1, with the level of its value', () => {
    const { value, level } = computeConfidence(input({}));
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(1);
    expect(level).toBe(value >= 0.8 ? 'high' : value >= 0.4 ? 'medium' : 'low');
  });

  it('is less for an unknown kind of failure, and says so', () => {
    const unknown = computeConfidence(input({ category: 'unknown', fact: null }));
    expect(unknown.value).toBeLessThan(computeConfidence(input({})).value);
    expect(unknown.why).toContain('no known kind of failure');
  });

  it('is less where another cause is nearly as good, unless that one is an effect', () => {
    const other: Hypothesis = {
      ...hypothesis,
      category: 'network.timeout',
      primary: { ...signal, line: 9, record: 8 },
      score: 0.95,
    };
    const contested = computeConfidence(input({}, [other]));
    expect(contested.value).toBeLessThan(computeConfidence(input({})).value);
    const link = { signal: other.primary, link: { says: 'follows' } as never };
    expect(confidenceSigns(input({ effects: [link] }, [other]))).toContainEqual(
      expect.objectContaining({ name: 'contested', value: 0 }),
    );
  });

  it('names each sign once', () => {
    const names = confidenceSigns(input({})).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('that nothing happened falls with the weak signs, or stays, and never rises', () => {
    const values = [0, 1, 5, 20].map((weak) => quietConfidence(weak).value);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });
});
