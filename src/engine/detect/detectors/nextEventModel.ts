import { fitTail, tailBits } from '../numeric/tail.ts';
import { CountTable } from '../numeric/countTable.ts';

/** A stream of events, e.g. one session, one component, or the whole log. */
export interface Streams {
  /** Event at each position. */
  readonly events: Uint32Array;
  /** `streamCount + 1` offsets into `events`. */
  readonly offsets: Uint32Array;
  /** Number of distinct events. */
  readonly vocabulary: number;
}

export interface NextEvent {
  /** Bits of surprise beyond the event's own rarity, per position. */
  readonly excess: Float32Array;
  /** Calibrated evidence per position. */
  bitsAt(position: number): number;
  /** The usual events after the same two: most likely first, at most two, with their share. */
  usual(position: number): { event: number; share: number; times: number }[];
}

/** Absolute discount (Ney, Essen, Kneser 1994). */
const discount = 0.75;
/** Contexts seen less often do not say what is usual. */
const fewestContexts = 8;

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
export function nextEventModel(streams: Streams): NextEvent {
  const { events, offsets } = streams;
  const size = streams.vocabulary + 1;
  const length = events.length;
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
  const contextAt = (position: number, start: number): [number, number] => [
    position - 2 >= start ? events[position - 2]! + 1 : 0,
    position - 1 >= start ? events[position - 1]! + 1 : 0,
  ];
  for (let stream = 0; stream + 1 < offsets.length; stream += 1) {
    let context = 0;
    let one = 0;
    for (let position = offsets[stream]!; position < offsets[stream + 1]!; position += 1) {
      const event = events[position]! + 1;
      unigram[event] = unigram[event]! + 1;
      triple.add(context, event);
      context = pairKey(one, event, size);
      one = event;
    }
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

  const probability = (two: number, one: number, event: number): number => {
    const context = pairKey(two, one, size);
    const seen = triple.get(context, event) - 1;
    const contextCount = pair.get(context, 0) - 1;
    const base = (lowerUnigram[event]! + 0.1) / (lowerTotal + 0.1 * size);
    // Without this occurrence a trigram seen once would not have been a type.
    const own = seen === 0 ? 1 : 0;
    const lowerSeen = lowerPair.get(one, event) - own;
    const lowerCount = lowerContext[one]! - own;
    const types = lowerTypes[one]! - (lowerSeen === 0 ? 1 : 0);
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

  const excess = new Float32Array(length);
  const startOf = (position: number): number => {
    let low = 0;
    let high = offsets.length - 1;
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if (offsets[middle]! <= position) low = middle;
      else high = middle;
    }
    return offsets[low]!;
  };
  const excessOf = (context: number, event: number): number => {
    if (pair.get(context, 0) < fewestContexts) return 0;
    const one = context % size;
    const two = (context - one) / size;
    const rarity = -Math.log2((unigram[event]! + 0.5) / (length + 1));
    return Math.max(0, -Math.log2(probability(two, one, event)) - rarity);
  };
  // Once per distinct triple, however often it comes.
  const known = new Float32Array(triple.capacity).fill(-1);
  for (let stream = 0; stream + 1 < offsets.length; stream += 1) {
    let context = 0;
    let one = 0;
    for (let position = offsets[stream]!; position < offsets[stream + 1]!; position += 1) {
      const event = events[position]! + 1;
      const place = triple.placeOf(context, event);
      if (known[place]! < 0) known[place] = excessOf(context, event);
      excess[position] = known[place]!;
      context = pairKey(one, event, size);
      one = event;
    }
  }
  const stride = Math.max(1, Math.floor(length / 100_000));
  const sample = new Float64Array(Math.ceil(length / stride));
  for (let index = 0; index < sample.length; index += 1) sample[index] = excess[index * stride]!;
  const tail = fitTail(sample, 0.7);

  return {
    excess,
    bitsAt: (position) => {
      const value = excess[position]!;
      if (value <= 0) return 0;
      // The surprise bounds its own evidence: it is already a likelihood ratio in bits.
      return Math.min(value, tailBits(tail, value));
    },
    usual: (position) => {
      const start = startOf(position);
      const [two, one] = contextAt(position, start);
      const context = pairKey(two, one, size);
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
