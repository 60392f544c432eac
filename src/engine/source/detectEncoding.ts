import { isUtf8 } from 'node:buffer';
import type { SourceEncoding } from './byteSource.ts';

/** What the first bytes say about a log. `skip` is the length of the byte order mark. */
export interface DetectedEncoding {
  readonly encoding: SourceEncoding;
  readonly skip: number;
}

const blockSize = 16_384;

/**
 * Decides how bytes are to be read. The order matters: a byte order mark is a promise, UTF-16
 * without one shows as NUL in every other byte, a file full of control bytes is no text, and what
 * is not UTF-8 is read byte by byte as latin1 so that nothing is lost.
 */
export function detectEncoding(bytes: Uint8Array): DetectedEncoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return { encoding: 'utf-8', skip: 3 };
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', skip: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', skip: 2 };
  const wide = wideEncoding(bytes.subarray(0, blockSize));
  if (wide !== null) return { encoding: wide, skip: 0 };
  if (isBinary(bytes)) return { encoding: 'binary', skip: 0 };
  return { encoding: isMostlyUtf8(bytes) ? 'utf-8' : 'latin1', skip: 0 };
}

/** UTF-16 of mostly western text has a NUL in nearly every high byte and in no low byte. */
function wideEncoding(bytes: Uint8Array): SourceEncoding | null {
  const pairs = bytes.length >> 1;
  if (pairs < 2) return null;
  let evenNuls = 0;
  let oddNuls = 0;
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    if (bytes[at] === 0) evenNuls += 1;
    if (bytes[at + 1] === 0) oddNuls += 1;
  }
  if (oddNuls > 0.6 * pairs && evenNuls < 0.05 * pairs) return 'utf-16le';
  if (evenNuls > 0.6 * pairs && oddNuls < 0.05 * pairs) return 'utf-16be';
  return null;
}

/** NUL bytes in a row that are a hole in a text, not values of a program. */
const leastHole = 32;

/**
 * More than one control byte in twenty, over three blocks of the file. Holes of zeros do not make a log
 * binary: file systems leave them after a power cut, and so does a rotation that cuts a file which its
 * writer goes on with where it was. A file of nothing else is no text.
 */
function isBinary(bytes: Uint8Array): boolean {
  const last = Math.max(0, bytes.length - blockSize);
  const blocks = last <= blockSize ? [0, last] : [0, last >> 1, last];
  let seen = 0;
  let controls = 0;
  for (const start of blocks) {
    const end = Math.min(bytes.length, start + blockSize);
    for (let at = start; at < end;) {
      const byte = bytes[at]!;
      const next = byte === 0 ? endOfNuls(bytes, at, end) : at + 1;
      if (next - at < leastHole) {
        seen += next - at;
        if (byte < 32 && !isTextControl(byte)) controls += next - at;
      }
      at = next;
    }
  }
  return seen === 0 ? bytes.length > 0 : controls > seen / 20;
}

function endOfNuls(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] === 0) at += 1;
  return at;
}

/** Backspace, tab, line feed, form feed, carriage return and escape occur in console logs. */
function isTextControl(byte: number): boolean {
  return byte === 8 || byte === 9 || byte === 10 || byte === 12 || byte === 13 || byte === 27;
}

/**
 * True for UTF-8, also where a log was cut inside a character, or where a few foreign bytes slipped
 * into a text that is otherwise plainly UTF-8: latin1 would then garble every other character.
 */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) return true;
  let valid = 0;
  let invalid = 0;
  for (let at = 0; at < bytes.length;) {
    if (bytes[at]! < 0x80) {
      at += 1;
      continue;
    }
    const length = sequenceLength(bytes, at);
    if (length > 0) valid += 1;
    else invalid += 1;
    at += Math.max(1, length);
  }
  return valid > 10 * invalid;
}

/** Length of the valid multi-byte sequence at `at`, 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length === 0 || lead >= 0xf5) return 0;
  for (let next = 1; next < length; next += 1) {
    // A sequence cut off by the end of the log counts as valid.
    if (at + next < bytes.length && (bytes[at + next]! & 0xc0) !== 0x80) return 0;
  }
  return length;
}
