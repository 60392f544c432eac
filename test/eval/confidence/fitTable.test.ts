import { describe, expect, it } from 'vitest';

import type { SignName } from '../../../src/engine/explain/confidenceTable.ts';
import { expectedConfidence } from '../../../src/engine/explain/confidenceTable.ts';
import {
  fitTable,
  probabilityOf,
  roundedTable,
  type QuietCase,
  type WeighedCase,
} from '../../../src/eval/confidence/fitTable.ts';

function cases(name: SignName, value: number, right: boolean, count: number): WeighedCase[] {
  return Array.from({ length: count }, () => ({ signs: new Map([[name, value]]), right }));
}

describe('fitting the weights of confidence', () => {
  const weighed = [
    ...cases('trace', 1, true, 45),
    ...cases('trace', 1, false, 5),
    ...cases('trace', 0, true, 10),
    ...cases('trace', 0, false, 40),
  ];
  const quiet: QuietCase[] = [];

  it('finds the shares that were seen', () => {
    const table = fitTable(weighed, quiet, expectedConfidence, 0.01);
    expect(probabilityOf(table, new Map([['trace', 1]]))).toBeCloseTo(0.9, 1);
    expect(probabilityOf(table, new Map([['trace', 0]]))).toBeCloseTo(0.2, 1);
  });

  it('leaves what was never seen as it was expected', () => {
    const table = fitTable(weighed, quiet, expectedConfidence, 1);
    expect(table.signs.similar).toBeCloseTo(expectedConfidence.signs.similar, 5);
    expect(table.quiet).toEqual(expectedConfidence.quiet);
  });

  it('keeps closer to what was expected the stronger it is held', () => {
    const distance = (holding: number): number =>
      Math.abs(
        fitTable(weighed, quiet, expectedConfidence, holding).signs.trace -
          expectedConfidence.signs.trace,
      );
    expect(distance(100)).toBeLessThan(distance(1));
    expect(distance(1)).toBeLessThan(distance(0.01));
  });

  it('never lets a sign speak the other way', () => {
    const misleading = [...cases('trace', 1, false, 50), ...cases('trace', 0, true, 50)];
    expect(fitTable(misleading, quiet, expectedConfidence, 0.1).signs.trace).toBe(0);
  });

  it('rounds for the file that is shipped', () => {
    const table = roundedTable(fitTable(weighed, quiet, expectedConfidence, 3));
    expect(table.signs.trace).toBe(Math.round(table.signs.trace * 100) / 100);
  });
});
