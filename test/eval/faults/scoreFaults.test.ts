import { describe, expect, it } from 'vitest';
import {
  figuresAtRate,
  figuresByLog,
  judgeLog,
  type ScoredFinding,
} from '../../../src/eval/faults/scoreFaults.ts';

function at(line: number, score: number, more: Partial<ScoredFinding> = {}): ScoredFinding {
  const rest = { endLine: line, repeats: [], cited: [], marked: true, high: false, family: null };
  return { line, score, ...rest, ...more };
}

const faults = [
  { kind: 'new error', lines: [40] },
  { kind: 'burst', lines: [100, 101, 102] },
] as const;

describe('scores of planted faults', () => {
  it('count a fault as found at its lines only, and name it by the first reason', () => {
    const log = judgeLog(1000, faults, [
      at(40, 0.9, { family: 'severity' }),
      at(500, 0.8),
      at(101, 0.7, { family: 'order' }),
    ]);
    const figures = figuresByLog([log], 1);
    expect(figures.recall).toEqual({ 'new error': 1, burst: 1 });
    expect(figures.named).toBe(0.5);
    expect(figures.falsePer10k).toBe(10);
  });

  it('stop at the first false finding that is one too many', () => {
    const log = judgeLog(1000, faults, [at(40, 0.9), at(500, 0.8), at(101, 0.7)]);
    expect(figuresAtRate([log], 1)).toMatchObject({ recall: { 'new error': 1, burst: 0 } });
    const tie = judgeLog(1000, faults, [at(500, 0.8), at(101, 0.8)]);
    expect(figuresAtRate([tie], 1).macroRecall).toBe(0);
  });

  it('give nothing to a finding that covers everything', () => {
    const everywhere = Array.from({ length: 998 }, (_, index) => index + 2);
    const log = judgeLog(1000, faults, [at(1, 0.9, { endLine: 1000, repeats: everywhere })]);
    expect(figuresByLog([log], 1).macroRecall).toBe(0);
  });

  it('forgive what the log said before', () => {
    const log = judgeLog(1000, faults, [at(500, 0.9)], (finding) => finding.line === 500);
    expect(figuresByLog([log], 1).falsePer10k).toBe(0);
  });
});
