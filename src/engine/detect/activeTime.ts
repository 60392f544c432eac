import { quantile } from './numeric/statistics.ts';

/** Pauses that are looked at for how long they usually are. */
const sampledPauses = 20_000;
/** Share of the records that must state a time. */
const timedShare = 0.9;

/**
 * A clock that stands still while nobody writes: pauses count up to a length that is usual in the
 * log, so that a host that slept makes no event late. It never goes back, and stands where a record
 * states no time. A log without times counts records.
 */
export class ActiveClock {
  readonly kind: 'time' | 'records';
  /** The finest step of the clock: milliseconds, or one record. */
  readonly resolution: number;
  /** Pauses longer than this are cut to it, in milliseconds. */
  readonly #longest: number;
  /** What the clock was learned from, and the positions of that once they were asked for. */
  readonly #time: Float64Array;
  #own: Float64Array | null = null;

  /** The clock of a log; several detectors ask for the same. */
  static of(time: Float64Array): ActiveClock {
    let known = clocks.get(time);
    if (known === undefined) {
      known = new ActiveClock(time);
      clocks.set(time, known);
    }
    return known;
  }

  private constructor(time: Float64Array) {
    this.#time = time;
    let known = 0;
    for (const now of time) if (!Number.isNaN(now)) known += 1;
    const pauses = usualPauses(time);
    const some = pauses.length > 0 && pauses[pauses.length - 1]! > 0;
    this.kind = known >= time.length * timedShare && some ? 'time' : 'records';
    const finest = this.kind === 'time' ? pauses.find((pause) => pause > 0) : 1;
    this.resolution = finest ?? 1;
    this.#longest = Math.max(1000, 4 * quantile(pauses, 0.99));
  }

  /**
   * Position of each record from `fromRecord` on, ascending from `start`; not to be changed, as
   * several read the same.
   * @param time of all records
   */
  positions(time: Float64Array, fromRecord = 0, start = 0): Float64Array {
    if (time === this.#time && fromRecord === 0 && start === 0) {
      return (this.#own ??= this.#walked(time, 0, 0));
    }
    return this.#walked(time, fromRecord, start);
  }

  #walked(time: Float64Array, fromRecord: number, start: number): Float64Array {
    const positions = new Float64Array(time.length - fromRecord);
    if (this.kind === 'records') {
      for (let index = 0; index < positions.length; index += 1) positions[index] = start + index;
      return positions;
    }
    let position = start;
    let latest = fromRecord > 0 ? time[fromRecord - 1]! : Number.NaN;
    for (let index = 0; index < positions.length; index += 1) {
      const now = time[fromRecord + index]!;
      if (!Number.isNaN(now)) {
        const pause = now - latest;
        if (pause > 0) position += Math.min(pause, this.#longest);
        // A clock that was set back goes on from where it is.
        latest = now;
      }
      positions[index] = position;
    }
    return positions;
  }
}

const clocks = new WeakMap<Float64Array, ActiveClock>();

/** Ascending pauses between neighbouring records, from an even sample. */
function usualPauses(time: Float64Array): Float64Array {
  const step = Math.max(1, (time.length - 1) / sampledPauses);
  const pauses: number[] = [];
  for (let at = 1; at < time.length; at += step) {
    const record = Math.floor(at);
    const pause = time[record]! - time[record - 1]!;
    if (pause >= 0) pauses.push(pause);
  }
  return Float64Array.from(pauses).sort();
}
