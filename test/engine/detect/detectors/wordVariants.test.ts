import { describe, expect, it } from 'vitest';
import { wordVariants } from '../../../../src/engine/detect/detectors/wordVariants.ts';
import { evidenceOf, everySecond } from './evidenceOf.ts';

const kinds = ['OrderPlaced', 'OrderPaid', 'OrderShipped'];
const decoded = (index: number): string =>
  `decoded message ${index * 37} as ${kinds[index % 3]!} for the ledger`;

describe('words of patterns', () => {
  it('that stand where others are usual are evidence that names the usual ones', async () => {
    const messages = Array.from({ length: 600 }, (_, index) => decoded(index));
    messages[400] = 'decoded message 12 as LegacyEnvelope for the ledger';
    const [found, ...others] = await evidenceOf(wordVariants, everySecond(messages));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ record: 400, family: 'value' });
    expect(found!.describe().text).toMatch(/^Says “LegacyEnvelope” where 99.83 % .* “Order/);
  });

  it('say nothing where rare words are usual, or where nothing is alike', async () => {
    const tasks = Array.from({ length: 400 }, (_, index) => {
      const name = String.fromCharCode(97 + (index % 26), 97 + ((index >> 3) % 26));
      return index % 9 === 0 ? `finished the task ${name} at last` : decoded(index);
    });
    expect(await evidenceOf(wordVariants, everySecond(tasks))).toEqual([]);
    const alone = Array.from({ length: 400 }, (_, index) => decoded(index));
    alone[300] = 'settings were read again';
    expect(await evidenceOf(wordVariants, everySecond(alone))).toEqual([]);
  });
});
