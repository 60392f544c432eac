import { ActiveClock } from '../activeTime.ts';
import type { Detector } from '../detector.ts';
import { nameOfEvent } from '../eventName.ts';
import { recordsOf, type EventTable } from '../events.ts';
import { leastBits, shown, strongest, type Description, type Evidence } from '../evidence.ts';
import { bitsOf, countTail } from '../numeric/statistics.ts';
import { duration, number, times } from '../words.ts';

/** How often an event comes in windows of one width. */
interface Rate {
  /** Width of a window, on the axis of the clock. */
  readonly width: number;
  readonly windows: number;
  /** Mean and variance without the fullest windows: those are what is judged. */
  readonly mean: number;
  readonly variance: number;
  /** Nine tenths of the windows hold at most so many. */
  readonly usual: number;
  /** Windows that hold any. */
  readonly active: number;
  /** The fullest windows, descending. */
  readonly fullest: readonly { readonly window: number; readonly count: number }[];
}

/** A stretch of windows in which an event came far more often than usual. */
interface Burst {
  readonly rate: Rate;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly bits: number;
}

/** Windows that the log is cut into: bursts are looked for at each of these grains. */
const grains = [15_360, 1920, 240];
const fewestRecords = 100;
const fewestOccurrences = 12;
/** An event that lives in fewer windows has no usual rate to exceed. */
const fewestActive = 10;
/** Occurrences in one window that can be a burst. */
const fewestTogether = 8;
/** How many times the usual a burst is. */
const leastFactor = 4;
/** Share of the windows that do not say what is usual. */
const trimmed = 0.05;
const keptFullest = 32;
/** So many other bursts of the same size make one a habit. */
const usualBursts = 3;

/** Windows that are not empty, in order. */
interface Filled {
  readonly windows: Uint32Array;
  readonly counts: Uint32Array;
}

function filledWindows(positions: Float64Array, width: number): Filled {
  let size = 0;
  let last = -1;
  const windowOf = new Uint32Array(positions.length);
  for (let index = 0; index < positions.length; index += 1) {
    const window = Math.floor(positions[index]! / width);
    windowOf[index] = window;
    if (window !== last) size += 1;
    last = window;
  }
  const windows = new Uint32Array(size);
  const counts = new Uint32Array(size);
  last = -1;
  let at = -1;
  for (const window of windowOf) {
    if (window !== last) {
      at += 1;
      windows[at] = window;
    }
    counts[at] = counts[at]! + 1;
    last = window;
  }
  return { windows, counts };
}

/** The same occurrences in windows that are so many times as wide. */
function widened({ windows, counts }: Filled, times: number): Filled {
  const wide = new Uint32Array(windows.length);
  const sums = new Uint32Array(windows.length);
  let at = -1;
  for (let index = 0; index < windows.length; index += 1) {
    const window = Math.floor(windows[index]! / times);
    if (at < 0 || wide[at] !== window) {
      at += 1;
      wide[at] = window;
    }
    sums[at] = sums[at]! + counts[index]!;
  }
  return { windows: wide.subarray(0, at + 1), counts: sums.subarray(0, at + 1) };
}

/** At each of the grains that the clock is fine enough for; the finest first. */
function atGrains(
  positions: Float64Array,
  span: number,
  resolution: number,
): { readonly grain: number; readonly filled: Filled }[] {
  const usable = grains.filter((grain) => span / grain >= resolution * 2);
  const [finest] = usable;
  if (finest === undefined) return [];
  const filled = filledWindows(positions, span / finest);
  return usable.map((grain) => ({ grain, filled: widened(filled, finest / grain) }));
}

function learnRate(
  { windows: places, counts }: Filled,
  width: number,
  windows: number,
): Rate | null {
  const active = counts.length;
  if (active < fewestActive) return null;
  const ascending = counts.slice().sort();
  const dropped = Math.floor(windows * trimmed);
  const kept = ascending.subarray(0, Math.max(0, active - dropped));
  const size = windows - dropped;
  let sum = 0;
  for (const count of kept) sum += count;
  const mean = sum / size;
  let squares = mean * mean * (size - kept.length);
  for (const count of kept) squares += (count - mean) ** 2;
  const least = ascending[Math.max(0, active - keptFullest)]!;
  const fullest: { window: number; count: number }[] = [];
  for (let index = 0; index < active; index += 1) {
    if (counts[index]! < least) continue;
    fullest.push({ window: places[index]!, count: counts[index]! });
    // Where many are as full, they say the same.
    if (fullest.length === keptFullest * 4) break;
  }
  fullest.sort((a, b) => b.count - a.count);
  const ninth = active - 1 - Math.floor(windows * 0.1);
  return {
    width,
    windows,
    mean,
    variance: squares / Math.max(1, size - 1) + mean * 0.5,
    usual: ninth < 0 ? 0 : ascending[ninth]!,
    active,
    fullest,
  };
}

