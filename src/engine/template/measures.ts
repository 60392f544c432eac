/** What the numbers of a slot measure, as far as the units written right behind them say. */
export type Dimension = 'plain' | 'time' | 'size';

const timeUnits: readonly (readonly [string, number])[] = [
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['ms', 1],
  ['s', 1e3],
  ['sec', 1e3],
  ['m', 6e4],
  ['min', 6e4],
  ['h', 3.6e6],
  ['d', 8.64e7],
];
const sizeUnits: readonly (readonly [string, number])[] = ['', 'K', 'M', 'G', 'T', 'P'].flatMap(
  (prefix, power): (readonly [string, number])[] => [
    ...(prefix === '' ? [] : [[prefix, 1024 ** power] as const]),
    [`${prefix}B`, 1024 ** power],
    [`${prefix}iB`, 1024 ** power],
  ],
);

/** Bytes of a unit as one number: at most four of them. */
function unitCode(bytes: ArrayLike<number>, start: number, end: number): number {
  let code = 0;
  for (let at = start; at < end; at += 1) code = code * 256 + bytes[at]!;
  return code;
}

const encoder = new TextEncoder();
const factors: Readonly<Record<'time' | 'size', ReadonlyMap<number, number>>> = {
  time: codesOf(timeUnits),
  // `kB` is written as often as `KB`.
  size: codesOf([...sizeUnits, ['kB', 1024], ['k', 1024], ['kb', 1024], ['mb', 1024 ** 2]]),
};

function codesOf(units: readonly (readonly [string, number])[]): Map<number, number> {
  return new Map(
    units.map(([unit, factor]) => {
      const bytes = encoder.encode(unit);
      return [unitCode(bytes, 0, bytes.length), factor];
    }),
  );
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

/**
 * Reads numbers from bytes without making strings: `1,293`, `-3.5e2`, `20ms`, `93%`, `1m30s`.
 * One reader is used again and again; it holds what was read last.
 */
export class MeasureReader {
  /** In the unit that is written. */
  value = Number.NaN;
  /** The unit as one number: 0 for none. */
  unit = 0;
  #next = 0;

  /** @returns whether the whole range is a number, with or without a unit of up to three letters */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (!this.#number(bytes, start, end)) return false;
    let at = this.#next;
    if (at === end) {
      this.unit = 0;
      return true;
    }
    // `/s` behind a unit changes no order of magnitude.
    const last = end - at > 2 && bytes[end - 1] === 0x73 && bytes[end - 2] === 0x2f ? end - 2 : end;
    const from = at;
    while (at < last && isUnitByte(bytes[at]!)) at += 1;
    if (at - from > 4) return false;
    if (at === last) {
      this.unit = unitCode(bytes, from, at);
      return true;
    }
    return this.#compound(bytes, from, at, end);
  }

  /** `1m30s`: the sum, in milliseconds. */
  #compound(bytes: Uint8Array, unitStart: number, unitEnd: number, end: number): boolean {
    let sum = 0;
    let from = unitStart;
    let to = unitEnd;
    for (;;) {
      const factor = to > from ? factors.time.get(unitCode(bytes, from, to)) : undefined;
      if (factor === undefined) return false;
      sum += this.value * factor;
      if (to === end) break;
      if (!this.#number(bytes, to, end)) return false;
      from = this.#next;
      to = from;
      while (to < end && isUnitByte(bytes[to]!)) to += 1;
      if (to - from > 4) return false;
    }
    this.value = sum;
    this.unit = milliseconds;
    return true;
  }

  #number(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start;
    const sign = bytes[at] === 0x2d ? -1 : 1;
    if (bytes[at] === 0x2d || bytes[at] === 0x2b) at += 1;
    if (at >= end || !isDigit(bytes[at])) return false;
    let value = 0;
    for (; at < end; at += 1) {
      const byte = bytes[at]!;
      if (isDigit(byte)) value = value * 10 + (byte - 48);
      else if (!((byte === 0x2c || byte === 0x5f) && at + 1 < end && isDigit(bytes[at + 1]))) break;
    }
    if (bytes[at] === 0x2e && at + 1 < end && isDigit(bytes[at + 1])) {
      let weight = 0.1;
      for (at += 1; at < end && isDigit(bytes[at]); at += 1) {
        value += (bytes[at]! - 48) * weight;
        weight /= 10;
      }
    }
    const exponent = at < end ? bytes[at]! | 0x20 : 0;
    if (exponent === 0x65 && at + 1 < end) {
      let digits = at + 1;
      const down = bytes[digits] === 0x2d;
      if (down || bytes[digits] === 0x2b) digits += 1;
      if (digits < end && isDigit(bytes[digits])) {
        let power = 0;
        for (; digits < end && isDigit(bytes[digits]); digits += 1) {
          power = Math.min(400, power * 10 + (bytes[digits]! - 48));
        }
        value *= 10 ** (down ? -power : power);
        at = digits;
      }
    }
    this.value = sign * value;
    this.#next = at;
    return Number.isFinite(value);
  }
}

const milliseconds = unitCode(encoder.encode('ms'), 0, 2);

/** Letters, `%`, and the bytes of `µ`. */
function isUnitByte(byte: number): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 0x25 || byte >= 0xb5;
}

/**
 * What units that were seen together measure: `plain` where there is but one, or where they have
 * nothing in common.
 */
export function dimensionOf(units: Iterable<number>): Dimension {
  const distinct = new Set<number>();
  let last = 0;
  for (const unit of units) {
    // Neighbours mostly have the same one.
    if (unit === last) continue;
    last = unit;
    if (unit !== 0) distinct.add(unit);
  }
  if (distinct.size < 2) return 'plain';
  for (const dimension of ['time', 'size'] as const) {
    if ([...distinct].every((unit) => factors[dimension].has(unit))) return dimension;
  }
  return 'plain';
}

/** The factor from a unit to milliseconds or bytes; 1 for plain numbers. */
export function factorOf(dimension: Dimension, unit: number): number {
  return dimension === 'plain' ? 1 : (factors[dimension].get(unit) ?? 1);
}
