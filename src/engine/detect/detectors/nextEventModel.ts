import { fitTail, tailBits } from '../numeric/tail.ts';
import { CountTable } from '../numeric/countTable.ts';

/** What usually comes next. */
export interface NextEventModel {
  /**
   * Bits of surprise beyond the event's own rarity; 0 for what was never seen.
   * @param two the event before the one before, -1 where a stream begins
   * @param learned whether this very occurrence was learned: it does not speak for itself
   */
  excess(two: number, one: number, event: number, learned: boolean): number;
  /** Evidence that so much surprise is. */
  bits(excess: number): number;
  /** The usual events after these two: most likely first, at most two, with their share. */
  usual(two: number, one: number): { event: number; share: number; times: number }[];
}

/** Events with the two before them; -1 where a stream begins. */
export interface Steps {
  readonly two: Int32Array;
  readonly one: Int32Array;
  readonly events: Uint32Array;
}

/** Absolute discount (Ney, Essen, Kneser 1994). */
const discount = 0.75;
/** Contexts seen less often do not say what is usual. */
const fewestContexts = 8;
/** Surprises that say how large they usually are. */
const mostCalibrated = 100_000;

/** Two events as one number; 0 stands for the start of a stream. */
function pairKey(left: number, right: number, size: number): number {
  return left * size + right;
}

/**
 * Interpolated Kneser-Ney over the two events before, leave-one-out: the probability of what came
 * next. Evidence is what that adds to the event's own rarity, so that a rare event is not counted
 * twice, against how large such surprises are elsewhere in the same log: in interleaved output
 * everything follows everything, and the same surprise says nothing.
 */
export function nextEventModel(steps: Steps, vocabulary: number): NextEventModel {
  const { length } = steps.events;
  const size = vocabulary + 1;
  const pair = new CountTable(length);
  const triple = new CountTable(length);
  /** Distinct successors per context, and distinct contexts per successor: the KN counts. */
  const pairTypes = new CountTable(length);
  const lowerPair = new CountTable(length);
  const lowerContext = new Float64Array(size);
  const lowerTypes = new Float64Array(size);
  const lowerUnigram = new Float64Array(size);
  let lowerTotal = 0;
  const unigram = new Float64Array(size);
  for (let step = 0; step < length; step += 1) {
    const event = steps.events[step]! + 1;
    unigram[event] = unigram[event]! + 1;
    triple.add(pairKey(steps.two[step]! + 1, steps.one[step]! + 1, size), event);
  }
  // The rest follows from the distinct triples: lower orders are counted by types.
  triple.forEach((context, event, count) => {
    const one = context % size;
    pair.add(context, 0, count);
    pairTypes.add(context, 0);
    lowerContext[one] = lowerContext[one]! + 1;
    if (lowerPair.add(one, event) > 1) return;
    lowerTypes[one] = lowerTypes[one]! + 1;
    lowerUnigram[event] = lowerUnigram[event]! + 1;
    lowerTotal += 1;
  });

  const probability = (context: number, one: number, event: number, itself: number): number => {
    const seen = triple.get(context, event) - itself;
    const contextCount = pair.get(context, 0) - itself;
    const base = (lowerUnigram[event]! + 0.1) / (lowerTotal + 0.1 * size);
    // Without this occurrence a trigram seen once would not have been a type.
    const own = seen === 0 ? itself : 0;
    const lowerSeen = lowerPair.get(one, event) - own;
    const lowerCount = lowerContext[one]! - own;
    const types = lowerTypes[one]! - (lowerSeen === 0 ? own : 0);
    const middle =
      lowerCount > 0
        ? Math.max(0, lowerSeen - discount) / lowerCount + ((discount * types) / lowerCount) * base
        : base;
    if (contextCount <= 0) return middle;
    const successors = pairTypes.get(context, 0) - own;
    return (
      Math.max(0, seen - discount) / contextCount +
      Math.min(1, (discount * Math.max(1, successors)) / contextCount) * middle
    );
  };

  const excessOf = (context: number, one: number, event: number, itself: number): number => {
    if (pair.get(context, 0) < fewestContexts) return 0;
    const rarity = -Math.log2((unigram[event]! + 0.5) / (length + 1));
    return Math.max(0, -Math.log2(probability(context, one, event, itself)) - rarity);
  };
  /** Once worked out, the same for every occurrence that was learned. */
  const known = new Float64Array(triple.capacity).fill(-1);
  const excess = (two: number, one: number, event: number, learned: boolean): number => {
    if (two >= vocabulary || one >= vocabulary || event >= vocabulary) return 0;
    const context = pairKey(two + 1, one + 1, size);
    if (!learned) return excessOf(context, one + 1, event + 1, 0);
    const place = triple.placeOf(context, event + 1);
    if (known[place]! < 0) known[place] = excessOf(context, one + 1, event + 1, 1);
    return known[place]!;
  };

  const stride = Math.max(1, Math.floor(length / mostCalibrated));
  const sample = new Float64Array(Math.ceil(length / stride));
  for (let index = 0; index < sample.length; index += 1) {
    const step = index * stride;
    sample[index] = excess(steps.two[step]!, steps.one[step]!, steps.events[step]!, true);
  }
  const tail = fitTail(sample, 0.7);

  return {
    excess,
    // The surprise bounds its own evidence: it is already a likelihood ratio in bits.
    bits: (value) => (value <= 0 ? 0 : Math.min(value, tailBits(tail, value))),
    usual: (two, one) => {
      const context = pairKey(two + 1, one + 1, size);
      const total = pair.get(context, 0);
      const list: { event: number; share: number; times: number }[] = [];
      for (let event = 1; event < size; event += 1) {
        const seen = triple.get(context, event);
        if (seen > 0) list.push({ event: event - 1, share: seen / total, times: seen });
      }
      list.sort((a, b) => b.times - a.times || a.event - b.event);
      return list.slice(0, 2);
    },
  };
}
