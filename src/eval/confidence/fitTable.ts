import type { ConfidenceTable, SignName } from '../../engine/explain/confidenceTable.ts';

/** A report that was judged: what spoke for its cause, and whether it was right. */
export interface WeighedCase {
  readonly signs: ReadonlyMap<SignName, number>;
  readonly right: boolean;
}

/** A report that found nothing: how many weak signs there were, and whether there was nothing. */
export interface QuietCase {
  readonly weak: number;
  readonly right: boolean;
}

const rounds = 4000;
const rate = 0.02;

/**
 * Logistic regression held to what was expected (ridge, Hoerl & Kennard 1970, around a prior instead of
 * zero), by projected Adam (Kingma & Ba 2015): a sign never comes to speak the other way, so that the
 * reasons a reader is given stay true.
 * @param holding how strongly; as many cases as that of the opposite kind would it take to move a sign
 */
export function fitTable(
  weighed: readonly WeighedCase[],
  quiet: readonly QuietCase[],
  expected: ConfidenceTable,
  holding: number,
): ConfidenceTable {
  const names = Object.keys(expected.signs) as SignName[];
  const fitted = logistic(
    weighed.map(({ signs, right }) => ({
      inputs: [1, ...names.map((name) => signs.get(name) ?? 0)],
      right,
    })),
    [expected.base, ...names.map((name) => expected.signs[name])],
    holding,
  );
  const [base = 0, weakSign = 0] = logistic(
    quiet.map(({ weak, right }) => ({ inputs: [1, weak], right })),
    [expected.quiet.base, expected.quiet.weakSign],
    holding,
  );
  return {
    base: fitted[0] ?? expected.base,
    signs: Object.fromEntries(
      names.map((name, index) => [name, fitted[index + 1] ?? expected.signs[name]]),
    ) as Record<SignName, number>,
    quiet: { base, weakSign },
  };
}

/** Probability that the table gives to a case. */
export function probabilityOf(table: ConfidenceTable, signs: WeighedCase['signs']): number {
  let sum = table.base;
  for (const [name, value] of signs) sum += value * table.signs[name];
  return 1 / (1 + Math.exp(-sum));
}

/** The table with two digits, as it is shipped. */
export function roundedTable(table: ConfidenceTable): ConfidenceTable {
  const round = (value: number): number => Math.round(value * 100) / 100;
  return {
    base: round(table.base),
    signs: Object.fromEntries(
      Object.entries(table.signs).map(([name, value]) => [name, round(value)]),
    ) as Record<SignName, number>,
    quiet: { base: round(table.quiet.base), weakSign: round(table.quiet.weakSign) },
  };
}

interface Example {
  /** The first one is 1. */
  readonly inputs: readonly number[];
  readonly right: boolean;
}

/** The first weight, the base, is free in sign and held a tenth as strongly as the others. */
function logistic(
  examples: readonly Example[],
  expected: readonly number[],
  holding: number,
): number[] {
  const weights = [...expected];
  const first = new Float64Array(weights.length);
  const second = new Float64Array(weights.length);
  for (let round = 1; round <= rounds; round += 1) {
    const slope = weights.map(
      (weight, at) => holding * (at === 0 ? 0.1 : 1) * (weight - expected[at]!),
    );
    for (const { inputs, right } of examples) {
      const sum = inputs.reduce((total, value, at) => total + value * weights[at]!, 0);
      const error = 1 / (1 + Math.exp(-sum)) - Number(right);
      for (const [at, value] of inputs.entries()) slope[at] = slope[at]! + error * value;
    }
    for (const at of weights.keys()) {
      first[at] = 0.9 * first[at]! + 0.1 * slope[at]!;
      second[at] = 0.999 * second[at]! + 0.001 * slope[at]! ** 2;
      const mean = first[at] / (1 - 0.9 ** round);
      const size = Math.sqrt(second[at] / (1 - 0.999 ** round)) + 1e-9;
      const next = weights[at]! - (rate * mean) / size;
      const way = Math.sign(expected[at]!);
      weights[at] = at === 0 || next * way > 0 ? next : 0;
    }
  }
  return weights;
}
