import { seededRandom } from '../../base/random.ts';
import type { Detector } from '../detector.ts';
import { nameOfEvent } from '../eventName.ts';
import type { EventTable } from '../events.ts';
import { leastBits, strongest, type Description, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { bitsOf, countBelow, quantile } from '../numeric/statistics.ts';
import { fitTail, tailProbability, type Tail } from '../numeric/tail.ts';
import { duration, number } from '../words.ts';

const fewestPauses = 30;
/** Pauses that are kept to say what is usual: of the whole log, and between two events. */
const sampledPauses = 200_000;
const sampledBetween = 2000;
/** Below this nothing hangs that a reader could have noticed, in milliseconds. */
const noticeable = 1000;
/** Least scale of a tail, in e-folds: a pause must be times longer, not a little longer. */
const leastScale = 0.3;
/** A pause is longer than the longest of so many neighbours, and so many times: a busy time ended. */
const neighbours = 32;
const neighbourFactor = 2;
/** Pairs of events whose pauses are kept. */
const mostPairs = 20_000;
/** Long pauses that two events must have been spared to be known as quick. */
const shouldHaveBeen = 5;

/** How long the pauses of one kind usually are. */
interface Pauses {
  readonly tail: Tail;
  readonly count: number;
  /** What a pause is measured in before its logarithm is taken: shorter ones differ by nothing. */
  readonly unit: number;
  /** Shorter pauses are no evidence. */
  readonly least: number;
}

/** Pauses of one kind, a bounded number of them. */
class PauseSample {
  readonly #kept: number[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(pause: number): void {
    if (this.#kept.length < this.#most) this.#kept.push(pause);
  }

  learned(): Pauses | null {
    if (this.#kept.length < fewestPauses) return null;
    const kept = Float64Array.from(this.#kept).sort();
    const finest = kept.find((pause) => pause > 0) ?? 1;
    const unit = Math.max(finest, quantile(kept, 0.5) / 4);
    const tail = fitTail(
      kept.map((pause) => Math.log1p(pause / unit)),
      leastScale,
    );
    const least = tail.start + tail.scale * Math.log(tail.share * 2 ** leastBits);
    return { tail, count: kept.length, unit, least: Math.expm1(least) * unit };
  }
}

/**
 * Records that teach: all, or a bounded number in random order. Every n-th would be the same step of
 * a round again and again.
 */
function someRecords(count: number): Uint32Array {
  if (count <= sampledPauses) {
    const all = new Uint32Array(Math.max(0, count - 1));
    for (let at = 0; at < all.length; at += 1) all[at] = at + 1;
    return all;
  }
  const random = seededRandom(1);
  const drawn = new Uint32Array(sampledPauses);
  for (let at = 0; at < drawn.length; at += 1) drawn[at] = 1 + Math.floor(random() * (count - 1));
  return drawn;
}

/** How many pauses of a kind are at least so long. */
function longer({ tail, count, unit }: Pauses, pause: number): number {
  const { ascending } = tail;
  const below = countBelow(ascending, Math.log1p(pause / unit));
  return ((ascending.length - below) * count) / ascending.length;
}

/**
 * Bits of a pause by the tail of its kind; beyond what so many pauses alone can show (no more than
 * that only those are as long that are at least half as long) half of what the tail claims, shared by
 * all of those.
 */
function pauseBits(pauses: Pauses, pause: number): number {
  if (pause < pauses.least) return 0;
  const claimed = bitsOf(tailProbability(pauses.tail, Math.log1p(pause / pauses.unit)));
  const beyond = Math.max(1, longer(pauses, pause / 2));
  const shown = bitsOf((beyond - 0.5) / (pauses.count + 1));
  return claimed <= shown ? claimed : shown + ((claimed - shown) * 0.5) / beyond;
}

/**
 * Whether the pauses between two events are known to be shorter than others: so many of all pauses
 * are as long that several of these should have been.
 */
function isTighter(pair: Pauses, whole: Pauses, pause: number): boolean {
  return (longer(whole, pause / 2) / whole.count) * pair.count >= shouldHaveBeen;
}

/** Whether all of the neighbouring pauses are far shorter. */
function standsOut(time: Float64Array, record: number, pause: number): boolean {
  for (let distance = 1; distance <= neighbours; distance += 1) {
    for (const at of [record - distance, record + distance]) {
      if (at < 1 || at >= time.length) continue;
      if (time[at]! - time[at - 1]! > pause / neighbourFactor) return false;
    }
  }
  return true;
}

/**
 * Long pauses before a record: longer than nearly all pauses of the log, or than those between the
 * same two events. Clock jumps backwards are no pauses.
 */
export const gaps: Detector = {
  learn: (known, knownEvents) => {
    const { time } = known.records;
    const all = new PauseSample(sampledPauses);
    const between = new Map<number, PauseSample>();
    const vocabulary = knownEvents.count;
    /** Of two events that were known; -1 for others. Small numbers are looked up fastest. */
    const pairOf = ({ ofRecord }: EventTable, record: number): number => {
      const before = ofRecord[record - 1]!;
      const event = ofRecord[record]!;
      return before < vocabulary && event < vocabulary ? before * vocabulary + event : -1;
    };
    for (const record of someRecords(time.length)) {
      const pause = time[record]! - time[record - 1]!;
      if (!(pause >= 0)) continue;
      all.add(pause);
      const pair = pairOf(knownEvents, record);
      let sample = between.get(pair);
      if (sample === undefined) {
        if (between.size >= mostPairs) continue;
        sample = new PauseSample(sampledBetween);
        between.set(pair, sample);
      }
      sample.add(pause);
    }
    const whole = all.learned();
    const pairs = new Map<number, Pauses>();
    for (const [pair, sample] of between) {
      const pauses = sample.learned();
      if (pauses !== null) pairs.set(pair, pauses);
    }
    return {
      judge: (view, events, fromRecord) => {
        const found: Evidence[] = [];
        const { time: now } = view.records;
        if (whole === null) return found;
        for (let record = Math.max(1, fromRecord); record < now.length; record += 1) {
          const pause = now[record]! - now[record - 1]!;
          if (!(pause >= noticeable)) continue;
          const pair = pairs.get(pairOf(events, record));
          const general = pauseBits(whole, pause);
          const special =
            pair !== undefined && pause >= pair.least && isTighter(pair, whole, pause)
              ? pauseBits(pair, pause)
              : 0;
          const bits = Math.max(general, special);
          const own = special > general;
          if (bits < leastBits || (!own && !standsOut(now, record, pause))) continue;
          found.push({
            family: 'gap',
            bits,
            record,
            shows: [record - 1, record],
            key: 'gap',
            strong: false,
            describe: () =>
              own
                ? describeBetween(view, events, record, pause, pair!)
                : describePause(pause, whole),
          });
        }
        return strongest(found);
      },
    };
  },
};

function usually({ tail, unit }: Pauses): string {
  return duration(Math.expm1(quantile(tail.ascending, 0.99)) * unit);
}

function describePause(pause: number, pauses: Pauses): Description {
  const observed = duration(pause);
  const longest = usually(pauses);
  return {
    text: `Nothing was logged for ${observed} before this line; 99 % of ${number(pauses.count)} pauses are at most ${longest}.`,
    observed: `${observed} without a line`,
    expected: `99 % of pauses are at most ${longest}`,
  };
}

function describeBetween(
  view: LogView,
  events: EventTable,
  record: number,
  pause: number,
  pauses: Pauses,
): Description {
  const observed = duration(pause);
  const longest = usually(pauses);
  const before = nameOfEvent(view, events, events.ofRecord[record - 1]!);
  return {
    text: `${observed} after ${before}; 99 % of ${number(pauses.count)} times this line follows it within ${longest}.`,
    observed: `${observed} after ${before}`,
    expected: `within ${longest}`,
  };
}
