import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/engine/base/random.ts';
import { massNeighbours } from '../../../../src/engine/detect/detectors/neighbours.ts';
import { reconstructLines } from '../../../../src/engine/detect/detectors/lineAutoencoder.ts';
import { failureVocabulary } from '../../../../src/engine/detect/failureVocabulary.ts';
import { slotName, slotUnit } from '../../../../src/engine/detect/slotLabel.ts';
import { project } from '../../../../src/engine/detect/numeric/principal.ts';

describe('failure vocabulary', () => {
  it('hears failures', () => {
    for (const text of [
      'connection refused by <*>',
      'request timed out after <*> ms',
      'java.net.SocketTimeoutException: connect',
      'No space left on device',
      "couldn't open file",
    ]) {
      expect(failureVocabulary(text).bits, text).toBeGreaterThanOrEqual(2);
    }
  });

  it('is deaf to negated ones, remedies and names of things', () => {
    for (const text of [
      'completed with 0 errors',
      'no failures detected',
      'errors: 0, warnings: 0',
      'error handler registered',
      'instruction cache parity error corrected',
      'starting on error retry policy',
      'request completed',
    ]) {
      expect(failureVocabulary(text).bits, text).toBeLessThan(1);
    }
  });

  it('bounds what one text can say', () => {
    expect(failureVocabulary('fatal panic crash corrupt failed error '.repeat(500)).bits).toBe(4);
  });
});

describe('slots', () => {
  it('are named after the word before them', () => {
    expect(slotName('query for <*> took <*> ms', 1)).toBe('took');
    expect(slotName('status=<*> bytes=<*>', 1)).toBe('bytes');
    expect(slotName('<*> is up', 0)).toBe('value 1');
    expect(slotUnit('query for <*> took <*> ms', 1)).toBe(' ms');
    expect(slotUnit('query for <*> took <*> more', 1)).toBe('');
  });
});

describe('text novelty', () => {
  const noise = seededRandom(3);
  const vector = (direction: number): Float32Array =>
    Float32Array.from(
      { length: 32 },
      (_, at) => (at === direction ? 1 : 0) + (noise() - 0.5) * 0.1,
    );
  const vectors = [...Array.from({ length: 30 }, (_, index) => vector(index % 3)), vector(20)];
  const counts = Float64Array.from(vectors, (_, index) => (index === 30 ? 1 : 40));

  it('finds the text that has no neighbours', () => {
    const found = massNeighbours(project(vectors, counts, 8, 1), counts);
    const order = [...found.bits.keys()].sort((a, b) => found.bits[b]! - found.bits[a]!);
    expect(order[0]).toBe(30);
    expect(found.bits[30]!).toBeGreaterThan(8);
  });

  it('does not take a failure that repeats for its own company', () => {
    const twins = [...vectors, vector(20), vector(20)];
    const few = Float64Array.from(twins, (_, index) => (index >= 30 ? 3 : 40));
    const found = massNeighbours(project(twins, few, 8, 1), few);
    expect(found.bits[30]!).toBeGreaterThan(5);
  });

  it('line autoencoder reproduces odd context worse', () => {
    const projection = project(vectors, counts, 8, 1);
    const values = new Float32Array(31 * 2);
    for (let row = 0; row < 31; row += 1) values.set([row % 3, row === 7 ? 9 : 1], row * 2);
    const model = reconstructLines(
      projection,
      {
        names: ['kind', 'pause before it'],
        values,
        text: Uint32Array.from({ length: 31 }, (_, index) => index),
        weights: counts.map((count, row) => (row === 7 ? 2 : count)),
      },
      1,
    );
    expect(model.bits[7]!).toBeGreaterThan(model.bits[6]!);
  });
});
