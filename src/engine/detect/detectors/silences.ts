import { levels } from '../../record/levels.ts';
import { ActiveClock } from '../activeTime.ts';
import type { Detector } from '../detector.ts';
import { nameOfEvent } from '../eventName.ts';
import { recordsOf, type EventTable } from '../events.ts';
import { leastBits, strongest, type Description, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { quantile } from '../numeric/statistics.ts';
import { duration, number } from '../words.ts';

/** How an event comes back. */
export interface Rhythm {
  /** Median distance of two occurrences. */
  readonly every: number;
  /** Bits of a silence, before what the longest ones of the event itself say. */
  missed(silence: number): number;
  /** The longest silences, descending. */
  readonly longest: readonly number[];
  readonly sample: number;
}

/** An event that came less often does not say when it should come. */
export const fewestOccurrences = 20;
/** Distances that are looked at per event. */
const sampledDistances = 4096;
/** Of the longest silences of an event. */
export const keptLongest = 4;
/** So many other silences that are nearly as long make one a habit. */
const usualOthers = 3;
/** How many times as long as usual a silence is at least. */
const leastBeats = 4;
/** Records that others must have written meanwhile. */
export const fewestOthers = 5;
const mostBits = 20;
/** What each missed beat of a regular event is worth, after the first two. */
const bitsOfBeat = 2;
const warning = levels.indexOf('warning');

/** A complaint that stays away is no fault. */
export function complains(level: number): boolean {
  return level >= warning;
}

/**
 * Learns how an event comes back, or null where that says nothing about when it should. Regular
 * events (nine tenths of the distances within half the median of each other) miss beats; others are
 * a renewal process: how often they should have come is negative binomial, its dispersion that of
 * the distances (Cox 1962), which is e^-n for a Poisson process and far more for clusters.
 *
 * @param positions of all records
 * @param members records of the event, ascending
 */
function learnRhythm(positions: Float64Array, members: Uint32Array): Rhythm | null {
  const count = members.length - 1;
  const longest: number[] = [];
  const size = Math.min(count, sampledDistances);
  const distances = new Float64Array(size);
  const step = count / size;
  let sampled = 0;
  for (let index = 0; index < count; index += 1) {
    const distance = positions[members[index + 1]!]! - positions[members[index]!]!;
    if (index >= sampled * step && sampled < size) {
      distances[sampled] = distance;
      sampled += 1;
    }
    if (longest.length === keptLongest && distance <= longest[keptLongest - 1]!) continue;
    longest.push(distance);
    longest.sort((a, b) => b - a);
    longest.length = Math.min(longest.length, keptLongest);
  }
  distances.sort();
  const every = quantile(distances, 0.5);
  const high = quantile(distances, 0.95);
  const regular = every > 0 && high - quantile(distances, 0.05) <= every * 0.5;
  // The longest are what is judged: they do not say how much distances vary.
  const kept = distances.subarray(0, Math.max(1, Math.ceil(distances.length * 0.99)));
  let mean = 0;
  for (const distance of kept) mean += distance / kept.length;
  let variance = 0;
  for (const distance of kept) variance += (distance - mean) ** 2 / kept.length;
  return rhythmOf({ every, mean, variance, beat: regular ? high : null, longest, count });
}

/** What the distances between the occurrences of an event say, all on the axis of one clock. */
export interface Distances {
  /** The median. */
  readonly every: number;
  /** Mean and variance without the longest ones. */
  readonly mean: number;
  readonly variance: number;
  /** What nearly all stay below, where the event is regular; else null. */
  readonly beat: number | null;
  /** The longest ones, descending. */
  readonly longest: readonly number[];
  readonly count: number;
}

/** How an event comes back, or null where that says nothing about when it should. */
export function rhythmOf(distances: Distances): Rhythm | null {
  const { every, mean, variance, beat, longest, count } = distances;
  if (!(mean > 0)) return null;
  const dispersion = Math.max(1.5, variance / (mean * mean));
  const places = Math.log2(count);
  return {
    every,
    longest,
    sample: count,
    missed: (silence) => {
      if (beat !== null) return Math.min(mostBits, (silence / beat - 2) * bitsOfBeat);
      const expected = silence / mean;
      const bits = (expected * Math.log2(dispersion)) / (dispersion - 1);
      return Math.min(mostBits, bits - places);
    },
  };
}

/**
 * Bits of a silence, where `others` of the event's silences are at least half as long: one is an
 * event, several are how it is.
 */
export function silenceBits(rhythm: Rhythm, silence: number, own: boolean): number {
  if (silence < rhythm.every * leastBeats) return 0;
  // What did not last longer than the silence was no habit.
  if (silence > rhythm.sample * rhythm.every) return 0;
  const missed = rhythm.missed(silence);
  if (missed < leastBits) return 0;
  let others = own ? -1 : 0;
  for (const longest of rhythm.longest) if (longest >= silence / 2) others += 1;
  if (others >= usualOthers) return 0;
  const shown = Math.log2(rhythm.sample / (others + 0.5));
  return Math.min(missed, shown + 10 / (1 + others) - 2 * others);
}

/** What was learned of the events that come back. */
interface LearnedRhythms {
  readonly clock: ActiveClock;
  /** Per event; null where its absence says nothing. */
  readonly rhythms: readonly (Rhythm | null)[];
  /** Position and record of the last occurrence per event; -1 where there is none. */
  readonly positions: Float64Array;
  readonly records: Int32Array;
  /** Records that were learned, and the position of the last one. */
  readonly count: number;
  readonly end: number;
}

function learn({ records }: LogView, events: EventTable): LearnedRhythms {
  const clock = ActiveClock.of(records.time);
  const all = clock.positions(records.time);
  const rhythms: (Rhythm | null)[] = [];
  const positions = new Float64Array(events.count);
  const last = new Int32Array(events.count).fill(-1);
  for (let event = 0; event < events.count; event += 1) {
    const members = recordsOf(events, event);
    const beats = members.length >= fewestOccurrences && !complains(events.level[event]!);
    const rhythm = beats ? learnRhythm(all, members) : null;
    rhythms.push(rhythm);
    if (rhythm === null) continue;
    last[event] = members[members.length - 1]!;
    positions[event] = all[last[event]!]!;
  }
  const end = all[records.count - 1] ?? 0;
  return { clock, rhythms, positions, records: last, count: records.count, end };
}

/** Events that stayed away although the log went on. */
export const silences: Detector = {
  learn: (known, knownEvents) => {
    const learned = learn(known, knownEvents);
    return {
      judge: (view, events, fromRecord) => judge(learned, view, events, fromRecord),
    };
  },
};

function judge(
  learned: LearnedRhythms,
  view: LogView,
  events: EventTable,
  fromRecord: number,
): Evidence[] {
  const { clock, rhythms, count, end } = learned;
  const found: Evidence[] = [];
  const all = fromRecord === 0;
  const now = clock.positions(view.records.time, fromRecord, all ? 0 : end);
  const positions = learned.positions.slice();
  const last = all ? new Int32Array(positions.length).fill(-1) : learned.records.slice();
  const consider = (event: number, position: number, next: number): void => {
    const rhythm = rhythms[event]!;
    const silence = position - positions[event]!;
    if (silence < rhythm.every * leastBeats) return;
    const record = last[event]!;
    const until = next < 0 ? view.records.count - 1 : next - 1;
    if (until - record < fewestOthers) return;
    const bits = silenceBits(rhythm, silence, next >= 0 && next < count);
    if (bits < leastBits) return;
    found.push({
      family: 'gap',
      bits,
      record,
      shows: next < 0 ? [record] : [record, next],
      key: `silence:${event}`,
      strong: false,
      describe: () =>
        describeSilence(nameOfEvent(view, events, event), rhythm, silence, clock.kind, next < 0),
    });
  };
  for (let record = fromRecord; record < view.records.count; record += 1) {
    const event = events.ofRecord[record]!;
    if (event >= rhythms.length || rhythms[event] === null) continue;
    const position = now[record - fromRecord]!;
    if (last[event]! >= 0) consider(event, position, record);
    positions[event] = position;
    last[event] = record;
  }
  // What is silent at the end of a piece may come right behind it.
  if (view.goesOn === true) return strongest(found);
  const finish = now[now.length - 1] ?? end;
  for (let event = 0; event < rhythms.length; event += 1) {
    if (last[event]! >= 0) consider(event, finish, -1);
  }
  return strongest(found);
}

export function describeSilence(
  name: string,
  rhythm: Rhythm,
  silence: number,
  kind: ActiveClock['kind'],
  ended: boolean,
): Description {
  const words = (length: number): string =>
    kind === 'time' ? duration(length) : `${number(length)} records`;
  const missed = number(Math.floor(silence / Math.max(rhythm.every, 1e-9)));
  const then = ended ? 'then never again' : 'then not';
  return {
    text: `${name} came every ${words(rhythm.every)} (${number(rhythm.sample)} times), ${then} for ${words(silence)} while the log went on.`,
    observed: `silent for ${words(silence)}, ${missed} missing`,
    expected: `every ${words(rhythm.every)}`,
  };
}
