import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';

/** Bytes of a head line that are searched for identifiers: bounded work for lines of any length. */
const scannedBytes = 16_384;
/** Identifiers taken from one line. */
const identifiersPerLine = 256;
/** Letters and digits in turn, or digits alone, from here on may be an identifier wherever they stand. */
const longMixed = 8;
const longNumber = 5;

/**
 * Where the scanner reports a token that may be an identifier.
 *
 * @param kind what stands before its value: its own letters, the word before it, its header column,
 *   or its shape alone (see `kindOrigin`)
 * @param value 52 bits of hash of the token `start..end`
 */
export type OnIdentifier = (kind: number, value: number, start: number, end: number) => void;

/** Upper bits of a kind, which is a signed number: how it was recognised. */
const origins = { prefix: 0, word: 1, column: 2, shape: 3 } as const;

export type IdentifierOrigin = keyof typeof origins;

function kindOf(origin: IdentifierOrigin, hash: number): number {
  return (origins[origin] << 30) | (hash & 0x3fffffff);
}

export function kindOrigin(kind: number): IdentifierOrigin {
  return (['prefix', 'word', 'column', 'shape'] as const)[kind >>> 30]!;
}

const tokenByte = new Uint8Array(256);
const digitByte = 1;
const letterByte = 2;
const joinByte = 4;
for (let code = 48; code < 58; code += 1) tokenByte[code] = digitByte;
for (let code = 65; code < 91; code += 1) tokenByte[code] = letterByte;
for (let code = 97; code < 123; code += 1) tokenByte[code] = letterByte;
tokenByte[0x5f] = joinByte;
tokenByte[0x2d] = joinByte;

/** A letter that no hexadecimal number holds. */
const plainByte = 8;
for (let code = 0; code < 256; code += 1) {
  const lower = code | 0x20;
  if (tokenByte[code] === letterByte && (lower < 97 || lower > 102)) {
    tokenByte[code] = letterByte | plainByte;
  }
}

/** FNV-1a over a byte range (Fowler, Noll, Vo 1991). */
function hashRange(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let hash = seed;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash >>> 0;
}

/** A 52-bit hash as a double: two 32-bit lanes, so that a million values hardly ever collide. */
function valueHash(bytes: Uint8Array, start: number, end: number): number {
  let low = 0x811c9dc5;
  let high = 0x2f0b4c47;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte, 0x01000193);
  }
  return (low >>> 0) * 0x100000 + (high >>> 12);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && tokenByte[byte] === digitByte;
}

const months = new Set('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '));

/** Whether a token begins with a date, `2024-03-04`, or is the day after the name of a month. */
function isDate(bytes: Uint8Array, from: number, start: number, end: number): boolean {
  const length = end - start;
  if (length >= 10 && bytes[start + 4] === 0x2d && bytes[start + 7] === 0x2d) {
    for (let at = start; at < start + 10; at += 1) {
      if (at !== start + 4 && at !== start + 7 && !isDigit(bytes[at])) return false;
    }
    return true;
  }
  if (length > 2) return false;
  let at = start;
  while (at > from && bytes[at - 1] === 0x20) at -= 1;
  if (at === start || at - from < 3) return false;
  return months.has(String.fromCharCode(bytes[at - 3]!, bytes[at - 2]!, bytes[at - 1]!));
}

/** Space, quotes, brackets, `#`, `=`, `:`, `/`, `(`: what may stand between a word and its number. */
const separators = new Set([0x20, 0x22, 0x27, 0x5b, 0x23, 0x3d, 0x3a, 0x2f, 0x28]);

/** The run of letters that ends at or just before `end`, skipping up to four separators. */
function wordBefore(bytes: Uint8Array, from: number, end: number): [number, number] | null {
  let at = end;
  while (at > from && end - at < 4 && separators.has(bytes[at - 1]!)) at -= 1;
  let start = at;
  while (start > from && (tokenByte[bytes[start - 1]!]! & (letterByte | joinByte)) !== 0)
    start -= 1;
  if (at - start < 2) return null;
  if (start > from && isDigit(bytes[start - 1])) return null;
  return [start, at];
}

/**
 * End of the address `a.b.c.d:port` whose first number starts at `start`; -1 where there is none.
 * A port makes it the name of a connection; an address alone is a place that many share.
 */
function endpointEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  let digits = 0;
  let dots = 0;
  for (; at < end; at += 1) {
    const byte = bytes[at]!;
    if (tokenByte[byte] === digitByte) digits += 1;
    else if (byte === 0x2e && digits > 0 && dots < 3) {
      dots += 1;
      digits = 0;
    } else break;
    if (digits > 3) return -1;
  }
  if (dots !== 3 || digits === 0 || bytes[at] !== 0x3a) return -1;
  const port = at + 1;
  at = port;
  while (at < end && tokenByte[bytes[at]!] === digitByte) at += 1;
  return at - port >= 4 && at - port <= 5 ? at : -1;
}

/** Whether a token is the value of a key, `id=…` or `"id": "…"`, or stands alone in brackets. */
function isKeyed(bytes: Uint8Array, from: number, start: number): boolean {
  let at = start - 1;
  if (at < from) return false;
  if (bytes[at] === 0x3d || bytes[at] === 0x5b) return true;
  if (bytes[at] !== 0x22) return false;
  at -= 1;
  if (at >= from && bytes[at] === 0x20) at -= 1;
  return at >= from && (bytes[at] === 0x3a || bytes[at] === 0x3d);
}

/** End of the letters that say what kind of thing a token names (`blk_17`, `req-9f3c`); -1 for none. */
function prefixOf(bytes: Uint8Array, start: number, end: number, firstDigit: number): number {
  let at = firstDigit;
  while (at > start && (tokenByte[bytes[at - 1]!]! & joinByte) === 0) at -= 1;
  if (at > start) {
    // Up to the separator before the part that holds the first digit.
    while (at > start && (tokenByte[bytes[at - 1]!]! & joinByte) !== 0) at -= 1;
    return at > start ? at : -1;
  }
  if (firstDigit - start < 2) return -1;
  for (let rest = firstDigit; rest < end; rest += 1) {
    if ((tokenByte[bytes[rest]!]! & letterByte) !== 0) return -1;
  }
  return firstDigit;
}

/** Where in a record the wanted identifiers are looked for. */
export interface IdentifierPlace {
  /** Only this kind. */
  readonly kind: number;
  /** Whether it never stands in the header, or never outside of it. */
  readonly inMessage: boolean;
  readonly inHeader: boolean;
  /** Whether the search of a record ends with the first one found. */
  readonly single: boolean;
}

/**
 * Reports every token of a record's head line that could be an identifier: it holds a digit, or is the
 * value of a key, and is no part of a date, a decimal or a clock time. Fields behind the message count
 * as a part of it. One pass, no regular expression.
 *
 * @param place what is wanted and where, once that is known
 */
