import { daysFromCivil, msPerDay, yearOf } from './civilTime.ts';
import type { StatedTime } from './statedTime.ts';
import { timeBasis } from './timestamp.ts';

/** What a log does not state is taken from here: 2000-01-01T00:00:00Z, a leap year, on no one's clock. */
const unstatedMs = Date.UTC(2000, 0, 1);

const halfDay = msPerDay / 2;
const almostDay = 23 * 3_600_000;
const halfYear = 183 * msPerDay;
const almostYear = 330 * msPerDay;

/**
 * Turns what a timestamp states into milliseconds since the epoch, UTC. The rule is fixed and needs
 * no clock: a missing year or date is that of the time before in the log, the first one is 2000 or
 * 2000-01-01; relative times count from 2000-01-01T00:00:00Z. A fall of more than half a year
 * (December to January) or half a day (past midnight) is the next year or day; a rise of nearly a
 * whole one is a line that came late from the year or day before. Anything else stays as it stands.
 */
export class MomentClock {
  /** The last resolved time; NaN at the start. */
  last = NaN;
  /** Consecutive lines mostly share their date. */
  #date = -1;
  #dateMs = 0;
  #year = 0;
  #yearStart = 0;
  #yearEnd = 0;

  resolve(stamp: StatedTime): number {
    const time = this.#resolve(stamp);
    this.last = time;
    return time;
  }

  /** Consecutive lines mostly share their year as well. */
  #yearOf(ms: number): number {
    if (!(ms >= this.#yearStart && ms < this.#yearEnd)) {
      this.#year = yearOf(ms);
      this.#yearStart = daysFromCivil(this.#year, 1, 1) * msPerDay;
      this.#yearEnd = daysFromCivil(this.#year + 1, 1, 1) * msPerDay;
    }
    return this.#year;
  }

  #resolve(stamp: StatedTime): number {
    if (stamp.isEpoch) {
      const ms = Math.floor(stamp.ms);
      return stamp.basis === timeBasis.relative ? unstatedMs + ms : ms;
    }
    if (stamp.basis === timeBasis.absolute) {
      const date = (stamp.year * 16 + stamp.month) * 32 + stamp.day;
      if (date !== this.#date) {
        this.#date = date;
        this.#dateMs = daysFromCivil(stamp.year, stamp.month, stamp.day) * msPerDay;
      }
      return this.#dateMs + stamp.ms;
    }
    const unknown = Number.isNaN(this.last);
    const last = unknown ? unstatedMs : this.last;
    if (stamp.basis === timeBasis.noDate) {
      const time = Math.floor(last / msPerDay) * msPerDay + stamp.ms;
      if (unknown) return time;
      if (time < last - halfDay) return time + msPerDay;
      return time > last + almostDay ? time - msPerDay : time;
    }
    const year = this.#yearOf(last);
    const time = atYear(stamp, year);
    if (unknown) return time;
    if (time < last - halfYear) return atYear(stamp, year + 1);
    return time > last + almostYear ? atYear(stamp, year - 1) : time;
  }
}

function atYear(stamp: StatedTime, year: number): number {
  return daysFromCivil(year, stamp.month, stamp.day) * msPerDay + stamp.ms;
}
