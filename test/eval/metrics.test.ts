import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { jaccard, lineF1 } from '../../src/eval/metrics/lines.ts';
import { parsingScores } from '../../src/eval/metrics/parsingScores.ts';
import { flagging, ranking } from '../../src/eval/metrics/ranking.ts';
import {
  brier,
  calibrationError,
  coverageAt,
  reliabilityBins,
} from '../../src/eval/metrics/reliability.ts';
import { median, row } from '../../src/eval/rows.ts';

describe('ranking', () => {
  it('gives average precision and the best F1', () => {
    const { ap, oracle } = ranking([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0]);
    expect(ap).toBeCloseTo((1 + 2 / 3) / 2);
    expect(oracle).toBeCloseTo(0.8);
  });

  it('never rewards ties: equal scores give the share of positives', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 50 }), (flags) => {
        const labels = [...flags.map(Number), 1];
        const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
        const { ap } = ranking(new Float64Array(labels.length), labels);
        expect(ap).toBeCloseTo(share);
      }),
    );
  });

  it('scores flags by what they hit', () => {
    expect(flagging([true, true, false], [1, 0, 1])).toEqual({
      precision: 0.5,
      recall: 0.5,
      f1: 0.5,
    });
  });
});

describe('lines', () => {
  it('leaves lines out of account that are neither right nor wrong', () => {
    const wanted = new Set([1, 2]);
    expect(lineF1([1, 2, 9], wanted, new Set([9]))).toBe(1);
    expect(lineF1([1, 2, 9], wanted, new Set())).toBeCloseTo(0.8);
    expect(lineF1([], wanted, new Set())).toBe(0);
  });

  it('compares sets', () => {
    expect(jaccard(new Set([1, 2]), new Set([2, 3]))).toBeCloseTo(1 / 3);
    expect(jaccard(new Set(), new Set())).toBe(1);
  });
});

describe('templates', () => {
  it('tells groups from texts', () => {
    const truth = ['a <*>', 'a <*>', 'b', 'c'];
    const scores = parsingScores(truth, ['a <*>', 'a <*>', 'x', 'x']);
    expect(scores).toEqual({ ga: 0.5, fga: 0.4, pa: 0.5, fta: 0.4 });
  });
});

describe('reliability', () => {
  const judged = [
    { score: 1, hit: true },
    { score: 0.9, hit: true },
    { score: 0.9, hit: false },
    { score: 0.1, hit: false },
  ];

  it('puts what came true beside what was claimed', () => {
    const bins = reliabilityBins(judged);
    expect(bins.map(({ count }) => count)).toEqual([1, 0, 0, 0, 3]);
    expect(bins[4]?.observed).toBeCloseTo(2 / 3);
    expect(brier(judged)).toBeCloseTo((0.01 + 0.81 + 0.01) / 4);
    expect(calibrationError(judged)).toBeCloseTo((0.1 + 3 * (2.8 / 3 - 2 / 3)) / 4);
    expect(reliabilityBins(judged, 10).map(({ count }) => count)).toEqual([
      0, 1, 0, 0, 0, 0, 0, 0, 0, 3,
    ]);
  });

  it('says for how many cases the answer could be given at a precision', () => {
    expect(coverageAt(judged, 0.9)).toBe(1 / 4);
    // Equal scores cannot be told apart: both of .9 go along or neither.
    expect(coverageAt(judged, 0.6)).toBe(3 / 4);
    expect(coverageAt(judged, 0.5)).toBe(1);
    expect(coverageAt([{ score: 1, hit: false }], 0.5)).toBe(0);
  });
});

describe('a row', () => {
  it('meets a target only where the other half and the whole reach it', () => {
    const target = { measure: 'x', must: 0.8, stretch: 0.9 };
    expect(row({ ...target, other: 0.95, all: 0.92 }).met).toBe('stretch');
    expect(row({ ...target, other: 0.85, all: 0.92 }).met).toBe('must');
    expect(row({ ...target, other: 0.7, all: 0.92 }).met).toBe('missed');
    expect(row({ ...target, development: 1 }).met).toBeNull();
    expect(row({ ...target, better: 'less', all: 0.85 }).met).toBe('stretch');
    expect(row({ ...target, other: Number.NaN, all: 0.92 }).met).toBe('stretch');
  });

  it('takes the middle', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  });
});
