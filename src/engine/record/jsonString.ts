import { escapeEnd } from '../base/ansi.ts';

const backslash = 0x5c;
const escape = 0x1b;

/** Offset of the closing quote of a string whose content starts at `at`, or `limit`. */
export function stringEnd(bytes: Uint8Array, at: number, limit: number): number {
  let next = at;
  while (next < limit && bytes[next] !== 0x22) next += bytes[next] === backslash ? 2 : 1;
  return Math.min(next, limit);
}

/**
 * Writes what the content of a JSON string stands for into `target`, without escape sequences of
 * terminals, until that is full; `offsets` receives where each byte came from, and where the end did.
 */
export function unescapeJson(
  bytes: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  offsets: Uint32Array | null,
): { readonly length: number } {
  let length = 0;
  let at = start;
  const put = (byte: number): void => {
    if (length < target.length) {
      target[length] = byte;
      if (offsets !== null) offsets[length] = at;
      length += 1;
    }
  };
  while (at < end && length < target.length) {
    if (bytes[at] !== backslash) {
      put(bytes[at]!);
      at += 1;
      continue;
    }
    const letter = bytes[at + 1] ?? 0;
    const code =
      letter === 0x75 ? hexCode(bytes, at + 2, end) : (shortEscapes.get(letter) ?? letter);
    if (code < 0x80) put(code);
    else for (const byte of utf8.encode(String.fromCharCode(code))) put(byte);
    at += letter === 0x75 ? 6 : 2;
  }
  if (offsets !== null) offsets[length] = Math.min(at, end);
  return { length: withoutEscapes(target, length, offsets) };
}

const utf8 = new TextEncoder();

/** `\n`, `\r`, `\t`, `\b` and `\f`; any other letter stands for itself. */
const shortEscapes = new Map([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
]);

/** Four hexadecimal digits; a replacement character where they are none. */
function hexCode(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 > end) return 0xfffd;
  const code = Number.parseInt(String.fromCharCode(...bytes.subarray(at, at + 4)), 16);
  return Number.isNaN(code) ? 0xfffd : code;
}

function withoutEscapes(bytes: Uint8Array, length: number, offsets: Uint32Array | null): number {
  if (!bytes.subarray(0, length).includes(escape)) return length;
  let kept = 0;
  let at = 0;
  while (at < length) {
    if (bytes[at] === escape) {
      at = escapeEnd(bytes, at, length);
      continue;
    }
    bytes[kept] = bytes[at]!;
    if (offsets !== null) offsets[kept] = offsets[at]!;
    kept += 1;
    at += 1;
  }
  if (offsets !== null) offsets[kept] = offsets[length]!;
  return kept;
}
