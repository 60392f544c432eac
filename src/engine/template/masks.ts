import {
  byteClasses,
  digitBit,
  escapeBit,
  letterBit,
  nonHexBit,
  pathStopBit,
  spaceBit,
  wordBits,
} from './byteClasses.ts';

/** Kinds of atoms, the smallest pieces of a message. */
export const wordAtom = 1;
/** Digits only, with a sign where one stands before them. */
export const numberAtom = 2;
/** Digits and letters that together look like a value: `0x1f`, `9f4ef63`, `10ms`, `node17`. */
export const mixedAtom = 3;
export const pathAtom = 4;
export const urlAtom = 5;
export const punctuationAtom = 6;
/** Whatever lies beyond the bytes that are looked at. */
export const restAtom = 7;
/** Added to the kind of an atom that white space precedes. */
export const spaceBefore = 8;
export const kindMask = 7;

/** Bytes of a message that are looked at: enough for any sentence, and a bound for hostile lines. */
export const maxMessageBytes = 4096;

const slash = 0x2f;
const colon = 0x3a;
const backslash = 0x5c;
const minus = 0x2d;
const plus = 0x2b;

const firstPrime = 0x9e3779b1;
const secondPrime = 0x85ebca77;
const spaceMark = 0x51ed27;

/** Bytes after which a slash opens a path: white space is handled apart. */
const pathOpeners = new Uint8Array(256);
for (const opener of '=:("\'`[{<,|>') pathOpeners[opener.charCodeAt(0)] = 1;

/**
 * Cuts a message into atoms in one pass over its bytes and sums them up in two 32-bit hash lanes.
 * Values (numbers, mixed runs, paths, addresses) enter the hash by kind only, so that messages that
 * differ in nothing else share it. What comes after may join atoms, but must never look at the text
 * of a value: then equal hashes mean equal patterns and the result can be remembered per hash.
 * Reused for every message: the atoms are overwritten by the next scan.
 */
export class MessageScanner {
  readonly kinds = new Uint8Array(maxMessageBytes + 2);
  readonly starts = new Uint32Array(maxMessageBytes + 2);
  readonly ends = new Uint32Array(maxMessageBytes + 2);
  count = 0;
  hash1 = 0;
  hash2 = 0;

  /**
   * @returns false when the range holds an escape byte: strip the sequences and scan the copy.
   */
  scan(bytes: Uint8Array, start: number, end: number): boolean {
    const classes = byteClasses;
    const kinds = this.kinds;
    const starts = this.starts;
    const ends = this.ends;
    const limit = messageLimit(bytes, start, end);
    let count = 0;
    let hash1 = 0x2545f491;
    let hash2 = 0x1b873593;
    let space = 0;
    let at = start;
    while (at < limit) {
      const byte = bytes[at]!;
      let bits = classes[byte]!;
      if ((bits & wordBits) !== 0) {
        const from = at;
        let seen = 0;
        let digits = 0;
        let word1 = 0;
        let word2 = 0x811c9dc5;
        do {
          const inner = bytes[at]!;
          seen |= bits;
          digits += bits & digitBit;
          word1 = (Math.imul(word1, 31) + inner) | 0;
          word2 = Math.imul(word2 ^ inner, 0x01000193);
          at++;
          bits = at < limit ? classes[bytes[at]!]! : 0;
        } while ((bits & wordBits) !== 0);
        let kind = wordAtom;
        if ((seen & digitBit) !== 0 && isValue(seen, digits, at - from, classes[byte]!)) {
          kind = (seen & letterBit) === 0 ? numberAtom : mixedAtom;
          word1 = kind;
          word2 = kind;
        }
        hash1 = Math.imul(hash1 ^ word1, firstPrime);
        hash1 ^= hash1 >>> 15;
        hash2 = Math.imul(hash2 + word2, secondPrime);
        hash2 ^= hash2 >>> 13;
        kinds[count] = kind | space;
        starts[count] = from;
        ends[count++] = at;
        space = 0;
        continue;
      }
      if ((bits & spaceBit) !== 0) {
        do at++;
        while (at < limit && (classes[bytes[at]!]! & spaceBit) !== 0);
        // Only white space between two atoms counts: it is folded in with the atom that follows.
        if (count > 0 && at < limit) {
          space = spaceBefore;
          hash1 = Math.imul(hash1 ^ spaceMark, firstPrime);
          hash2 = Math.imul(hash2 + spaceMark, secondPrime);
        }
        continue;
      }
      if ((bits & escapeBit) !== 0) return false;
      const next = at + 1 < limit ? bytes[at + 1]! : 0;
      let kind = punctuationAtom;
      let to = at + 1;
      if (byte === slash) {
        if (opensPath(bytes, start, at, next)) {
          kind = pathAtom;
          to = pathEnd(bytes, at, limit);
        }
      } else if (byte === colon) {
        if (
          next === slash &&
          at + 3 < limit &&
          bytes[at + 2] === slash &&
          count > 0 &&
          ends[count - 1] === at &&
          (kinds[count - 1]! & kindMask) === wordAtom
        ) {
          kind = urlAtom;
          to = urlEnd(bytes, at + 3, limit);
        } else if (
          next === backslash &&
          count > 0 &&
          ends[count - 1] === at &&
          starts[count - 1] === at - 1 &&
          (kinds[count - 1]! & kindMask) === wordAtom
        ) {
          // `C:\\…`: the colon is part of the path.
          kind = pathAtom;
          to = pathEnd(bytes, at, limit);
        }
      } else if (
        (byte === minus || byte === plus) &&
        (classes[next]! & digitBit) !== 0 &&
        (at === start || (classes[bytes[at - 1]!]! & wordBits) === 0)
      ) {
        // A sign: the number or mixed run that follows takes it in.
        to = signedEnd(bytes, at + 1, limit);
        kind = isNumber(bytes, at + 1, to) ? numberAtom : mixedAtom;
      }
      const mark = kind === punctuationAtom ? byte + 16 : kind;
      hash1 = Math.imul(hash1 ^ mark, firstPrime);
      hash1 ^= hash1 >>> 15;
      hash2 = Math.imul(hash2 + mark, secondPrime);
      hash2 ^= hash2 >>> 13;
      kinds[count] = kind | space;
      starts[count] = at;
      ends[count++] = to;
      space = 0;
      at = to;
    }
    if (limit < end) {
      hash1 = Math.imul(hash1 ^ restAtom, firstPrime);
      hash2 = Math.imul(hash2 + restAtom, secondPrime);
      kinds[count] = restAtom | space;
      starts[count] = limit;
      ends[count++] = end;
    }
    this.count = count;
    this.hash1 = hash1;
    this.hash2 = hash2;
    return true;
  }
}

