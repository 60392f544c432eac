import { quantile, sorted } from '../numeric/statistics.ts';
import { fitTail, tailBits, type Tail } from '../numeric/tail.ts';

/** A pause before a record. */
export interface Gap {
  /** The record after the pause. */
  readonly record: number;
  readonly milliseconds: number;
  readonly bits: number;
  /** Usual pauses there: the 1 % and 99 % quantiles, in milliseconds. */
  readonly usual: readonly [number, number];
  /** How many pauses that rests on. */
  readonly sample: number;
}

/** An event that came regularly and then did not. */
export interface Silence {
  /** Last record of the event before it fell silent. */
  readonly record: number;
  /** Last record of the log within the silence. */
  readonly until: number;
  readonly milliseconds: number;
  /** Median distance of the event, in milliseconds. */
  readonly every: number;
  readonly bits: number;
  readonly sample: number;
}

const fewestGaps = 30;

/**
 * Pauses between neighbouring records that are long for what usually stands between these two
 * events, or, where that is not known, for the log. Clock jumps backwards are no pauses.
 *
 * @param eventOf event per record; pauses are compared with those after the same event
 */
export function findGaps(time: Float64Array, eventOf: Uint32Array): Gap[] {
  const all: number[] = [];
  const byPrevious = new Map<number, number[]>();
  let previous = -1;
  for (let record = 0; record < time.length; record += 1) {
    const now = time[record]!;
    if (Number.isNaN(now)) continue;
    if (previous >= 0) {
      const pause = now - time[previous]!;
      if (pause >= 0) {
        const scaled = Math.log1p(pause);
        all.push(scaled);
        const event = eventOf[previous]!;
        let list = byPrevious.get(event);
        if (list === undefined) {
          list = [];
          byPrevious.set(event, list);
        }
        if (list.length < 20_000) list.push(scaled);
      }
    }
    previous = record;
  }
  if (all.length < fewestGaps) return [];
  // Half of e as the least scale: a pause must be times longer, not a little longer.
  const whole = fitTail(all.length > 200_000 ? sampled(all, 200_000) : all, 0.5);
  const tails = new Map<number, Tail>();
  for (const [event, list] of byPrevious) {
    if (list.length >= fewestGaps) tails.set(event, fitTail(list, 0.5));
  }
  const gaps: Gap[] = [];
  previous = -1;
  for (let record = 0; record < time.length; record += 1) {
    const now = time[record]!;
    if (Number.isNaN(now)) continue;
    if (previous >= 0) {
      const pause = now - time[previous]!;
      // Below a second nothing hangs that a reader could have noticed.
      if (pause >= 1000) {
        const scaled = Math.log1p(pause);
        const general = tailBits(whole, scaled);
        const local = tails.get(eventOf[previous]!);
        const bits = local === undefined ? general : Math.min(general, tailBits(local, scaled));
        if (bits >= 8) {
          const sample = (local ?? whole).ascending;
          gaps.push({
            record,
            milliseconds: pause,
            bits,
            usual: [Math.expm1(quantile(sample, 0.01)), Math.expm1(quantile(sample, 0.99))],
            sample: sample.length,
          });
        }
      }
    }
    previous = record;
  }
  return gaps;
}

function sampled(values: readonly number[], size: number): Float64Array {
  const stride = values.length / size;
  return Float64Array.from({ length: size }, (_, index) => values[Math.floor(index * stride)]!);
}

/**
 * Where a regular event stays away although the log goes on. Only events whose distances vary little
 * (interquartile range within the median) have a rhythm to miss.
 *
 * @param members records of the event, ascending
 * @param end time of the last record of the log
 */
export function findSilence(
  time: Float64Array,
  members: Uint32Array,
  end: number,
  lastRecord: number,
): Silence | null {
  const times: number[] = [];
  const records: number[] = [];
  for (const record of members) {
    const now = time[record]!;
    if (Number.isNaN(now)) continue;
    times.push(now);
    records.push(record);
  }
  if (times.length < 20) return null;
  const distances: number[] = [];
  for (let index = 1; index < times.length; index += 1) {
    distances.push(Math.max(0, times[index]! - times[index - 1]!));
  }
  const ascending = sorted(distances);
  const every = quantile(ascending, 0.5);
  if (every < 200) return null;
  const spread = quantile(ascending, 0.9) - quantile(ascending, 0.1);
  if (spread > every) return null;
  // One silence is an event; several are how it is.
  const longest = ascending[ascending.length - 1]!;
  const second = ascending[ascending.length - 2]!;
  const tail = end - times[times.length - 1]!;
  if (Math.min(Math.max(second, Math.min(longest, tail)), longest) > every * 4) return null;
  let regular = 0;
  for (const distance of distances) if (distance <= every * 4) regular += distance;
  let best: Silence | null = null;
  const consider = (milliseconds: number, record: number, until: number): void => {
    // The rhythm is near-periodic: each missed beat is taken as two bits, the first two as none.
    const missed = milliseconds / Math.max(every, quantile(ascending, 0.95)) - 2;
    const bits = Math.min(18, missed * 2);
    // A rhythm that did not last longer than the silence was a burst.
    if (milliseconds > regular) return;
    if (bits < 8 || (best !== null && bits <= best.bits)) return;
    best = { record, until, milliseconds, every, bits, sample: distances.length };
  };
  for (const [index, distance] of distances.entries()) {
    consider(distance, records[index]!, records[index + 1]! - 1);
  }
  consider(tail, records[records.length - 1]!, lastRecord);
  return best;
}
