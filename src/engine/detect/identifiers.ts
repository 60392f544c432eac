import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';

/** Bytes of a head line that are searched for identifiers: bounded work for lines of any length. */
const scannedBytes = 16_384;
/** Identifiers taken from one line. */
const identifiersPerLine = 256;
/** Hexadecimal runs from here on are identifiers wherever they stand. */
const longHex = 16;

/**
 * Where the scanner reports a token that may be an identifier.
 *
 * @param kind what stands before its value: its own letters, the word before it, its header column,
 *   or its shape alone (see `kindOrigin`)
 * @param value 52 bits of hash of the token `start..end`
 */
export type OnIdentifier = (kind: number, value: number, start: number, end: number) => void;

/** Upper bits of a kind: how it was recognised. */
const origins = { prefix: 0, word: 1, column: 2, shape: 3 } as const;

export type IdentifierOrigin = keyof typeof origins;

function kindOf(origin: IdentifierOrigin, hash: number): number {
  return ((origins[origin] << 30) | (hash & 0x3fffffff)) >>> 0;
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

/** Letters that no hexadecimal number holds. */
const plainLetter = new Uint8Array(256);
for (let code = 0; code < 256; code += 1) {
  const lower = code | 0x20;
  if (tokenByte[code] === letterByte && (lower < 97 || lower > 102)) plainLetter[code] = 1;
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

/** Whether a token is a date, `2024-03-04`, or the day that follows the name of a month. */
function isDate(bytes: Uint8Array, from: number, start: number, end: number): boolean {
  const length = end - start;
  if (length === 10 && bytes[start + 4] === 0x2d && bytes[start + 7] === 0x2d) {
    for (let at = start; at < end; at += 1) {
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
 * Reports every token of a record's head line that could be an identifier: it holds a digit and is
 * no part of a decimal or a clock time. One pass, no regular expression.
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
  const lineStart = log.lineStarts[records.firstLine[record]!]!;
  const message = Math.max(lineStart, records.messageStart[record]!);
  const from = place?.inMessage === true ? message : lineStart;
  const to = place?.inHeader === true ? message : records.messageEnd[record]!;
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
      if (bytes[at] === 0x20) column += 1;
      at += 1;
      continue;
    }
    const start = at;
    let seen = 0;
    let firstDigit = -1;
    let plain = 0;
    while (at < end) {
      const byte = bytes[at]!;
      const type = tokenByte[byte]!;
      if (type === 0) break;
      if (firstDigit < 0 && type === digitByte) firstDigit = at;
      seen |= type;
      plain |= plainLetter[byte]!;
      at += 1;
    }
    if (firstDigit < 0) continue;
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
      while (stop + 1 < end && (stop === at || isDigit(bytes[stop]))) stop += 1;
      while (stop > at && !isDigit(bytes[stop - 1])) stop -= 1;
    }

    const hex = plain === 0;
    let prefixEnd = firstDigit;
    if (hex && at - start >= 8) prefixEnd = start;
    else if ((seen & joinByte) !== 0) {
      let join = firstDigit;
      while (join > start && (tokenByte[bytes[join - 1]!]! & joinByte) === 0) join -= 1;
      if (join > start) prefixEnd = join;
    }
    while (prefixEnd > start && (tokenByte[bytes[prefixEnd - 1]!]! & joinByte) !== 0)
      prefixEnd -= 1;
    if (prefixEnd - start >= 2) {
      if (origin !== null && origin !== 'prefix') continue;
      if (found(kindOf('prefix', hashRange(bytes, start, prefixEnd, 0x811c9dc5)), start, stop)) {
        return;
      }
      continue;
    }
    const isHeader = start < message;
    if (isHeader && (origin === null || origin === 'column')) {
      if (found(kindOf('column', column), start, stop)) return;
    }
    if (hex && at - start >= longHex && (origin === null || origin === 'shape')) {
      if (found(kindOf('shape', 0x100 + Math.min(255, at - start)), start, stop)) return;
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
    return `${token.slice(0, length)}<*>`;
  }
  if (origin === 'shape' && (kind & 0xff00) === 0) return 'connection <*>';
  const word = wordBefore(log.bytes, lineStart, start);
  const name = word === null ? '' : decode(word[0], word[1]);
  if (origin === 'column') return name === '' ? 'process id <*>' : `${name} id <*>`;
  return name === '' ? 'id <*>' : `${name} <*>`;
}
