import { ActiveClock } from '../activeTime.ts';
import type { Detector } from '../detector.ts';
import { nameOfEvent } from '../eventName.ts';
import { recordsOf, type EventTable } from '../events.ts';
import { leastBits, strongest, type Evidence } from '../evidence.ts';
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

const fewestOccurrences = 20;
/** Distances that are looked at per event. */
const sampledDistances = 4096;
const keptLongest = 4;
/** So many other silences that are nearly as long make one a habit. */
const usualOthers = 3;
/** Records that others must have written meanwhile. */
const fewestOthers = 5;
const mostBits = 20;
/** What each missed beat of a regular event is worth, after the first two. */
const bitsOfBeat = 2;

/**
 * Learns how an event comes back, or null where that says nothing about when it should. Regular
 * events (nine tenths of the distances within half the median of each other) miss beats; others are
 * a renewal process: how often they should have come is negative binomial, its dispersion that of
 * the distances (Cox 1962), which is e^-n for a Poisson process and far more for clusters.
 *
 * @param positions of its occurrences, ascending
 */
export function learnRhythm(positions: ArrayLike<number>): Rhythm | null {
  const count = positions.length - 1;
  if (count + 1 < fewestOccurrences) return null;
  const longest: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const distance = positions[index + 1]! - positions[index]!;
    if (longest.length === keptLongest && distance <= longest[keptLongest - 1]!) continue;
    longest.push(distance);
    longest.sort((a, b) => b - a);
    longest.length = Math.min(longest.length, keptLongest);
  }
  const step = Math.max(1, count / sampledDistances);
  const distances = Float64Array.from({ length: Math.min(count, sampledDistances) }, (_, index) => {
    const at = Math.floor(index * step);
    return positions[at + 1]! - positions[at]!;
  }).sort();
  const every = quantile(distances, 0.5);
  const high = quantile(distances, 0.95);
  const regular = every > 0 && high - quantile(distances, 0.05) <= every * 0.5;
  // The longest are what is judged: they do not say how much distances vary.
  const kept = distances.subarray(0, Math.max(1, Math.ceil(distances.length * 0.99)));
  let mean = 0;
  for (const distance of kept) mean += distance / kept.length;
  let variance = 0;
  for (const distance of kept) variance += (distance - mean) ** 2 / kept.length;
  if (!(mean > 0)) return null;
  const dispersion = Math.max(1.5, variance / (mean * mean));
  const places = Math.log2(count);
  return {
    every,
    longest,
    sample: count,
    missed: (silence) => {
      if (regular) return Math.min(mostBits, (silence / high - 2) * bitsOfBeat);
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
function silenceBits(rhythm: Rhythm, silence: number, own: boolean): number {
  const missed = rhythm.missed(silence);
  if (missed < leastBits) return 0;
  let others = own ? -1 : 0;
  for (const longest of rhythm.longest) if (longest >= silence / 2) others += 1;
  if (others >= usualOthers) return 0;
  const shown = Math.log2(rhythm.sample / (others + 0.5));
  return Math.min(missed, shown + 10 / (1 + others) - 2 * others);
}

/** Events that stayed away although the log went on. */
export const silences: Detector = {
  learn: (known, knownEvents) => {
    const clock = new ActiveClock(known.records.time);
    const positions = clock.positions(known.records.time);
    const rhythms = new Map<number, Rhythm>();
    /** Where each of them came last. */
    const latest = new Map<number, number>();
    for (let event = 0; event < knownEvents.count; event += 1) {
      const members = recordsOf(knownEvents, event);
      if (members.length < fewestOccurrences) continue;
      const rhythm = learnRhythm(Float64Array.from(members, (record) => positions[record]!));
      if (rhythm === null) continue;
      rhythms.set(event, rhythm);
      latest.set(event, positions[members[members.length - 1]!]!);
    }
    const learned = known.records.count;
    const end = positions[learned - 1] ?? 0;
    return {
      judge: (view, events, fromRecord) => {
        const found: Evidence[] = [];
        const all = fromRecord === 0;
        const start = all ? 0 : end;
        const now = clock.positions(view.records.time, fromRecord, start);
        const before = new Map<number, { record: number; position: number }>();
        if (!all) {
          for (const [event, position] of latest) {
            before.set(event, { record: knownEvents.last[event]!, position });
          }
        }
        for (let record = fromRecord; record < view.records.count; record += 1) {
          const event = events.ofRecord[record]!;
          const rhythm = rhythms.get(event);
          if (rhythm === undefined) continue;
          const position = now[record - fromRecord]!;
          const last = before.get(event);
          if (last !== undefined) {
            const silence = position - last.position;
            consider(rhythm, event, silence, last.record, record, record < learned);
          }
          before.set(event, { record, position });
        }
        const finish = now[now.length - 1] ?? end;
        for (const [event, { record, position }] of before) {
          consider(rhythms.get(event)!, event, finish - position, record, -1, false);
        }
        return strongest(found);

        function consider(
          rhythm: Rhythm,
          event: number,
          silence: number,
          record: number,
          next: number,
          own: boolean,
        ): void {
          if (silence < rhythm.every * 4) return;
          const until = next < 0 ? view.records.count - 1 : next - 1;
          if (until - record < fewestOthers) return;
          // What did not last longer than the silence was no habit.
          const lasted = rhythm.sample * rhythm.every;
          if (silence > lasted) return;
          const bits = silenceBits(rhythm, silence, own);
          if (bits < leastBits) return;
          found.push({
            family: 'gap',
            bits,
            record,
            shows: next < 0 ? [record] : [record, next],
            key: `silence:${event}`,
            strong: false,
            describe: () => describe(view, events, event, rhythm, silence, clock.kind, next < 0),
          });
        }
      },
    };
  },
};

function describe(
  view: LogView,
  events: EventTable,
  event: number,
  rhythm: Rhythm,
  silence: number,
  kind: ActiveClock['kind'],
  ended: boolean,
): { text: string; observed: string; expected: string } {
  const words = (length: number): string =>
    kind === 'time' ? duration(length) : `${number(length)} records`;
  const missed = number(Math.floor(silence / Math.max(rhythm.every, 1e-9)));
  const name = nameOfEvent(view, events, event);
  const then = ended ? 'then never again' : 'then not';
  return {
    text: `${name} came every ${words(rhythm.every)} (${number(rhythm.sample)} times), ${then} for ${words(silence)} while the log went on.`,
    observed: `silent for ${words(silence)}, ${missed} missing`,
    expected: `every ${words(rhythm.every)}`,
  };
}