export function scanIdentifiers(
  log: LogText,
  records: RecordTable,
  record: number,
  report: OnIdentifier,
  place?: IdentifierPlace,
): void {
  const { bytes } = log;
  const line = records.firstLine[record]!;
  const lineStart = log.lineStarts[line]!;
  const message = Math.max(lineStart, records.messageStart[record]!);
  const from = place?.inMessage === true ? message : lineStart;
  const to = place?.inHeader === true ? message : log.lineStarts[line + 1]!;
  const end = Math.min(to, lineStart + scannedBytes);
  const origin = place === undefined ? null : kindOrigin(place.kind);
  let column = 0;
  let left = identifiersPerLine;
  let at = from;
  /** Whether the search of this record has ended. */
  const found = (kind: number, start: number, stop: number): boolean => {
    if (place !== undefined && kind !== place.kind) return false;
    left -= 1;
    report(kind, valueHash(bytes, start, stop), start, stop);
    return place?.single === true || left === 0;
  };
  while (at < end) {
    if (tokenByte[bytes[at]!] === 0) {
      if (bytes[at] === 0x20 && bytes[at + 1] !== 0x20) column += 1;
      at += 1;
      continue;
    }
    const start = at;
    let seen = 0;
    let firstDigit = -1;
    while (at < end) {
      const byte = bytes[at]!;
      const type = tokenByte[byte]!;
      if (type === 0) break;
      if (firstDigit < 0 && type === digitByte) firstDigit = at;
      seen |= type;
      at += 1;
    }
    const keyed = isKeyed(bytes, lineStart, start);
    if (firstDigit < 0 && !keyed) continue;
    const before = start > lineStart ? bytes[start - 1]! : 0;
    const after = at < end ? bytes[at]! : 0;
    const lettered = (seen & letterByte) !== 0;
    // `.`, `,` and `:` between digits: addresses, decimals, clock times.
    const joinedBefore =
      (before === 0x2e || before === 0x3a || before === 0x2c) && isDigit(bytes[start - 2]);
    const joinedAfter =
      (after === 0x2e || after === 0x3a || after === 0x2c) &&
      at + 1 < end &&
      isDigit(bytes[at + 1]);
    // A dot before a token makes it a part of a dotted name.
    if (joinedBefore || before === 0x2e || isDate(bytes, lineStart, start, at)) continue;
    let stop = at;
    if (joinedAfter) {
      if (!lettered) {
        const endpoint = (origin ?? 'shape') === 'shape' ? endpointEnd(bytes, start, end) : -1;
        if (endpoint < 0) continue;
        at = endpoint;
        if (found(kindOf('shape', 1), start, at)) return;
        continue;
      }
      // A name with a number of its own: `host-7:3312`.
      if (after !== 0x3a) continue;
      stop = at + 1;
      while (stop < end && isDigit(bytes[stop])) stop += 1;
    }

    const hex = (seen & plainByte) === 0;
    const isName = firstDigit >= 0 && !(hex && at - start >= longMixed);
    const prefixEnd = isName ? prefixOf(bytes, start, at, firstDigit) : -1;
    if (prefixEnd >= 0) {
      if (origin === null || origin === 'prefix') {
        const kind = kindOf('prefix', hashRange(bytes, start, prefixEnd, 0x811c9dc5));
        if (found(kind, start, stop)) return;
      }
      if (!keyed) continue;
    }
    const isHeader = start < message;
    if (origin === null || origin === 'column') {
      // Where the message begins is a place as well: `7f3a: accepted`.
      if (
        (isHeader || start === message) &&
        found(kindOf('column', isHeader ? column : 0xfff), start, stop)
      )
        return;
    }
    if (origin === null || origin === 'shape') {
      const length = at - start;
      const shape = lettered
        ? firstDigit >= 0 && length >= longMixed
          ? length * 2 + (hex ? 0 : 1)
          : 0
        : length >= longNumber
          ? 1
          : 0;
      if (shape > 0 && found(kindOf('shape', 0x100 + shape), start, stop)) return;
    }
    if (origin !== null && origin !== 'word') continue;
    // In a header a word and a space before a number is a month before a day.
    if (isHeader && before === 0x20) continue;
    const word = wordBefore(bytes, lineStart, start);
    if (word === null) continue;
    if (found(kindOf('word', hashRange(bytes, word[0], word[1], 0x51ed270b)), start, stop)) return;
  }
}

/**
 * How the reader is told what groups the records: `blk_<*>`, `request <*>`, `column 3`.
 *
 * @param start start of a token of that kind, in the line that starts at `lineStart`
 */
export function identifierLabel(
  log: LogText,
  kind: number,
  lineStart: number,
  start: number,
  end: number,
): string {
  const decode = (from: number, to: number): string => {
    let text = '';
    for (let at = from; at < to; at += 1) text += String.fromCharCode(log.bytes[at]!);
    return text;
  };
  const origin = kindOrigin(kind);
  if (origin === 'prefix') {
    const token = decode(start, end);
    let length = token.search(/\d/);
    const join = Math.max(token.lastIndexOf('-', length), token.lastIndexOf('_', length));
    if (join > 0) length = join + 1;
    // A sign before the number is part of its value.
    if (/[-_]-$/.test(token.slice(0, length))) length -= 1;
    return `${token.slice(0, length)}<*>`;
  }
  if (origin === 'shape' && (kind & 0xfffffff) === 1) return 'connection <*>';
  const word = wordBefore(log.bytes, lineStart, start);
  // In a header the word that is told from its number by a space is another column.
  if (word === null || (origin === 'column' && word[1] < start - 1)) return 'id <*>';
  return `${decode(word[0], word[1])} <*>`;
}
