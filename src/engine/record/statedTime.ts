/** Copies what a time states: readers are used again for the next cell. */
export function copyStated(from: StatedTime, to: Mutable<StatedTime>): void {
  to.basis = from.basis;
  to.layout = from.layout;
  to.year = from.year;
  to.month = from.month;
  to.day = from.day;
  to.ms = from.ms;
  to.isEpoch = from.isEpoch;
  to.zoneStated = from.zoneStated;
  to.zone = from.zone;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What a time in a log states, read but not yet placed in the log's years and days. */
export interface StatedTime {
  /** One of `timeBasis`. */
  readonly basis: number;
  /** One of `timeLayout`. */
  readonly layout: number;
  readonly year: number;
  /** 1..12. */
  readonly month: number;
  /** 1..31. */
  readonly day: number;
  /** Milliseconds since midnight UTC; for epoch and relative times the whole value. */
  readonly ms: number;
  readonly isEpoch: boolean;
  readonly zoneStated: boolean;
  /** Minutes east of UTC of the stated zone; 0 where none is stated. */
  readonly zone: number;
}