/**
 * Bits of so many occurrences in neighbouring windows: negative binomial, for all places where it
 * could have been, and no more than the fullest windows elsewhere leave.
 */
function burstBits(rate: Rate, from: number, to: number, count: number): number {
  const wide = to - from + 1;
  const mean = Math.max(rate.mean, (rate.active / rate.windows) * 0.5, 0.5 / rate.windows) * wide;
  // Twice the variance: neighbouring windows are not independent.
  const probability = countTail(count, mean, (rate.variance * wide + mean) * 2);
  const bits = bitsOf(Math.min(1, probability * rate.windows));
  // Where the event always comes in clusters, this one must be large among them; two or three that
  // are as large are worth less each, more of them are how it is.
  const dense = count / wide;
  let largest = 1;
  let alike = 0;
  const places: number[] = [];
  for (const { window, count: other } of rate.fullest) {
    if (window >= from - 1 && window <= to + 1) continue;
    if (other < dense / 2) {
      largest = Math.max(largest, other);
      break;
    }
    if (places.every((place) => Math.abs(place - window) > wide)) alike += 1;
    places.push(window);
  }
  if (alike >= usualBursts) return 0;
  const among = Math.log2(2 * rate.active) + 3 * Math.log2(dense / largest) - 3 * alike;
  return Math.min(bits, among);
}

/** Bursts of an event at one grain. */
function findBursts(rate: Rate, { windows, counts }: Filled): Burst[] {
  const least = Math.max(fewestTogether, rate.mean * leastFactor, rate.usual * 2);
  const found: Burst[] = [];
  for (let index = 0; index < counts.length; index += 1) {
    let count = counts[index]!;
    if (count < least) continue;
    const from = windows[index]!;
    let to = from;
    while (windows[index + 1] === to + 1 && counts[index + 1]! >= least / 2) {
      index += 1;
      to += 1;
      count += counts[index]!;
    }
    const bits = burstBits(rate, from, to, count);
    if (bits >= leastBits) found.push({ rate, from, to, count, bits });
  }
  return found;
}

/**
 * Whether it was the event that came more often, or everything: bits of so many occurrences among
 * so many records, given its share of the log.
 */
function shareBits(count: number, records: number, share: number): number {
  const expected = Math.max(0.5, share * records);
  return bitsOf(countTail(count, expected, expected * 4));
}

function learnRates(positions: Float64Array, span: number, resolution: number): Rate[] {
  return atGrains(positions, span, resolution)
    .map(({ grain, filled }) => learnRate(filled, span / grain, grain))
    .filter((rate) => rate !== null);
}

/** Bursts of all grains, the strongest where they overlap. */
function allBursts(
  rates: readonly Rate[],
  positions: Float64Array,
  span: number,
  resolution: number,
): Burst[] {
  const found = atGrains(positions, span, resolution).flatMap(({ grain, filled }) => {
    const rate = rates.find(({ windows }) => windows === grain);
    return rate === undefined ? [] : findBursts(rate, filled);
  });
  found.sort((a, b) => b.bits - a.bits);
  const kept: Burst[] = [];
  for (const burst of found) {
    const apart = kept.every(
      ({ rate, from, to }) =>
        from * rate.width > (burst.to + 1) * burst.rate.width ||
        (to + 1) * rate.width < burst.from * burst.rate.width,
    );
    if (apart) kept.push(burst);
  }
  return kept;
}

/**
 * First and last of the occurrences that make up the burst: of those in its windows the stretch that
 * is denser than the middle between usual and burst (the greatest sum of a run: Kadane 1977).
 */
function within({ rate, from, to, count }: Burst, positions: Float64Array): [number, number] {
  let index = 0;
  while (Math.floor(positions[index]! / rate.width) < from) index += 1;
  const usual = Math.max(rate.mean, 0.5 / rate.windows);
  const density = Math.sqrt((usual * count) / (to - from + 1)) / rate.width;
  const end = index + count;
  let best: [number, number] = [index, index];
  let most = 0;
  let start = index;
  let sum = 0;
  for (index += 1; index < end; index += 1) {
    sum += 1 - (positions[index]! - positions[index - 1]!) * density;
    if (sum < 0) {
      sum = 0;
      start = index;
    }
    if (sum > most) {
      most = sum;
      best = [start, index];
    }
  }
  return best;
}