/**
 * Where looking stops: the end of the message or, past the bound, the last word boundary before it
 * (a character is never cut in two; a run without any boundary is cut at a character).
 */
export function messageLimit(bytes: Uint8Array, start: number, end: number): number {
  if (end - start <= maxMessageBytes) return end;
  const hard = start + maxMessageBytes;
  for (let at = hard; at > hard - 256; at--) {
    if ((byteClasses[bytes[at]!]! & spaceBit) !== 0) return at;
  }
  let at = hard;
  while (at > hard - 4 && (bytes[at]! & 0xc0) === 0x80) at--;
  return at;
}

/**
 * Whether a run with digits is a value. A word with one digit (`eth0`, `ssh2`, `L3`) is far more
 * often a name of the program's own than a value; `hex` needs four characters to be told from one.
 */
export function isValue(seen: number, digits: number, length: number, firstBits: number): boolean {
  if ((firstBits & digitBit) !== 0) return true;
  if (digits >= 2 * digitBit) return true;
  return (seen & nonHexBit) === 0 && length >= 4;
}

export function opensPath(bytes: Uint8Array, start: number, at: number, next: number): boolean {
  const nextBits = byteClasses[next]!;
  if ((nextBits & wordBits) === 0 && next !== 0x2e && next !== 0x5f && next !== 0x7e) return false;
  if (at === start) return true;
  const before = bytes[at - 1]!;
  return (byteClasses[before]! & spaceBit) !== 0 || pathOpeners[before] === 1;
}

export function pathEnd(bytes: Uint8Array, from: number, limit: number): number {
  let at = from + 1;
  while (at < limit && (byteClasses[bytes[at]!]! & pathStopBit) === 0) at++;
  return at;
}

/** Inside an address `:`, `,` and `;` are common (ports, matrices); at its very end they are not part of it. */
export function urlEnd(bytes: Uint8Array, from: number, limit: number): number {
  let at = from;
  while (at < limit) {
    const byte = bytes[at]!;
    const stops = (byteClasses[byte]! & pathStopBit) !== 0;
    if (stops && byte !== colon && byte !== 0x2c && byte !== 0x3b) break;
    at++;
  }
  while (at > from) {
    const last = bytes[at - 1]!;
    if (last !== colon && last !== 0x2c && last !== 0x3b && last !== 0x2e) break;
    at--;
  }
  return at;
}

export function signedEnd(bytes: Uint8Array, from: number, limit: number): number {
  let at = from;
  while (at < limit && (byteClasses[bytes[at]!]! & wordBits) !== 0) at++;
  return at;
}

export function isNumber(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if ((byteClasses[bytes[at]!]! & digitBit) === 0) return false;
  }
  return true;
}
