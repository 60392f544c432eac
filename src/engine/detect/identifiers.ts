import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';

/** Bytes of a head line that are searched for identifiers: bounded work for lines of any length. */
const scannedBytes = 16_384;
/** Identifiers taken from one line. */
const identifiersPerLine = 256;

/**
 * Where the scanner reports a token that may be an identifier. `kind` hashes what comes before its
 * value (its own letters, the word before it, or its header column), `value` hashes the token.
 */
export type OnIdentifier = (
  kind: number,
  value: number,
  start: number,
  end: number,
  column: boolean,
) => void;

const tokenByte = new Uint8Array(256);
const digitByte = 1;
const letterByte = 2;
const joinByte = 4;
for (let code = 48; code < 58; code += 1) tokenByte[code] = digitByte;
for (let code = 65; code < 91; code += 1) tokenByte[code] = letterByte;
for (let code = 97; code < 123; code += 1) tokenByte[code] = letterByte;
tokenByte[0x5f] = joinByte;
tokenByte[0x2d] = joinByte;

function isHexLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 97 && lower <= 102;
}

/** FNV-1a over a byte range (Fowler, Noll, Vo 1991). */
function hashRange(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let hash = seed >>> 0;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash >>> 0;
}

/** A 52-bit hash as a double: two 32-bit lanes, so that a million values hardly ever collide. */
function valueHash(bytes: Uint8Array, start: number, end: number): number {
  const low = hashRange(bytes, start, end, 0x811c9dc5);
  const high = hashRange(bytes, start, end, 0x2f0b4c47);
  return low * 0x100000 + (high >>> 12);
}

/** The run of letters that ends at or just before `end`, skipping up to four separators. */
function wordBefore(bytes: Uint8Array, from: number, end: number): [number, number] | null {
  let at = end;
  let skipped = 0;
  while (at > from && skipped < 4) {
    const byte = bytes[at - 1]!;
    // Space, quotes, brackets, `#`, `=`, `:`, `/`, `(`.
    if (
      byte === 0x20 ||
      byte === 0x22 ||
      byte === 0x27 ||
      byte === 0x5b ||
      byte === 0x23 ||
      byte === 0x3d ||
      byte === 0x3a ||
      byte === 0x2f ||
      byte === 0x28
    ) {
      at -= 1;
      skipped += 1;
    } else break;
  }
  let start = at;
  while (start > from && (tokenByte[bytes[start - 1]!]! & (letterByte | joinByte)) !== 0)
    start -= 1;
  if (at - start < 2) return null;
  if (start > from && (tokenByte[bytes[start - 1]!]! & digitByte) !== 0) return null;
  return [start, at];
}

/**
 * Reports every token of a record's head line that could be an identifier: it holds a digit and is
 * no part of an address, a decimal or a clock time. One pass, no regular expression.
 */
export function scanIdentifiers(
  log: LogText,
  records: RecordTable,
  record: number,
  report: OnIdentifier,
): void {
  const { bytes } = log;
  const lineStart = log.lineStarts[records.firstLine[record]!]!;
  const message = records.messageStart[record]!;
  const end = Math.min(records.messageEnd[record]!, lineStart + scannedBytes);
  let column = 0;
  let reported = 0;
  let at = lineStart;
  while (at < end && reported < identifiersPerLine) {
    const kind = tokenByte[bytes[at]!]!;
    if (kind === 0) {
      if (bytes[at] === 0x20) column += 1;
      at += 1;
      continue;
    }
    const start = at;
    let seen = 0;
    let firstDigit = -1;
    let hex = true;
    while (at < end) {
      const byte = bytes[at]!;
      const type = tokenByte[byte]!;
      if (type === 0) break;
      seen |= type;
      if (type === digitByte && firstDigit < 0) firstDigit = at;
      if (type === letterByte && !isHexLetter(byte)) hex = false;
      at += 1;
    }
    if ((seen & digitByte) === 0) continue;
    const before = start > lineStart ? bytes[start - 1]! : 0;
    const after = at < end ? bytes[at]! : 0;
    const digitAfter = at + 1 < end && (tokenByte[bytes[at + 1]!]! & digitByte) !== 0;
    const digitBefore = start - 2 >= lineStart && (tokenByte[bytes[start - 2]!]! & digitByte) !== 0;
    // `.`, `,` and `:` between digits: addresses, decimals, clock times.
    const joinedAfter = (after === 0x2e || after === 0x3a || after === 0x2c) && digitAfter;
    const joinedBefore = (before === 0x2e || before === 0x3a || before === 0x2c) && digitBefore;
    if (joinedAfter || joinedBefore) continue;

    let prefixEnd = firstDigit;
    if (hex && at - start >= 8) prefixEnd = start;
    else if ((seen & joinByte) !== 0) {
      let join = firstDigit;
      while (join > start && (tokenByte[bytes[join - 1]!]! & joinByte) === 0) join -= 1;
      if (join > start) prefixEnd = join;
    }
    while (prefixEnd > start && (tokenByte[bytes[prefixEnd - 1]!]! & joinByte) !== 0)
      prefixEnd -= 1;
    let scope: number;
    let inColumn = false;
    if (prefixEnd - start >= 2) {
      scope = hashRange(bytes, start, prefixEnd, 0x811c9dc5);
    } else {
      // In a header a word and a space before a number is a month before a day.
      const inDate = start < message && before === 0x20;
      const word = inDate ? null : wordBefore(bytes, lineStart, start);
      if (word !== null) scope = hashRange(bytes, word[0], word[1], 0x51ed270b);
      else if (start < message) {
        scope = 0x40000000 + column;
        inColumn = true;
      } else continue;
    }
    reported += 1;
    report(scope, valueHash(bytes, start, at), start, at, inColumn);
  }
}

/** How the reader is told what groups the records: `blk_<*>`, `request <*>`, `column 3`. */
export function identifierLabel(
  log: LogText,
  lineStart: number,
  start: number,
  end: number,
): string {
  const decode = (from: number, to: number): string => {
    let text = '';
    for (let at = from; at < to; at += 1) text += String.fromCharCode(log.bytes[at]!);
    return text;
  };
  const token = decode(start, end);
  const prefix = /^[A-Za-z][A-Za-z_-]*?(?=[-_]*\d)/.exec(token)?.[0] ?? '';
  const hexOnly = /^[0-9a-fA-F_-]+$/.test(token) && token.length >= 8;
  if (prefix.length >= 2 && !hexOnly) {
    const join = token.charAt(prefix.length);
    return `${prefix}${join === '_' || join === '-' ? join : ''}<*>`;
  }
  const word = wordBefore(log.bytes, lineStart, start);
  return word === null ? 'id <*>' : `${decode(word[0], word[1])} <*>`;
}