/**
 * Events that came far more often than usual for a while, and more often than the others; and the
 * log as a whole, where no single event did.
 */
export const bursts: Detector = {
  learn: (known, knownEvents) => {
    const { count } = known.records;
    const clock = ActiveClock.of(known.records.time);
    const positions = clock.positions(known.records.time);
    const span = positions[count - 1] ?? 0;
    const { resolution } = clock;
    const learned = new Map<number, readonly Rate[]>();
    for (let event = 0; event < knownEvents.count && count >= fewestRecords; event += 1) {
      const members = recordsOf(knownEvents, event);
      if (members.length < fewestOccurrences) continue;
      const own = positionsOf(positions, members, 0);
      const rates = learnRates(own, span, resolution);
      if (rates.length > 0) learned.set(event, rates);
    }
    // Without times every stretch holds as many records as it is long.
    const whole = clock.kind === 'time' ? learnRates(positions, span, resolution) : [];
    return {
      judge: (view, events, fromRecord) => {
        const found: Evidence[] = [];
        const start = fromRecord === 0 ? 0 : span;
        const now = clock.positions(view.records.time, fromRecord, start);
        for (const [event, members] of membersFrom(events, learned, fromRecord)) {
          const own = positionsOf(now, members, fromRecord);
          for (const burst of allBursts(learned.get(event)!, own, span, resolution)) {
            const [from, to] = within(burst, own);
            const first = members[from]!;
            const last = members[to]!;
            const share = recordsOf(knownEvents, event).length / count;
            const bits = Math.min(burst.bits, shareBits(to - from + 1, last - first + 1, share));
            if (bits < leastBits) continue;
            found.push({
              family: 'rate',
              bits,
              record: first,
              until: last,
              shows: shown(members.subarray(from, to + 1)),
              key: `rate:${event}`,
              strong: false,
              describe: () =>
                describe(nameOfEvent(view, events, event), burst.rate, own, from, to, clock.kind),
            });
          }
        }
        for (const burst of allBursts(whole, now, span, resolution)) {
          const [from, to] = within(burst, now);
          const first = fromRecord + from;
          const last = fromRecord + to;
          if (found.some(({ record, until }) => record <= last && until! >= first)) continue;
          found.push({
            family: 'rate',
            bits: burst.bits,
            record: first,
            until: last,
            shows: shown(Array.from({ length: to - from + 1 }, (_, index) => first + index)),
            key: 'rate',
            strong: false,
            describe: () =>
              describe('All messages together', burst.rate, now, from, to, clock.kind),
          });
        }
        return strongest(found);
      },
    };
  },
};

function positionsOf(
  positions: Float64Array,
  members: Uint32Array,
  fromRecord: number,
): Float64Array {
  const own = new Float64Array(members.length);
  for (let index = 0; index < members.length; index += 1) {
    own[index] = positions[members[index]! - fromRecord]!;
  }
  return own;
}

/** Occurrences of each learned event from `fromRecord` on. */
function membersFrom(
  events: EventTable,
  learned: ReadonlyMap<number, unknown>,
  fromRecord: number,
): Map<number, Uint32Array> {
  if (fromRecord === 0) {
    return new Map(Array.from(learned.keys(), (event) => [event, recordsOf(events, event)]));
  }
  const lists = new Map<number, number[]>();
  for (let record = fromRecord; record < events.ofRecord.length; record += 1) {
    const event = events.ofRecord[record]!;
    if (!learned.has(event)) continue;
    const list = lists.get(event);
    if (list === undefined) lists.set(event, [record]);
    else list.push(record);
  }
  return new Map(Array.from(lists, ([event, list]) => [event, Uint32Array.from(list)]));
}

function describe(
  name: string,
  rate: Rate,
  positions: Float64Array,
  from: number,
  to: number,
  kind: ActiveClock['kind'],
): Description {
  const count = to - from + 1;
  const length = Math.max(1, positions[to]! - positions[from]!);
  const words = (span: number): string =>
    kind === 'time' ? duration(span) : `${number(span)} records`;
  // What is usual is known of whole windows: of shorter stretches it is less.
  const wide = Math.max(1, length / rate.width);
  const high = Math.ceil(rate.usual * wide);
  const span = length < rate.width ? `in ${words(rate.width)}` : 'in that span';
  const usual = high === 0 ? 'hardly ever one' : `at most ${number(high)}`;
  return {
    text: `${name} came ${times(count)} within ${words(length)}; usually ${usual} ${span}.`,
    observed: `${number(count)} within ${words(length)}`,
    expected: `${usual} ${span}`,
  };
}
