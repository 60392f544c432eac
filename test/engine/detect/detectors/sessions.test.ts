import { describe, expect, it } from 'vitest';
import { findCountInvariants } from '../../../../src/engine/detect/detectors/countInvariants.ts';
import { countSurprise } from '../../../../src/engine/detect/detectors/countSurprise.ts';
import { findOrderInvariants } from '../../../../src/engine/detect/detectors/orderInvariants.ts';
import { reconstructSessions } from '../../../../src/engine/detect/detectors/sessionAutoencoder.ts';
import { repeat, tablesOf } from './tables.ts';

const options = { support: 0.95, unbroken: false };

describe('count invariants', () => {
  it('find the count that nearly all sessions keep, and who breaks it', () => {
    const { matrix } = tablesOf([...repeat(99, [0, 1, 1, 2]), [0, 1, 2]]);
    const { invariants, violated } = findCountInvariants(matrix, options);
    const column = matrix.columnOf[1]!;
    expect(invariants).toContainEqual(
      expect.objectContaining({ kind: 'constant', left: column, value: 2, kept: 99, judged: 100 }),
    );
    expect(violated[matrix.ofSession[0]!]).toEqual([]);
    expect(violated[matrix.ofSession[99]!]).toHaveLength(1);
  });

  it('find that two counts go together although both vary', () => {
    const sequences = Array.from({ length: 200 }, (_, index) => [
      0,
      ...repeat(1 + (index % 7), 1),
      ...repeat(1 + (index % 7), 2),
    ]);
    sequences.push([0, 1, 1, 1, 2]);
    const { matrix } = tablesOf(sequences);
    const { invariants, violated } = findCountInvariants(matrix, options);
    const broken = violated[matrix.ofSession[200]!]!.map((index) => invariants[index]!.kind);
    expect(broken).toEqual(['difference']);
  });

  it('say nothing about a handful of sessions', () => {
    const { matrix } = tablesOf([...repeat(10, [0, 1]), [0]]);
    expect(findCountInvariants(matrix, options).invariants).toEqual([]);
  });

  it('count a rule that good runs always keep only where they are known to be good', () => {
    const { matrix } = tablesOf(repeat(60, [0, 1]));
    expect(findCountInvariants(matrix, options).invariants).toEqual([]);
    const clean = findCountInvariants(matrix, { support: 0.995, unbroken: true });
    expect(clean.invariants.map((invariant) => invariant.value)).toEqual([1, 1]);
  });
});

describe('entropy-normalised surprise', () => {
  it('excuses what usually varies and not what never does', () => {
    const sequences = Array.from({ length: 300 }, (_, index) => [0, 1, ...repeat(index % 12, 2)]);
    sequences.push([0, 1, ...repeat(13, 2)], [0]);
    const { matrix } = tablesOf(sequences);
    const { scores, part } = countSurprise(matrix);
    const chatty = scores[matrix.ofSession[300]!]!;
    const broken = scores[matrix.ofSession[301]!]!;
    expect(broken).toBeGreaterThan(chatty);
    let sum = 0;
    for (let column = 0; column < matrix.width; column += 1)
      sum += part(matrix.ofSession[301]!, column);
    expect(sum).toBeCloseTo(broken, 9);
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
      const { errors } = reconstructSessions(matrix, { seed, trim: 0.05 });
      const own = errors[matrix.ofSession[400]!]!;
      expect(Math.max(...errors)).toBe(own);
    }
    const twice = [1, 1].map((seed) => [
      ...reconstructSessions(matrix, { seed, trim: 0.05 }).errors,
    ]);
    expect(twice[0]).toEqual(twice[1]);
  });

  it('names what it expected', () => {
    const { matrix } = tablesOf(sequences);
    const model = reconstructSessions(matrix, { seed: 1, trim: 0.05 });
    const parts = model.contributions(matrix.ofSession[400]!);
    expect(parts.map((part) => matrix.columnTemplate[part.column])).toContain(1);
    expect(parts.reduce((sum, part) => sum + part.share, 0)).toBeLessThanOrEqual(1 + 1e-9);
    expect(parts[0]!.share).toBeGreaterThanOrEqual(parts[1]!.share);
  });
});

describe('order invariants', () => {
  const usual = repeat(120, [0, 1, 2, 3]);

  it('find what came before what it usually follows', () => {
    const { sessions, templates, matrix } = tablesOf([...usual, [0, 2, 1, 3]]);
    const order = findOrderInvariants(sessions, templates, matrix);
    expect(order.violations(0)).toEqual([]);
    expect(order.violations(120)[0]).toMatchObject({
      kind: 'pair',
      template: 2,
      usual: 1,
      kept: 120,
    });
  });

  it('find sessions that end early', () => {
    const { sessions, templates, matrix } = tablesOf([...usual, [0, 1]]);
    const order = findOrderInvariants(sessions, templates, matrix);
    expect(order.violations(120)).toContainEqual(
      expect.objectContaining({ kind: 'last', template: 1, usual: 3 }),
    );
  });

  it('leave alone what comes in either order', () => {
    const mixed = Array.from({ length: 120 }, (_, index) => (index % 2 ? [0, 1, 2] : [0, 2, 1]));
    const { sessions, templates, matrix } = tablesOf(mixed);
    const order = findOrderInvariants(sessions, templates, matrix);
    expect(order.violations(0)).toEqual([]);
    expect(order.violations(1)).toEqual([]);
  });
});
