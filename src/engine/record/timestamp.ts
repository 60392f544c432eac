import { fullYear } from './civilTime.ts';
import type { StatedTime } from './statedTime.ts';

/** How much of a moment a timestamp states. */
export const timeBasis = {
  /** Date and time of day. */
  absolute: 0,
  /** Month, day and time of day. */
  noYear: 1,
  /** Time of day. */
  noDate: 2,
  /** Milliseconds since some start. */
  relative: 3,
} as const;

/** Families of timestamps: lines of one log that belong together share one. */
export const timeLayout = {
  none: 0,
  yearMonthDay: 1,
  compact: 2,
  compactShort: 3,
  epochSeconds: 4,
  epochMilliseconds: 5,
  epochMicroseconds: 6,
  epochNanoseconds: 7,
  dayNameMonth: 8,
  monthNameDay: 9,
  numericNoYear: 10,
  numericYearLast: 11,
  numericShortYear: 12,
  clock: 13,
  relativeSeconds: 14,
  date: 15,
  /** As a format of the reader says. */
  written: 16,
} as const;

/** Which part of an all-numeric date is which; decided once per log, see `numericDateOrder`. */
export const dateOrder = { unknown: 0, yearFirst: 1, monthFirst: 2, dayFirst: 3 } as const;

/**
 * Reads one timestamp at a given byte, without regular expressions or strings, in time bounded by
 * the longest form (about 50 bytes). Results stand in the fields, because an object per line would
 * cost more than the parsing. A time without a stated zone counts as UTC.
 */
export class TimestampReader implements StatedTime {
  /** One of `dateOrder`. */
  order: number = dateOrder.unknown;
  /** Offset behind the timestamp. */
  end = 0;
  layout = 0;
  basis = 0;
  zoneStated = false;
  zone = 0;
  year = 0;
  /** 1..12. */
  month = 0;
  /** 1..31. */
  day = 0;
  /** Milliseconds since midnight UTC (zone applied, so it may be negative or above a day); for epoch and relative times the whole value. */
  ms = 0;
  isEpoch = false;
  /** Where a time of day with two digits each begins, -1 where there is none or it has am or pm. */
  clockStart = -1;
  /** Bytes from hour to minute to second: 3 with marks between, 2 without. */
  clockStep = 0;
  /** Behind the second and its decimals. */
  clockEnd = 0;
  /** The three numbers of an all-numeric date, as they stand; for deciding the order. */
  first = 0;
  second = 0;
  third = 0;

