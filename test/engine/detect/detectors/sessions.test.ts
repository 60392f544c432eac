import { describe, expect, it } from 'vitest';
import {
  findCountInvariants,
  type CountInvariants,
} from '../../../../src/engine/detect/detectors/countInvariants.ts';
import { findOrderInvariants } from '../../../../src/engine/detect/detectors/orderInvariants.ts';
import { reconstructSessions } from '../../../../src/engine/detect/detectors/sessionAutoencoder.ts';
import { learnPauses } from '../../../../src/engine/detect/detectors/sessionPauses.ts';
import { taughtBy, type SessionMatrix } from '../../../../src/engine/detect/sessionMatrix.ts';
import { repeat, tablesOf } from './tables.ts';

function countsOf(matrix: SessionMatrix, session: number): Float32Array {
  const row = matrix.ofSession[session]!;
  return matrix.rows.slice(row * matrix.width, (row + 1) * matrix.width);
}

function columnOf(matrix: SessionMatrix, template: number): number {
  return matrix.columns.findIndex(({ templates }) => templates[0] === template);
}

describe('count invariants', () => {
  const support = 0.95;

  it('find the count that nearly all sessions keep, and who breaks it', () => {
    const { matrix } = tablesOf([...repeat(99, [0, 1, 1, 2]), [0, 1, 2]]);
    const { invariants, deviations } = findCountInvariants(matrix, support);
    const column = columnOf(matrix, 1);
    expect(invariants).toContainEqual(
      expect.objectContaining({ kind: 'constant', left: column, value: 2, kept: 99, judged: 100 }),
    );
    expect(deviations(countsOf(matrix, 0))).toEqual([]);
    expect(deviations(countsOf(matrix, 99))).toMatchObject([{ column, observed: 1, expected: 2 }]);
  });

  it('find that two counts go together although both vary, and which of them is wrong', () => {
    const sequences = Array.from({ length: 200 }, (_, index) => [
      0,
      ...repeat(1 + (index % 7), 1),
      ...repeat(1 + (index % 7), 2),
      ...repeat(1 + (index % 7), 3),
    ]);
    sequences.push([0, 1, 1, 1, 2, 3, 3, 3]);
    const { matrix } = tablesOf(sequences);
    const [found, ...others] = findCountInvariants(matrix, support).deviations(
      countsOf(matrix, 200),
    );
    expect(found).toMatchObject({ column: columnOf(matrix, 2), observed: 1, expected: 3 });
    expect(found!.invariant.kind).toBe('difference');
    expect(others).toEqual([]);
  });

  it('find what an optional step brings with it, and that it comes once', () => {
    const sequences = Array.from({ length: 200 }, (_, index) =>
      index % 3 === 0 ? [0, 1, 2, ...repeat(1 + (index % 4), 3)] : [0],
    );
    sequences.push([0, 1, 3], [0, 1, 1, 2, 3]);
    const { matrix } = tablesOf(sequences);
    const { deviations } = findCountInvariants(matrix, support);
    expect(deviations(countsOf(matrix, 200))[0]).toMatchObject({
      column: columnOf(matrix, 2),
      observed: 0,
      expected: 1,
    });
    expect(deviations(countsOf(matrix, 201))[0]).toMatchObject({
      column: columnOf(matrix, 1),
      observed: 2,
      expected: 1,
    });
  });

  it('hold for open sessions too, which may lack what they will still do but not do too much', () => {
    const closed = [...repeat(196, [0, 1]), ...repeat(4, [0, 1, 2, 2])];
    const { matrix: all } = tablesOf([...closed, ...repeat(100, [0]), ...repeat(60, [0, 2, 2])]);
    const open = Uint8Array.from({ length: 360 }, (_, session) => Number(session >= 200));
    const matrix = taughtBy(
      all,
      open.map((is) => 1 - is),
    );
    const { weights } = taughtBy(all, open);
    const long = countsOf(all, 359);
    const told = (rules: CountInvariants): number[] =>
      rules.deviations(long).map(({ column }) => column);
    expect(told(findCountInvariants(matrix, support))).toContain(columnOf(all, 2));
    const rules = findCountInvariants(matrix, support, undefined, weights);
    expect(told(rules)).not.toContain(columnOf(all, 2));
    expect(rules.deviations(countsOf(all, 200))).toMatchObject([{ column: columnOf(all, 1) }]);
  });

  it('say nothing about a handful of sessions', () => {
    const { matrix } = tablesOf([...repeat(10, [0, 1]), [0]]);
    expect(findCountInvariants(matrix, support).invariants).toEqual([]);
  });

  it('keep rules that nobody has broken yet', () => {
    const { matrix } = tablesOf(repeat(60, [0, 1]));
    const { deviations } = findCountInvariants(matrix, support);
    const broken = new Float32Array(matrix.width);
    broken[columnOf(matrix, 0)] = 1;
    expect(deviations(broken)).toMatchObject([{ column: columnOf(matrix, 1), expected: 1 }]);
  });
});

