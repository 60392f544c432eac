import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberIndex } from '../../../src/engine/base/numberIndex.ts';

/** Whole numbers of any size, and runs of neighbours: what hashes and counters are. */
const numbers = fc.array(
  fc.oneof(
    fc.nat({ max: 40 }),
    fc.maxSafeNat(),
    fc.nat({ max: 40 }).map((n) => n * 2 ** 32),
  ),
  { maxLength: 300 },
);

test('gives numbers the places that a map would', () => {
  fc.assert(
    fc.property(numbers, numbers, (added, asked) => {
      const index = new NumberIndex();
      const places = new Map<number, number>();
      for (const value of added) {
        if (!places.has(value)) places.set(value, places.size);
        expect(index.add(value)).toBe(places.get(value));
      }
      expect(index.size).toBe(places.size);
      for (const value of [...added, ...asked]) {
        expect(index.find(value)).toBe(places.get(value) ?? -1);
      }
    }),
  );
});

test('holds zero, and knows what it does not hold', () => {
  const index = new NumberIndex();
  expect(index.find(0)).toBe(-1);
  expect(index.add(0)).toBe(0);
  expect(index.find(0)).toBe(0);
});
