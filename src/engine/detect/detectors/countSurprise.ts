import type { SessionMatrix } from '../sessionMatrix.ts';

/** How surprising counts are. */
export interface CountSurprise {
  /**
   * Σ surprise / (1 + 5 H) over the columns, in bits.
   *
   * @param taught whether the row is one of those that taught, and must not vouch for itself
   */
  score(counts: Float32Array, taught: boolean): number;
}

/** How strongly a template's own diversity excuses it; measured on a plateau from 3 to 10. */
const entropyWeight = 5;

/**
 * Surprise of each count under its own column's distribution, divided by how diverse that column
 * is: what usually varies may vary. Without the division benign optional events hide failures.
 */
export function countSurprise(matrix: SessionMatrix): CountSurprise {
  const { width, rows, rowCount, weights, total } = matrix;
  const frequency: Map<number, number>[] = [];
  const divisor = new Float64Array(width);
  for (let column = 0; column < width; column += 1) {
    const masses = new Map<number, number>();
    for (let row = 0; row < rowCount; row += 1) {
      const weight = weights[row]!;
      if (weight === 0) continue;
      const count = rows[row * width + column]!;
      masses.set(count, (masses.get(count) ?? 0) + weight);
    }
    let sum = 0;
    for (const mass of masses.values()) sum -= mass * Math.log2(mass / total);
    divisor[column] = 1 + entropyWeight * (total > 0 ? sum / total : 0) * Math.LN2;
    frequency.push(masses);
  }
  return {
    score(counts, taught) {
      let sum = 0;
      for (let column = 0; column < width; column += 1) {
        const masses = frequency[column]!;
        const mass = masses.get(counts[column]!) ?? 0;
        const others = Math.max(0, mass - (taught ? 1 : 0)) + 0.5;
        const probability = others / (Math.max(1, total - 1) + 0.5 * masses.size);
        sum += Math.max(0, -Math.log2(probability)) / divisor[column]!;
      }
      return sum;
    },
  };
}
