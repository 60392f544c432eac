import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { seededRandom } from '../../../src/engine/base/random.ts';
import { calibrate, discoveryThreshold } from '../../../src/engine/detect/calibrate.ts';
import { evidenceWeights } from '../../../src/engine/detect/evidenceWeights.ts';
import { kindOf, scoreOf, severityOf, worth } from '../../../src/engine/detect/fuse.ts';
import { CountTable } from '../../../src/engine/detect/numeric/countTable.ts';
import { bitsOf, countTail } from '../../../src/engine/detect/numeric/statistics.ts';

describe('calibrate', () => {
  it('gives few bits to ordinary scores and many to outliers, contaminated or not', () => {
    const random = seededRandom(1);
    const scores = Array.from({ length: 2000 }, (_, index) =>
      index < 60 ? 40 + random() : random() * 4,
    );
    const bits = calibrate(scores, new Float64Array(2000).fill(1), 0.05);
    expect(Math.min(...bits.slice(0, 60))).toBeGreaterThan(8);
    const alarms = bits.slice(60).filter((value) => value > 8).length;
    expect(alarms).toBeLessThanOrEqual(0.01 * 1940);
  });

  it('never decreases with the score', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 3, maxLength: 80 }),
        (scores) => {
          const bits = calibrate(scores, new Float64Array(scores.length).fill(1), 0.05);
          const order = [...scores.keys()].sort((a, b) => scores[a]! - scores[b]!);
          for (let at = 1; at < order.length; at += 1) {
            expect(bits[order[at]!]!).toBeGreaterThanOrEqual(bits[order[at - 1]!]! - 1e-9);
          }
        },
      ),
      { seed: 9 },
    );
  });
});

describe('discoveryThreshold', () => {
  it('accepts what Benjamini and Hochberg accept', () => {
    // p = .001, .008, .039, .041 and .6 of 5: the first two pass at 5 %.
    const bits = [0.001, 0.008, 0.039, 0.041, 0.6].map((p) => -Math.log2(p));
    expect(discoveryThreshold(bits, 5, 0.05)).toBeCloseTo(-Math.log2(0.008), 9);
    expect(discoveryThreshold([1, 2], 1000, 0.05)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('what evidence is worth', () => {
  const claim = (kind: string, bits: number, strong = false) => ({ kind, bits, strong, crowd: 0 });
  const together = (...claims: readonly ReturnType<typeof claim>[]): number =>
    claims.reduce((sum, one) => sum + worth(evidenceWeights, one), 0);

  it('never falls with what is claimed, nor with the size of the log grows the chance', () => {
    for (const kind of Object.keys(evidenceWeights.curves)) {
      for (let bits = 0; bits < 24; bits += 0.5) {
        expect(together(claim(kind, bits + 0.5))).toBeGreaterThanOrEqual(
          together(claim(kind, bits)) - 1e-9,
        );
      }
    }
    for (let size = 8; size < 2 ** 22; size *= 2) {
      expect(scoreOf(evidenceWeights, 5, size * 2)).toBeLessThanOrEqual(
        scoreOf(evidenceWeights, 5, size),
      );
    }
  });

  it('does not make a merely rare line high, but a rare stated failure', () => {
    const scored = (bits: number): string => severityOf(scoreOf(evidenceWeights, bits, 10_000));
    expect(scored(together(claim('rarity', 12)))).not.toBe('high');
    expect(scored(together(claim('rarity', 12), claim('severity', 9)))).toBe('high');
    expect(scored(0)).toBe('low');
  });

  it('is read by the detector and what it found, without numbers of events', () => {
    expect(kindOf('value:12:3:number')).toBe('value:number');
    expect(kindOf('next:4:5')).toBe('next');
    expect(together(claim('nobody', 12))).toBe(together(claim('other', 12)));
  });
});

describe('numbers', () => {
  it('tails of counts agree with sums by hand', () => {
    // Poisson(2): P(X >= 4) = 1 - e^-2 (1 + 2 + 2 + 4/3).
    expect(countTail(4, 2, 2)).toBeCloseTo(1 - Math.exp(-2) * (19 / 3), 7);
    expect(countTail(0, 2, 2)).toBe(1);
    expect(countTail(50, 2, 20)).toBeGreaterThan(countTail(50, 2, 2));
    expect(bitsOf(0)).toBe(20);
  });

  it('counts pairs as a Map does', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2 ** 45), fc.nat(50)), { maxLength: 3000 }), (pairs) => {
        const table = new CountTable(4);
        const map = new Map<string, number>();
        for (const [first, second] of pairs) {
          const key = `${first} ${second}`;
          map.set(key, (map.get(key) ?? 0) + 1);
          expect(table.add(first, second)).toBe(map.get(key));
        }
        for (const [first, second] of pairs) {
          expect(table.get(first, second)).toBe(map.get(`${first} ${second}`));
        }
      }),
      { seed: 3, numRuns: 30 },
    );
  });
});