  /** True when a timestamp starts at `at`; `end` bounds what may be read. */
  read(bytes: Uint8Array, at: number, end: number): boolean {
    this.zoneStated = false;
    this.zone = 0;
    this.isEpoch = false;
    this.clockStart = -1;
    this.basis = timeBasis.absolute;
    const byte = at < end ? bytes[at]! : 0;
    if (byte >= 0x30 && byte <= 0x39) return this.#startsWithDigit(bytes, at, end);
    if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) return this.#startsWithName(bytes, at, end);
    return false;
  }

  /** Seconds since some start, with decimals: `12.345678`, as the kernel log writes it. */
  readRelative(bytes: Uint8Array, at: number, end: number): boolean {
    let next = at;
    let seconds = 0;
    while (next < end && isDigit(bytes[next]!) && next - at < 10) {
      seconds = seconds * 10 + bytes[next]! - 0x30;
      next += 1;
    }
    if (next === at || next + 3 >= end || bytes[next] !== 0x2e) return false;
    const decimals = next + 1;
    next = this.#fraction(bytes, decimals, end);
    if (next - decimals < 3) return false;
    this.ms += seconds * 1000;
    this.end = next;
    this.layout = timeLayout.relativeSeconds;
    this.basis = timeBasis.relative;
    this.zoneStated = false;
    this.zone = 0;
    this.isEpoch = true;
    return true;
  }

  #startsWithDigit(bytes: Uint8Array, at: number, end: number): boolean {
    let value = 0;
    let next = at;
    while (next < end && isDigit(bytes[next]!) && next - at < 20) {
      value = value * 10 + bytes[next]! - 0x30;
      next += 1;
    }
    const separator = next < end ? bytes[next]! : 0;
    switch (next - at) {
      case 1:
      case 2:
        return this.#shortNumber(bytes, at, next, end, value, separator);
      case 4:
        return this.#yearFirst(bytes, next, end, value, separator);
      case 6:
        return this.#compactShort(bytes, next, end, value, separator);
      case 8:
        return this.#compact(bytes, next, end, value, separator);
      case 14:
        return this.#compactWhole(bytes, at, next, end);
      case 10:
        return this.#epoch(bytes, next, end, value, 1000, timeLayout.epochSeconds);
      case 13:
        return this.#epoch(bytes, next, end, value, 1, timeLayout.epochMilliseconds);
      case 16:
        return this.#epoch(bytes, next, end, value, 1e-3, timeLayout.epochMicroseconds);
      case 19:
        return this.#epoch(bytes, next, end, value, 1e-6, timeLayout.epochNanoseconds);
      default:
        return false;
    }
  }

  /** `2005-06-03 15:42:50.675`, with `-`, `/`, `.` or spaces, the month as a number or a name. */
  #yearFirst(bytes: Uint8Array, at: number, end: number, year: number, separator: number): boolean {
    if (year < 1900 || year > 2200) return false;
    if (separator !== dash && separator !== slash && separator !== dot && separator !== space) {
      return false;
    }
    let next = at + 1;
    const month = monthName(bytes, next, end);
    if (month > 0) {
      this.month = month;
      next += 3;
    } else {
      if (separator === space) return false;
      const digits = smallNumber(bytes, next, end);
      if (digits === 0) return false;
      this.month = small;
      next += digits;
    }
    if (next >= end || bytes[next] !== separator) return false;
    const digits = smallNumber(bytes, next + 1, end);
    if (digits === 0) return false;
    this.year = year;
    this.day = small;
    this.layout = timeLayout.yearMonthDay;
    return this.#validDate() && this.#clockAfterDate(bytes, next + 1 + digits, end, true);
  }

  /** `20171223-22:15:29:606`, `20171223T221529Z`. A date alone is not told from a number. */
  #compact(bytes: Uint8Array, at: number, end: number, value: number, separator: number): boolean {
    this.year = Math.floor(value / 10_000);
    this.month = Math.floor(value / 100) % 100;
    this.day = value % 100;
    this.layout = timeLayout.compact;
    if (this.year < 1900 || this.year > 2200 || !this.#validDate()) return false;
    if (separator !== dash && separator !== space && (separator | 0x20) !== 0x74) {
      if (separator !== underscore) return false;
    }
    return this.#compactClock(bytes, at + 1, end) || this.#clock(bytes, at + 1, end);
  }

  /** `20171223221529`. */
  #compactWhole(bytes: Uint8Array, at: number, next: number, end: number): boolean {
    this.year = two(bytes, at) * 100 + two(bytes, at + 2);
    this.month = two(bytes, at + 4);
    this.day = two(bytes, at + 6);
    this.layout = timeLayout.compact;
    if (this.year < 1980 || this.year > 2100 || !this.#validDate()) return false;
    const hour = two(bytes, at + 8);
    const minute = two(bytes, at + 10);
    const second = two(bytes, at + 12);
    if (hour > 23 || minute > 59 || second > 60 || !isBoundary(bytes, next, end)) return false;
    this.ms = ((hour * 60 + minute) * 60 + second) * 1000;
    this.end = next;
    return true;
  }

  /** `081109 203615` and `081109 20:36:15`. */
  #compactShort(
    bytes: Uint8Array,
    at: number,
    end: number,
    value: number,
    separator: number,
  ): boolean {
    if (separator !== space) return false;
    this.year = fullYear(Math.floor(value / 10_000));
    this.month = Math.floor(value / 100) % 100;
    this.day = value % 100;
    this.layout = timeLayout.compactShort;
    if (!this.#validDate()) return false;
    const next = bytes[at + 1] === space ? at + 2 : at + 1;
    return this.#compactClock(bytes, next, end) || this.#clock(bytes, next, end);
  }

  /** One or two digits first: a time of day, a day or a month. */
  #shortNumber(
    bytes: Uint8Array,
    start: number,
    at: number,
    end: number,
    value: number,
    separator: number,
  ): boolean {
    if (separator === colon) {
      this.layout = timeLayout.clock;
      this.basis = timeBasis.noDate;
      return this.#clock(bytes, start, end);
    }
    const month = monthName(bytes, at + 1, end);
    if (month > 0) return this.#dayFirst(bytes, at, end, value, separator, month);
    if (separator !== slash && separator !== dash && separator !== dot) return false;
    return this.#allNumeric(bytes, at, end, value, separator);
  }

  /** `10/Oct/2000:13:55:36 -0700`, `10-Oct-2000 13:55:36`, `10 Oct 2000 13:55:36`, `10 Oct 13:55:36`. */
  #dayFirst(
    bytes: Uint8Array,
    at: number,
    end: number,
    day: number,
    separator: number,
    month: number,
  ): boolean {
    if (separator !== slash && separator !== dash && separator !== space) return false;
    this.day = day;
    this.month = month;
    this.year = 2000;
    this.layout = timeLayout.dayNameMonth;
    if (!this.#validDate()) return false;
    const next = at + 4;
    if (next >= end || (bytes[next] !== separator && bytes[next] !== space)) return false;
    const year = fourDigits(bytes, next + 1, end);
    if (year > 0) {
      this.year = year;
      return this.#clockAfterDate(bytes, next + 5, end, false);
    }
    this.basis = timeBasis.noYear;
    return this.#clock(bytes, next + 1, end);
  }

  /** `10/14/2023 …`, `14.10.2023 …`, `23/10/14 …`, `10-14 …`: which part is which is `order`. */
  #allNumeric(
    bytes: Uint8Array,
    at: number,
    end: number,
    first: number,
    separator: number,
  ): boolean {
    const digits = smallNumber(bytes, at + 1, end);
    if (digits === 0) return false;
    const second = small;
    let next = at + 1 + digits;
    this.first = first;
    this.second = second;
    if (bytes[next] !== separator) {
      this.third = 0;
      this.year = 2000;
      this.layout = timeLayout.numericNoYear;
      this.basis = timeBasis.noYear;
      this.#monthAndDay(first, second, false);
      return bytes[next] === space && this.#validDate() && this.#clock(bytes, next + 1, end);
    }
    next += 1;
    const year = fourDigits(bytes, next, end);
    if (year > 0) {
      this.third = year;
      this.year = year;
      this.layout = timeLayout.numericYearLast;
      this.#monthAndDay(first, second, separator !== slash);
      return this.#validDate() && this.#clockAfterDate(bytes, next + 4, end, false);
    }
    if (smallNumber(bytes, next, end) !== 2) return false;
    const third = small;
    this.third = third;
    this.layout = timeLayout.numericShortYear;
    if (this.order === dateOrder.unknown || this.order === dateOrder.yearFirst) {
      this.year = fullYear(first);
      this.month = second;
      this.day = third;
    }
    if (this.order > dateOrder.yearFirst || !this.#validDate()) {
      this.year = fullYear(third);
      this.#monthAndDay(first, second, separator !== slash);
    }
    return this.#validDate() && this.#clockAfterDate(bytes, next + 2, end, false);
  }

  /** Without other evidence a value above 12 decides; after that the custom of the separator. */
  #monthAndDay(first: number, second: number, dayFirstByCustom: boolean): void {
    const dayFirst =
      first > 12 ||
      (second <= 12 &&
        (this.order === dateOrder.dayFirst ||
          (this.order !== dateOrder.monthFirst && dayFirstByCustom)));
    this.day = dayFirst ? first : second;
    this.month = dayFirst ? second : first;
  }

  /** `Jun 14 15:16:01`, `Sun Dec 04 04:47:44.123 2005`, `Jan 10, 2023 10:00:00 AM`, `Mon, 02 Jan 2006 …`. */
  #startsWithName(bytes: Uint8Array, at: number, end: number): boolean {
    let next = at;
    let weekday = false;
    if (isWeekday(bytes, at, end)) {
      weekday = true;
      next += 3;
      if (bytes[next] === comma) next += 1;
      if (bytes[next] !== space) return false;
      next += 1;
      if (next < end && isDigit(bytes[next]!)) {
        const digits = smallNumber(bytes, next, end);
        if (digits === 0) return false;
        const day = small;
        next += digits;
        const month = monthName(bytes, next + 1, end);
        return month > 0 && this.#dayFirst(bytes, next, end, day, bytes[next]!, month);
      }
    }
    const month = monthName(bytes, next, end);
    if (month === 0) return false;
    next += 3;
    if (bytes[next] !== space && bytes[next] !== dash) return false;
    next += bytes[next + 1] === space ? 2 : 1;
    const digits = smallNumber(bytes, next, end);
    if (digits === 0) return false;
    this.month = month;
    this.day = small;
    this.year = 2000;
    this.layout = timeLayout.monthNameDay;
    if (!this.#validDate()) return false;
    next += digits;
    if (bytes[next] === comma) next += 1;
    if (bytes[next] !== space) return false;
    const year = fourDigits(bytes, next + 1, end);
    if (year > 0) {
      this.year = year;
      return this.#clockAfterDate(bytes, next + 5, end, false);
    }
    if (!this.#clock(bytes, next + 1, end)) return false;
    return this.#yearBehindClock(bytes, end, weekday);
  }

  /** ctime writes the year last, `date` puts a zone between; syslog has no year and then a host. */
  #yearBehindClock(bytes: Uint8Array, end: number, weekday: boolean): boolean {
    const at = this.end;
    const year = bytes[at] === space ? fourDigits(bytes, at + 1, end) : 0;
    if (year >= 1970 && year < 2100 && (weekday || bytes[at + 5] === space)) {
      this.year = year;
      this.end = at + 5;
    } else {
      this.basis = timeBasis.noYear;
    }
    return true;
  }

  #epoch(
    bytes: Uint8Array,
    at: number,
    end: number,
    value: number,
    scale: number,
    layout: number,
  ): boolean {
    const ms = value * scale;
    // 2001-09-09 to 2096: below, ten digits are rather a counter or an id.
    if (ms < 1e12 || ms > 4e12) return false;
    this.layout = layout;
    this.ms = ms;
    this.end = at;
    this.isEpoch = true;
    this.zoneStated = true;
    if (layout === timeLayout.epochSeconds && bytes[at] === dot && at + 1 < end) {
      const next = this.#fraction(bytes, at + 1, end);
      if (next > at + 1) {
        this.ms += ms;
        this.end = next;
      } else {
        this.ms = ms;
      }
    }
    return isBoundary(bytes, this.end, end);
  }

  /** The time of day behind a date: ` `, `T`, `:`, `_`, `-` or `, ` between. Without one, the date alone. */
  #clockAfterDate(bytes: Uint8Array, at: number, end: number, mayStandAlone: boolean): boolean {
    const byte = at < end ? bytes[at]! : 0;
    let next = at;
    if (byte === comma && bytes[at + 1] === space) next += 1;
    const separated = bytes[next] === space || (byte | 0x20) === 0x74 || byte === colon;
    if (separated || byte === underscore || byte === dash) {
      next += 1;
      if (bytes[next] === space) next += 1;
      const layout = this.layout;
      if (this.#clock(bytes, next, end)) return true;
      if (byte === dash && this.#dottedClock(bytes, next, end)) return true;
      if (byte !== dash && this.#compactClock(bytes, next, end)) return true;
      this.layout = layout;
    }
    if (!mayStandAlone || !isBoundary(bytes, at, end)) return false;
    this.layout = timeLayout.date;
    this.clockStart = -1;
    this.ms = 0;
    this.end = at;
    return true;
  }

  /** `9:30:12`, `15:42:50,675`, `10:00:00 PM`, with a zone. Seconds are required: `10:15` is too often a port or a ratio. */
  #clock(bytes: Uint8Array, at: number, end: number): boolean {
    let next = at;
    let hour = digitAt(bytes, next, end);
    if (hour < 0) return false;
    next += 1;
    const unit = digitAt(bytes, next, end);
    if (unit >= 0) {
      hour = hour * 10 + unit;
      next += 1;
    }
    if (next + 6 > end || bytes[next] !== colon || bytes[next + 3] !== colon) {
      return this.#unpaddedClock(bytes, next, end, hour);
    }
    const minute = two(bytes, next + 1);
    const second = two(bytes, next + 4);
    if (hour > 24 || !(minute >= 0 && minute < 60) || !(second >= 0 && second <= 60)) {
      return this.#unpaddedClock(bytes, next, end, hour);
    }
    this.clockStart = unit >= 0 ? at : -1;
    this.clockStep = 3;
    return this.#restOfClock(bytes, next + 6, end, hour, minute, second);
  }

  /** `0:7:5:62` behind a date: some programs write the parts of a time without zeros in front. */
  #unpaddedClock(bytes: Uint8Array, at: number, end: number, hour: number): boolean {
    if (this.layout === timeLayout.clock || hour > 24 || bytes[at] !== colon) return false;
    const minuteDigits = smallNumber(bytes, at + 1, end);
    const minute = small;
    let next = at + 1 + minuteDigits;
    if (minuteDigits === 0 || minute > 59 || bytes[next] !== colon) return false;
    const secondDigits = smallNumber(bytes, next + 1, end);
    next += 1 + secondDigits;
    if (secondDigits === 0 || small > 60) return false;
    this.clockStart = -1;
    return this.#restOfClock(bytes, next, end, hour, minute, small);
  }

  /** `15.42.50.675872`. */
  #dottedClock(bytes: Uint8Array, at: number, end: number): boolean {
    if (at + 8 > end || bytes[at + 2] !== dot || bytes[at + 5] !== dot) return false;
    const hour = two(bytes, at);
    const minute = two(bytes, at + 3);
    const second = two(bytes, at + 6);
    if (!(hour >= 0 && hour < 24) || !(minute >= 0 && minute < 60)) return false;
    if (!(second >= 0 && second <= 60)) return false;
    this.clockStart = at;
    this.clockStep = 3;
    return this.#restOfClock(bytes, at + 8, end, hour, minute, second);
  }

  /** `203615`, `203615.123`. */
  #compactClock(bytes: Uint8Array, at: number, end: number): boolean {
    if (at + 6 > end) return false;
    const hour = two(bytes, at);
    const minute = two(bytes, at + 2);
    const second = two(bytes, at + 4);
    if (!(hour >= 0 && hour < 24) || !(minute >= 0 && minute < 60)) return false;
    if (!(second >= 0 && second <= 60) || digitAt(bytes, at + 6, end) >= 0) return false;
    this.clockStart = at;
    this.clockStep = 2;
    return this.#restOfClock(bytes, at + 6, end, hour, minute, second);
  }

  #restOfClock(
    bytes: Uint8Array,
    at: number,
    end: number,
    hour: number,
    minute: number,
    second: number,
  ): boolean {
    let next = at;
    this.ms = 0;
    const byte = next < end ? bytes[next]! : 0;
    if ((byte === dot || byte === comma || byte === colon) && digitAt(bytes, next + 1, end) >= 0) {
      const behind = this.#fraction(bytes, next + 1, end);
      // `12:00:00:606` is a fraction, `12:00:00:5` and `12:00:00,5` are something else; behind a date
      // `12:00:00:5` counts milliseconds.
      if (byte === dot || behind - next === 4 || (byte === comma && behind - next >= 4)) {
        next = behind;
      } else if (byte === colon && behind - next < 4 && this.layout !== timeLayout.clock) {
        this.ms /= behind - next === 2 ? 100 : 10;
        if (!isBoundary(bytes, behind, end)) this.ms = 0;
        else next = behind;
        this.clockStart = -1;
      } else {
        this.ms = 0;
      }
    }
    this.ms += ((hour * 60 + minute) * 60 + second) * 1000;
    this.clockEnd = next;
    next = this.#halfDay(bytes, next, end, hour);
    if (next > this.clockEnd) this.clockStart = -1;
    next = this.#zone(bytes, next, end);
    this.end = next;
    return isBoundary(bytes, next, end);
  }

  /** Decimals of a second at `at`; sets `ms` to whole milliseconds and gives the offset behind. */
  #fraction(bytes: Uint8Array, at: number, end: number): number {
    let next = at;
    let scale = 100;
    let ms = 0;
    while (next < end && next - at < 9 && isDigit(bytes[next]!)) {
      if (scale >= 1) ms += (bytes[next]! - 0x30) * scale;
      scale /= 10;
      next += 1;
    }
    this.ms = ms;
    return next;
  }

  #halfDay(bytes: Uint8Array, at: number, end: number, hour: number): number {
    const next = bytes[at] === space ? at + 1 : at;
    if (next + 2 > end || hour > 12) return at;
    const half = bytes[next]! | 0x20;
    if ((half !== 0x61 && half !== 0x70) || (bytes[next + 1]! | 0x20) !== 0x6d) return at;
    if (!isBoundary(bytes, next + 2, end)) return at;
    if (half === 0x70 && hour < 12) this.ms += 43_200_000;
    if (half === 0x61 && hour === 12) this.ms -= 43_200_000;
    return next + 2;
  }

  /** `Z`, `+02:00`, `-0700`, ` +0000 UTC`, ` GMT`, and the common American and European names. */
  #zone(bytes: Uint8Array, at: number, end: number): number {
    if ((bytes[at]! | 0x20) === 0x7a && isBoundary(bytes, at + 1, end)) {
      this.zoneStated = true;
      return at + 1;
    }
    const next = bytes[at] === space ? at + 1 : at;
    const sign = next < end ? bytes[next]! : 0;
    if (sign === 0x2b || sign === dash) {
      const behind = this.#numericZone(bytes, next, end, next > at);
      return behind > 0 ? this.#namedZone(bytes, behind, end, false) : at;
    }
    return this.#namedZone(bytes, at, end, true);
  }

  #numericZone(bytes: Uint8Array, at: number, end: number, afterSpace: boolean): number {
    if (at + 3 > end) return 0;
    const hours = two(bytes, at + 1);
    if (!(hours >= 0 && hours <= 14)) return 0;
    let next = at + 3;
    let minutes = 0;
    const separator = bytes[next] === colon ? 1 : 0;
    const stated = next + separator + 2 <= end ? two(bytes, next + separator) : -1;
    if (stated >= 0 && stated < 60 && stated % 15 === 0) {
      minutes = stated;
      next += separator + 2;
    } else if (afterSpace || separator === 1) {
      return 0;
    }
    if (!isBoundary(bytes, next, end)) return 0;
    const offset = hours * 60 + minutes;
    this.zone = bytes[at] === dash ? -offset : offset;
    this.ms -= this.zone * 60_000;
    this.zoneStated = true;
    return next;
  }

  #namedZone(bytes: Uint8Array, at: number, end: number, applies: boolean): number {
    if (bytes[at] !== space || at + 4 > end || bytes[at + 1]! < 0x41) return at;
    let next = at + 1;
    let packed = 0;
    while (next < end && next - at <= 4 && bytes[next]! >= 0x41 && bytes[next]! <= 0x5a) {
      packed = packed * 32 + (bytes[next]! & 31);
      next += 1;
    }
    const hours = zoneHours.get(packed);
    if (hours === undefined || !isBoundary(bytes, next, end)) return at;
    if (applies) {
      this.ms -= hours * 3_600_000;
      this.zone = hours * 60;
      this.zoneStated = true;
    }
    return next;
  }

  #validDate(): boolean {
    return this.month >= 1 && this.month <= 12 && this.day >= 1 && this.day <= 31;
  }
}

