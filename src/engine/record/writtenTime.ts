import { fullYear } from './civilTime.ts';
import type { StatedTime } from './statedTime.ts';
import { monthName, timeBasis, timeLayout } from './timestamp.ts';

/** Directives of strptime (POSIX, with the `%f` and `%z` of Python) that are understood. */
const directives = 'YymdebBaAHIMSfLpzZs%';

const digitsOf: Readonly<Record<string, number>> = { Y: 4, L: 3, f: 9, s: 10 };
const letters = /[A-Za-z]/;

/** The directive of a format that is none, such as `%Q`; null where all are known. */
export function unknownDirective(format: string): string | null {
  for (let at = 0; at < format.length; at += 1) {
    if (format[at] !== '%') continue;
    at += 1;
    if (at >= format.length || !directives.includes(format[at]!)) return `%${format[at] ?? ''}`;
  }
  return null;
}

/** Reads times that are written as a format of strptime says, in one pass over both. */
export class WrittenTime implements StatedTime {
  basis: number = timeBasis.absolute;
  readonly layout = timeLayout.written;
  year = 2000;
  month = 1;
  day = 1;
  ms = 0;
  isEpoch = false;
  zoneStated = false;
  zone = 0;
  readonly #format: string;
  readonly #zone: number | null;

  /** @param zone minutes east of UTC of times that state none; null reads them as UTC */
  constructor(format: string, zone: number | null) {
    this.#format = format;
    this.#zone = zone;
    const hasDay = /%[de]/.test(format) && /%[mbB]/.test(format);
    if (format.includes('%s')) this.basis = timeBasis.absolute;
    else if (!hasDay) this.basis = timeBasis.noDate;
    else if (!/%[Yy]/.test(format)) this.basis = timeBasis.noYear;
  }

  /** True when the bytes `[at, end)` are such a time and nothing more. */
  read(bytes: Uint8Array, at: number, end: number): boolean {
    const part: Record<string, number> = { H: 0, M: 0, S: 0 };
    let ms = 0;
    let half = '';
    let zone = this.#zone;
    let next = at;
    for (let index = 0; index < this.#format.length; index += 1) {
      const letter = this.#format[index]!;
      if (letter === ' ') {
        const start = next;
        while (next < end && bytes[next] === 0x20) next += 1;
        if (next === start) return false;
        continue;
      }
      if (letter !== '%' || this.#format[index + 1] === '%') {
        if (letter === '%') index += 1;
        if (next >= end || bytes[next] !== letter.charCodeAt(0)) return false;
        next += 1;
        continue;
      }
      index += 1;
      const directive = this.#format[index]!;
      if (directive === 'b' || directive === 'B') {
        const month = monthName(bytes.subarray(next, next + 3), 0, 3);
        if (month === 0) return false;
        part['m'] = month;
        next = wordEnd(bytes, next, end);
      } else if (directive === 'a' || directive === 'A' || directive === 'Z') {
        const stop = wordEnd(bytes, next, end);
        if (stop === next) return false;
        if (directive === 'Z' && stop - next <= 3 && isUtc(bytes, next, stop)) zone = 0;
        next = stop;
      } else if (directive === 'p') {
        half = String.fromCharCode(bytes[next] ?? 0).toLowerCase();
        if ((half !== 'a' && half !== 'p') || ((bytes[next + 1] ?? 0) | 0x20) !== 0x6d)
          return false;
        next += 2;
      } else if (directive === 'z') {
        const read = readZone(bytes, next, end);
        if (read === null) return false;
        ({ zone, next } = read);
      } else {
        if (directive === 'e') while (next < end && bytes[next] === 0x20) next += 1;
        const most = digitsOf[directive] ?? 2;
        const start = next;
        let value = 0;
        while (next < end && next - start < most && isDigit(bytes[next]!)) {
          value = value * 10 + bytes[next]! - 0x30;
          next += 1;
        }
        if (next === start) return false;
        if (directive === 'f' || directive === 'L') {
          ms = Math.floor((value * 1000) / 10 ** (next - start));
        } else part[directive === 'e' ? 'd' : directive] = value;
      }
    }
    return next === end && this.#take(part, ms, half, zone);
  }

  #take(part: Record<string, number>, ms: number, half: string, zone: number | null): boolean {
    const seconds = part['s'];
    if (seconds !== undefined) {
      this.isEpoch = true;
      this.zoneStated = true;
      this.ms = seconds * 1000 + ms;
      return true;
    }
    const stated = part['I'];
    if (stated !== undefined && (stated < 1 || stated > 12)) return false;
    const hour = stated === undefined ? part['H']! : (stated % 12) + (half === 'p' ? 12 : 0);
    const year = part['Y'] ?? (part['y'] === undefined ? 2000 : fullYear(part['y']));
    const month = part['m'] ?? 1;
    const day = part['d'] ?? 1;
    if (hour > 24 || part['M']! > 59 || part['S']! > 60) return false;
    if (month < 1 || month > 12 || day < 1 || day > 31) return false;
    this.year = year;
    this.month = month;
    this.day = day;
    this.zoneStated = zone !== null;
    this.zone = zone ?? 0;
    this.ms = ((hour * 60 + part['M']! - this.zone) * 60 + part['S']!) * 1000 + ms;
    return true;
  }
}

/** `Z`, `+02:00`, `-0700`, `+02`; null for anything else. */
function readZone(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly zone: number; readonly next: number } | null {
  const text = String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 6)));
  const match = /^(?:Z|([+-])(\d\d):?(\d\d)?)/.exec(text);
  if (match === null) return null;
  const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
  return { zone: match[1] === '-' ? -minutes : minutes, next: at + match[0].length };
}

function wordEnd(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && letters.test(String.fromCharCode(bytes[next]!))) next += 1;
  return next;
}

function isUtc(bytes: Uint8Array, at: number, end: number): boolean {
  const name = String.fromCharCode(...bytes.subarray(at, end));
  return name === 'UTC' || name === 'GMT' || name === 'Z';
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
