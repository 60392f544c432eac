import type { CellReader } from './headerCell.ts';
import { cellKind } from './headerCell.ts';
import { copyStated } from './statedTime.ts';
import { mayBeginZone, timeBasis, TimestampReader } from './timestamp.ts';

/** Longer time cells are read anew each time. */
const longestCell = 64;

const space = 0x20;

/**
 * Recognises a time cell that differs from one read before in nothing but the digits of its time of
 * day, which is nearly every one: consecutive records share their date. Gives what reading it anew
 * would give; where it cannot be sure, it says so.
 */
export class TimeMemo {
  /** What the cell states; as `TimestampReader` gives it. */
  readonly stamp = new TimestampReader();
  /** Length of the cell, 0 where none is remembered. */
  length = 0;
  /** The cell began with a bracket that its time did not close. */
  opens = false;
  readonly #bytes = new Uint8Array(longestCell);
  /** Offsets within the cell: of the hour, behind the second, behind its decimals. */
  #clock = 0;
  #decimals = 0;
  #rest = 0;
  #step = 0;
  /** Milliseconds that date and zone add to the time of day. */
  #base = 0;

  /** True when the cell at `at` is like the one that is remembered; the stamp then holds its time. */
  matches(bytes: Uint8Array, at: number, end: number): boolean {
    const { length } = this;
    const next = at + length;
    if (length === 0 || next + 2 >= end || bytes[next] !== space) return false;
    const known = this.#bytes;
    const clock = this.#clock;
    for (let index = 0; index < clock; index += 1) {
      if (bytes[at + index] !== known[index]) return false;
    }
    const rest = this.#rest;
    for (let index = rest; index < length; index += 1) {
      if (bytes[at + index] !== known[index]) return false;
    }
    const step = this.#step;
    if (step === 3) {
      if (bytes[at + clock + 2] !== known[clock + 2]) return false;
      if (bytes[at + clock + 5] !== known[clock + 5]) return false;
    }
    const hour = twoDigits(bytes, at + clock);
    const minute = twoDigits(bytes, at + clock + step);
    const second = twoDigits(bytes, at + clock + 2 * step);
    if (!(hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60)) {
      return false;
    }
    const decimals = this.#decimals;
    let ms = ((hour * 60 + minute) * 60 + second) * 1000;
    if (rest > decimals) {
      if (bytes[at + decimals] !== known[decimals]) return false;
      let scale = 100;
      for (let index = decimals + 1; index < rest; index += 1) {
        const digit = bytes[at + index]! - 0x30;
        if (!(digit >= 0 && digit <= 9)) return false;
        ms += digit * scale;
        scale = scale === 100 ? 10 : scale === 10 ? 1 : 0;
      }
    }
    // A zone, or the year of ctime, may stand behind this one where the other had none.
    if (mayBeginZone(bytes[next + 1]!, bytes[next + 2]!)) return false;
    if (this.stamp.basis === timeBasis.noYear && isDigit(bytes[next + 1]!)) return false;
    this.stamp.ms = this.#base + ms;
    return true;
  }

  /** Remembers the time cell that was read at `at`, where it can be recognised again. */
  remember(cell: CellReader, bytes: Uint8Array, at: number): void {
    this.length = 0;
    const { time } = cell;
    const length = cell.end - at;
    const known = cell.kind === cellKind.time && !time.isEpoch && time.clockStart >= at;
    if (!known || length > longestCell) return;
    const { stamp } = this;
    copyStated(time, stamp);
    this.#clock = time.clockStart - at;
    this.#step = time.clockStep;
    this.#decimals = this.#clock + 2 * time.clockStep + 2;
    this.#rest = time.clockEnd - at;
    for (let index = 0; index < length; index += 1) this.#bytes[index] = bytes[at + index]!;
    this.opens = cell.opens;
    this.#base = 0;
    this.length = length;
    // What the same cell gives without date and zone is what they add.
    if (this.matches(bytes, at, bytes.length)) this.#base = time.ms - stamp.ms;
    else this.length = 0;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Two digits as a number; negative or NaN where one is missing. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const high = bytes[at]! - 0x30;
  const low = bytes[at + 1]! - 0x30;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : -1000;
}
