import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dimensionOf, factorOf, MeasureReader } from '../../../src/engine/template/measures.ts';

const encoder = new TextEncoder();

function read(text: string): { value: number; unit: number } | null {
  const reader = new MeasureReader();
  const bytes = encoder.encode(text);
  return reader.read(bytes, 0, bytes.length) ? reader : null;
}

describe('measures', () => {
  it.each([
    ['12', 12],
    ['-3.5e2', -350],
    ['+7', 7],
    ['1,293', 1293],
    ['20ms', 20],
    ['1.5GiB/s', 1.5],
    ['45%', 45],
    ['250µs', 250],
    ['1m30.5s', 90_500],
  ])('%s', (text, number) => {
    expect(read(text)?.value).toBeCloseTo(number, 9);
  });

  it.each(['', 'alice', '10.0.0.1', '12:30:00', '9f4ef63', '1 2', '-', '3x9', '2024-03-04', '1e'])(
    '%s is no number, or one with a unit that means nothing',
    (text) => {
      const found = read(text);
      expect(found === null || factorOf('time', found.unit) === 1).toBe(true);
    },
  );

  it('reads what a number prints as', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: 1e-300, max: 1e300 }), (value) => {
        const found = read(String(value));
        expect(Math.abs(found!.value - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-9);
      }),
      { seed: 5 },
    );
  });

  it('knows what units measure together', () => {
    const unitOf = (text: string): number => read(text)!.unit;
    const units = [unitOf('3ms'), unitOf('2s'), unitOf('1m30s')];
    expect(dimensionOf(units)).toBe('time');
    expect(factorOf('time', unitOf('2s'))).toBe(1000);
    expect(dimensionOf([unitOf('10KB'), unitOf('2GiB')])).toBe('size');
    expect(dimensionOf([unitOf('10KB'), unitOf('3ms')])).toBe('plain');
    expect(dimensionOf([unitOf('3ms'), unitOf('9ms')])).toBe('plain');
  });
});