const space = 0x20;
const comma = 0x2c;
const dash = 0x2d;
const dot = 0x2e;
const slash = 0x2f;
const colon = 0x3a;
const underscore = 0x5f;

/** Value of the last successful `smallNumber`. */
let small = 0;

/** Reads one or two digits, not followed by a third, into `small`; gives their number, 0 for none. */
function smallNumber(bytes: Uint8Array, at: number, end: number): number {
  const first = digitAt(bytes, at, end);
  if (first < 0) return 0;
  const second = digitAt(bytes, at + 1, end);
  if (second < 0) {
    small = first;
    return 1;
  }
  if (digitAt(bytes, at + 2, end) >= 0) return 0;
  small = first * 10 + second;
  return 2;
}

/** A year of four digits, 0 when there is none. */
function fourDigits(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 > end || digitAt(bytes, at + 4, end) >= 0) return 0;
  const year = two(bytes, at) * 100 + two(bytes, at + 2);
  return year >= 1900 && year <= 2200 ? year : 0;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function digitAt(bytes: Uint8Array, at: number, end: number): number {
  const digit = at < end ? bytes[at]! - 0x30 : -1;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

/** Two digits as a number; negative or NaN when one is missing, so callers test `>= 0`. */
function two(bytes: Uint8Array, at: number): number {
  const high = bytes[at]! - 0x30;
  const low = bytes[at + 1]! - 0x30;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : -1000;
}

/** What follows a timestamp is not part of a longer word or number. */
function isBoundary(bytes: Uint8Array, at: number, end: number): boolean {
  if (at >= end) return true;
  const byte = bytes[at]!;
  const letter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return !letter && !isDigit(byte) && byte !== underscore && byte !== 0x25 && byte < 0x80;
}

/** 1..12 for a month's English name in three letters (any case), 0 for none. */
export function monthName(bytes: Uint8Array, at: number, end: number): number {
  if (at + 3 > end) return 0;
  const next = at + 3 < end ? bytes[at + 3]! | 0x20 : 0;
  if (next >= 0x61 && next <= 0x7a) return 0;
  return months.get(packedLetters(bytes, at)) ?? 0;
}

export function isWeekday(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 4 < end && weekdays.has(packedLetters(bytes, at));
}

/** Whether the bytes behind a time and a space may still belong to it: a zone's sign or name, am or pm. */
export function mayBeginZone(first: number, second: number): boolean {
  if (first === 0x2b || first === dash) return isDigit(second);
  const half = first | 0x20;
  if ((half === 0x61 || half === 0x70) && (second | 0x20) === 0x6d) return true;
  return zoneStarts.has(first * 256 + second);
}

/** Three letters, five bits each; -1 where one is no letter. */
function packedLetters(bytes: Uint8Array, at: number): number {
  let packed = 0;
  for (let next = at; next < at + 3; next += 1) {
    const letter = bytes[next]! | 0x20;
    if (letter < 0x61 || letter > 0x7a) return -1;
    packed = packed * 32 + (letter & 31);
  }
  return packed;
}

function pack(word: string): number {
  let packed = 0;
  for (const letter of word) packed = packed * 32 + (letter.charCodeAt(0) & 31);
  return packed;
}

const months = new Map(
  ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map(
    (name, index) => [pack(name), index + 1],
  ),
);

const weekdays = new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map(pack));

/** Hours ahead of UTC. Ambiguous names (IST, CST in China) are read the American way or left out. */
const zones: readonly (readonly [string, number])[] = [
  ['UTC', 0],
  ['GMT', 0],
  ['EST', -5],
  ['EDT', -4],
  ['CST', -6],
  ['CDT', -5],
  ['MST', -7],
  ['MDT', -6],
  ['PST', -8],
  ['PDT', -7],
  ['CET', 1],
  ['CEST', 2],
];
const zoneHours = new Map(zones.map(([name, hours]) => [pack(name), hours]));
const zoneStarts = new Set(zones.map(([name]) => name.charCodeAt(0) * 256 + name.charCodeAt(1)));
