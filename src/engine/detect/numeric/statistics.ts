/** No single observation may claim more than this: beyond 2^-20 the models are guesses. */
const maxBits = 20;

/** Evidence of a tail probability: -log2 p, within 0..`maxBits`. */
export function bitsOf(probability: number): number {
  if (!(probability > 0)) return maxBits;
  return Math.min(maxBits, Math.max(0, -Math.log2(probability)));
}

/** An ascending copy. NaN must have been removed. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** How many of some ascending values are below this one. */
export function countBelow(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of some ascending values are not above this one. */
export function countUpTo(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Quantile of ascending values by linear interpolation; NaN for no values. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const last = ascending.length - 1;
  if (last < 0) return Number.NaN;
  const position = Math.min(Math.max(share, 0), 1) * last;
  const below = Math.floor(position);
  const above = Math.min(last, below + 1);
  const low = ascending[below]!;
  return low + (ascending[above]! - low) * (position - below);
}

/** ln Γ(x) for x > 0 (Lanczos 1964, g = 7, nine terms): relative error below 1e-13. */
function logGamma(x: number): number {
  const coefficients = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
    -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
    1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const shifted = x - 1;
  let sum = coefficients[0]!;
  for (let index = 1; index < 9; index += 1) sum += coefficients[index]! / (shifted + index);
  const base = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/**
 * P(X >= count) for counts with the given mean and variance: negative binomial, or Poisson where
 * the variance does not exceed the mean. Sums at most 400 terms upward from `count`: beyond that
 * the terms no longer change the leading bits.
 */
export function countTail(count: number, mean: number, variance: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  const dispersion = variance > mean * 1.0001 ? (mean * mean) / (variance - mean) : Infinity;
  const logTerm = (k: number): number =>
    dispersion === Infinity
      ? k * Math.log(mean) - mean - logGamma(k + 1)
      : logGamma(k + dispersion) -
        logGamma(dispersion) -
        logGamma(k + 1) +
        dispersion * Math.log(dispersion / (dispersion + mean)) +
        k * Math.log(mean / (dispersion + mean));
  if (count <= mean) {
    let below = 0;
    for (let k = Math.max(0, count - 400); k < count; k += 1) below += Math.exp(logTerm(k));
    return Math.max(0, 1 - below);
  }
  let tail = 0;
  for (let k = count; k < count + 400; k += 1) {
    const term = Math.exp(logTerm(k));
    tail += term;
    if (term < tail * 1e-6) break;
  }
  return Math.min(1, tail);
}

/** Shannon entropy in bits of non-negative masses; 0 for none. */
export function entropy(masses: Iterable<number>): number {
  let total = 0;
  let sum = 0;
  for (const mass of masses) {
    if (mass <= 0) continue;
    total += mass;
    sum += mass * Math.log2(mass);
  }
  return total === 0 ? 0 : Math.log2(total) - sum / total;
}
