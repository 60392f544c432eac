/**
 * How messages vary in number between runs that are both well: a negative binomial law with variance
 * mean + mean² / dispersion, since messages come in bursts and a Poisson law would cry wolf.
 */
const leastDispersion = 1;
const mostDispersion = 20;
/** What is assumed where too few messages can be compared. */
const usualDispersion = 2;
const minMessages = 5;
/** Below this number a message says nothing about how numbers vary. */
const minMean = 3;

/**
 * The dispersion that the runs at hand show: the median over their messages, which one that has
 * changed does not move (method of moments).
 * @param pairs expected and observed number of each message
 */
export function dispersionOf(pairs: readonly (readonly [number, number])[]): number {
  const excess = pairs
    .filter(([mean]) => mean >= minMean)
    .map(([mean, count]) => ((count - mean) ** 2 - mean) / mean ** 2)
    .sort((a, b) => a - b);
  if (excess.length < minMessages) return usualDispersion;
  const median = Math.max(excess[excess.length >> 1]!, 1 / mostDispersion);
  return Math.max(leastDispersion, 1 / median);
}

/** Bits of seeing at most `count` where `mean` are usual: -log2 of the probability. */
export function lessBits(count: number, mean: number, dispersion: number): number {
  const share = mean / (mean + dispersion);
  let term = (1 - share) ** dispersion;
  let sum = term;
  for (let k = 1; k <= count; k += 1) {
    term *= ((k - 1 + dispersion) / k) * share;
    sum += term;
  }
  return -Math.log2(Math.max(sum, Number.MIN_VALUE));
}

/** Bits of seeing at least `count` where `mean` are usual. */
export function moreBits(count: number, mean: number, dispersion: number): number {
  const share = mean / (mean + dispersion);
  let term = (1 - share) ** dispersion;
  let tail = 0;
  const last = count + 50 + 20 * dispersion + 10 * Math.ceil(mean);
  for (let k = 1; k <= Math.min(last, mostCounted); k += 1) {
    term *= ((k - 1 + dispersion) / k) * share;
    if (k >= count) tail += term;
  }
  return -Math.log2(Math.max(tail, Number.MIN_VALUE));
}

const mostCounted = 2_000_000;