describe('session autoencoder', () => {
  const sequences = Array.from({ length: 400 }, (_, index) => [
    0,
    ...repeat(3, 1),
    ...repeat(index % 5, 2),
    ...repeat(index % 5, 3),
    4,
  ]);
  sequences.push([0, 2, 2, 2, 2]);

  it('reproduces usual sessions better than a deviating one, the same way for every seed', () => {
    const { matrix } = tablesOf(sequences);
    for (const seed of [1, 2, 3, 4, 5]) {
      const { error } = reconstructSessions(matrix, { seed, trim: 0.05 });
      const errors = sequences.map((_, session) => error(countsOf(matrix, session)));
      expect(Math.max(...errors)).toBe(errors[400]);
    }
    const [once, twice] = [1, 1].map((seed) =>
      reconstructSessions(matrix, { seed, trim: 0.05 }).error(countsOf(matrix, 400)),
    );
    expect(once).toBe(twice);
  });

  it('names what it expected', () => {
    const { matrix } = tablesOf(sequences);
    const model = reconstructSessions(matrix, { seed: 1, trim: 0.05 });
    const parts = model.contributions(countsOf(matrix, 400));
    expect(parts.map((part) => part.column)).toContain(columnOf(matrix, 1));
    expect(parts.reduce((sum, part) => sum + part.share, 0)).toBeLessThanOrEqual(1 + 1e-9);
    expect(parts[0]!.share).toBeGreaterThanOrEqual(parts[1]!.share);
  });
});

describe('order invariants', () => {
  const usual = repeat(120, [0, 1, 2, 3]);

  it('find what came before what it usually follows', () => {
    const { view, matrix } = tablesOf([...usual, [0, 2, 1, 3]]);
    const order = findOrderInvariants(view, matrix);
    expect(order.violations(matrix.columnsOf(view, 0))).toEqual([]);
    expect(order.violations(matrix.columnsOf(view, 120))[0]).toMatchObject({
      kind: 'pair',
      column: columnOf(matrix, 2),
      usual: columnOf(matrix, 1),
      kept: 120,
    });
    expect(order.precedes(columnOf(matrix, 0), columnOf(matrix, 3))).toBe(1);
  });

  it('find sessions that end early', () => {
    const { view, matrix } = tablesOf([...usual, [0, 1]]);
    const order = findOrderInvariants(view, matrix);
    expect(order.violations(matrix.columnsOf(view, 120))).toContainEqual(
      expect.objectContaining({
        kind: 'last',
        column: columnOf(matrix, 1),
        usual: columnOf(matrix, 3),
      }),
    );
  });

  it('leave alone what comes in either order', () => {
    const mixed = Array.from({ length: 120 }, (_, index) => (index % 2 ? [0, 1, 2] : [0, 2, 1]));
    const { view, matrix } = tablesOf(mixed);
    const order = findOrderInvariants(view, matrix);
    expect(order.violations(matrix.columnsOf(view, 0))).toEqual([]);
    expect(order.violations(matrix.columnsOf(view, 1))).toEqual([]);
  });
});

describe('session pauses', () => {
  const steps = [0, 1, 2, 3];
  /** Sessions of four steps, 10 ms apart, one every second; the last ones are cut off. */
  const sequences = repeat(100, steps);
  const times = sequences.flatMap((_, session) => steps.map((step) => session * 1000 + step * 10));

  it('find a step that took longer than it ever does', () => {
    const late = times.slice();
    late[203] = late[203]! + 2700;
    const { view, matrix } = tablesOf(sequences, late);
    const pauses = learnPauses(view, matrix, undefined, [0]);
    expect(pauses.slow(view, 49, matrix.columnsOf(view, 49))).toBeNull();
    expect(pauses.slow(view, 50, matrix.columnsOf(view, 50))).toMatchObject({
      position: 3,
      milliseconds: 2710,
    });
  });

  it('tell a session that broke off from one that the end of the log cuts off', () => {
    const cut = [...sequences.slice(0, 98), [0, 1], steps, [0, 1]];
    const moments = cut.flatMap((sequence, session) =>
      sequence.map((step) => session * 1000 + step * 10),
    );
    const { view, matrix } = tablesOf(cut, moments);
    const pauses = learnPauses(view, matrix, undefined, [0]);
    expect(pauses.over(view, 98)).toBeGreaterThan(6);
    expect(pauses.over(view, 100)).toBeLessThan(1);
  });
});
