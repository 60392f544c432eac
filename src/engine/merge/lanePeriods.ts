import type { OpenBasis } from '../record/clockPeriods.ts';
import { periodOf } from '../record/clockPeriods.ts';

/** Changes of the day that are kept of a log: hundreds of years, or a log whose lines are in disorder. */
const mostChanges = 1 << 17;

/**
 * On which day (or in which year) the records of a log lie that does not state it, by their place in a
 * joined text: one entry for each change, noted while the text is written.
 */
export class LanePeriods {
  readonly basis: OpenBasis;
  /** Where each begins, ascending, and a time that lies in it. */
  readonly #bytes: number[] = [];
  readonly #times: number[] = [];
  #period = NaN;

  constructor(basis: OpenBasis) {
    this.basis = basis;
  }

  /** Whether a record at this time, which comes next, lies in another one than the last. */
  changesAt(time: number): boolean {
    const period = periodOf(this.basis, time);
    return !Number.isNaN(period) && period !== this.#period;
  }

  /** @param byte where the record begins in the joined text */
  note(time: number, byte: number): void {
    this.#period = periodOf(this.basis, time);
    if (this.#bytes.length >= mostChanges) return;
    this.#bytes.push(byte);
    this.#times.push(time);
  }

  /** A time in the day (or year) of the record at a byte of the joined text; NaN before the first one. */
  timeAt(byte: number): number {
    let low = 0;
    let high = this.#bytes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#bytes[middle]! <= byte) low = middle + 1;
      else high = middle;
    }
    return this.#times[low - 1] ?? NaN;
  }
}
