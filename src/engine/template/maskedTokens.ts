import type { LogEncoding } from '../record/logText.ts';
import { isSingleByte } from '../source/textEncoding.ts';
import {
  kindMask,
  mixedAtom,
  numberAtom,
  pathAtom,
  punctuationAtom,
  restAtom,
  spaceBefore,
  urlAtom,
  wordAtom,
} from './masks.ts';
import type { MessageScanner } from './masks.ts';
import { isSlot, joinSlots, slot, spacedSlot } from './slotTokens.ts';
import { slotPhrases } from './slotPhrases.ts';

/** More tokens than any sentence has; what follows becomes one last slot. */
const maxTokens = 256;

/** Punctuation that separates tokens; the rest (`. - _ / @ # $ * + & % ! ?` …) stays inside one. */
const separators = new Set(',;()[]{}<>"\'|=:`');

const booleans = new Set(['true', 'false', 'True', 'False', 'TRUE', 'FALSE']);

/**
 * The pattern of a scanned message: words, punctuation and slots, one string each, with a leading
 * blank where white space came before. Looks at the text of words and punctuation only, never of
 * values, so that messages with the same hash have the same pattern.
 */
export function maskedTokens(
  scanner: MessageScanner,
  bytes: Uint8Array,
  encoding: LogEncoding,
): string[] {
  const tokens: string[] = [];
  const { kinds, starts, count } = scanner;
  let at = 0;
  while (at < count) {
    if (tokens.length >= maxTokens) {
      tokens.push(spacedSlot);
      break;
    }
    const kind = kinds[at]!;
    const blank = (kind & spaceBefore) !== 0 && tokens.length > 0 ? ' ' : '';
    const groups = addressEnd(scanner, bytes, at);
    if (groups > at) {
      tokens.push(blank + slot);
      at = groups;
      continue;
    }
    if ((kind & kindMask) === punctuationAtom) {
      const mark = String.fromCharCode(bytes[starts[at]!]!);
      if (separators.has(mark)) {
        tokens.push(blank + mark);
        at++;
        continue;
      }
    }
    let end = at + 1;
    while (end < count && !startsToken(scanner, bytes, end)) end++;
    pushCore(tokens, blank, coreParts(scanner, bytes, encoding, at, end));
    at = end;
  }
  return joinSlots(slotPhrases(tokens));
}

function startsToken(scanner: MessageScanner, bytes: Uint8Array, at: number): boolean {
  const kind = scanner.kinds[at]!;
  if ((kind & spaceBefore) !== 0) return true;
  return (
    (kind & kindMask) === punctuationAtom &&
    separators.has(String.fromCharCode(bytes[scanner.starts[at]!]!))
  );
}

/**
 * Where a hardware or IPv6 address that begins at this atom ends: five or more colon-separated
 * groups of values or short hexadecimal words, or fewer with an empty group among or before them
 * (`::ffff:10.0.0.1`), or three with a pair of letters among them (`0000:af:1f` of PCI). Returns
 * the given index when there is none.
 */
function addressEnd(scanner: MessageScanner, bytes: Uint8Array, from: number): number {
  let at = from;
  let groups = 0;
  let values = 0;
  let pairs = 0;
  const leading = beginsWithColons(scanner, bytes, from);
  let empty = leading;
  if (leading) at = from + 2;
  for (;;) {
    const kind = at < scanner.count ? scanner.kinds[at]! : 0;
    if (kind === 0 || (at > from && (kind & spaceBefore) !== 0)) break;
    const plain = kind & kindMask;
    if (plain === numberAtom || plain === mixedAtom) {
      values++;
      groups++;
      at++;
    } else if (plain === wordAtom && isShortHex(scanner, bytes, at)) {
      const width = scanner.ends[at]! - scanner.starts[at]!;
      if (width === 2) pairs++;
      groups++;
      at++;
    } else if (!(isColon(scanner, bytes, at) && groups > 0)) {
      break;
    }
    if (!isColon(scanner, bytes, at)) break;
    if (isColon(scanner, bytes, at + 1)) {
      empty = true;
      at++;
    }
    at++;
  }
  const closed = at <= scanner.count && !isColon(scanner, bytes, at - 1);
  if (!closed || values === 0) return from;
  const enough = empty ? (leading ? 1 : 2) : groups === 3 && pairs > 0 ? 3 : 5;
  return groups >= enough ? at : from;
}

function isColon(scanner: MessageScanner, bytes: Uint8Array, at: number): boolean {
  return (
    at < scanner.count &&
    scanner.kinds[at] === punctuationAtom &&
    bytes[scanner.starts[at]!] === 0x3a
  );
}

/** `::` that is not tied to a word before it, as that of `Class::method` is. */
function beginsWithColons(scanner: MessageScanner, bytes: Uint8Array, at: number): boolean {
  const kind = scanner.kinds[at]!;
  if ((kind & kindMask) !== punctuationAtom || bytes[scanner.starts[at]!] !== 0x3a) return false;
  const apart = at === 0 || (kind & spaceBefore) !== 0;
  return (apart || scanner.kinds[at - 1] === punctuationAtom) && isColon(scanner, bytes, at + 1);
}

function isShortHex(scanner: MessageScanner, bytes: Uint8Array, at: number): boolean {
  const start = scanner.starts[at]!;
  const end = scanner.ends[at]!;
  if (end - start > 4) return false;
  for (let index = start; index < end; index++) {
    const byte = bytes[index]!;
    const lower = byte | 0x20;
    if (!(byte >= 0x30 && byte <= 0x39) && !(lower >= 0x61 && lower <= 0x66)) return false;
  }
  return true;
}

/** One run of atoms without white space or separators between them. */
interface Core {
  /** Text of each atom; the slot where it is a value. */
  readonly parts: readonly string[];
  readonly kinds: readonly number[];
  readonly values: number;
}

function coreParts(
  scanner: MessageScanner,
  bytes: Uint8Array,
  encoding: LogEncoding,
  from: number,
  to: number,
): Core {
  const parts: string[] = [];
  const kinds: number[] = [];
  let values = 0;
  for (let at = from; at < to; at++) {
    const kind = scanner.kinds[at]! & kindMask;
    kinds.push(kind);
    if (kind === wordAtom || kind === punctuationAtom) {
      parts.push(textOf(bytes, scanner.starts[at]!, scanner.ends[at]!, encoding));
    } else {
      values++;
      parts.push(slot);
    }
  }
  return { parts, kinds, values };
}

function pushCore(tokens: string[], blank: string, core: Core): void {
  const { parts, kinds } = core;
  if (core.values === 0) {
    const text = parts.join('');
    tokens.push(blank + (isValueWord(text) ? slot : text));
    return;
  }
  if (kinds.length === 2 && kinds[1] === urlAtom) {
    tokens.push(`${blank}${parts[0]!}://`, slot);
    return;
  }
  if (kinds.includes(pathAtom) || kinds.includes(urlAtom) || kinds.includes(restAtom)) {
    tokens.push(blank + slot);
    return;
  }
  if (blank !== '' && parts[0] === 'HTTP' && parts[1] === '/' && isSlot(tokens.at(-1)!)) {
    // `GET /a HTTP/1.1`: the protocol belongs to the target it follows (RFC 9112, request line).
    return;
  }
  if (parts.includes('\\') && parts.indexOf('\\') < parts.length - 1) {
    tokens.push(blank + slot);
    return;
  }
  // Marks around a value (`#12`, `45%`, `3.`) are not part of it.
  let first = 0;
  while (first < parts.length && kinds[first] === punctuationAtom && parts[first] !== '_') first++;
  let last = parts.length;
  while (last > first && kinds[last - 1] === punctuationAtom && parts[last - 1] !== '_') last--;
  const before = parts.slice(0, first).join('');
  const after = parts.slice(last).join('');
  if (before !== '') tokens.push(blank + before);
  const lead = before === '' ? blank : '';
  const prefix = namedPrefix(parts.slice(first, last), kinds.slice(first, last));
  if (prefix !== '') tokens.push(lead + prefix, slot);
  else tokens.push(lead + slot);
  if (after !== '') tokens.push(after);
}

/**
 * `node-12`, `core.1019`, `jetty-6.1.26`: a plain name before values keeps the name; names tied by
 * `_` or `@`, with words after a value or with digits of their own, are identifiers as a whole.
 */
function namedPrefix(parts: readonly string[], kinds: readonly number[]): string {
  const first = parts.indexOf(slot);
  if (first < 2 || kinds[0] !== wordAtom || kinds[first - 1] !== punctuationAtom) return '';
  let hexadecimal = false;
  for (let at = 0; at < first; at++) {
    if (kinds[at] === wordAtom) {
      if (/\d/.test(parts[at]!)) return '';
      hexadecimal ||= /^[0-9a-f]{4,}$/i.test(parts[at]!);
    } else if (!'-.#$'.includes(parts[at]!)) {
      return '';
    }
  }
  let values = 0;
  for (let at = first; at < parts.length; at++) {
    if (kinds[at] === wordAtom) return '';
    if (kinds[at] !== punctuationAtom) values++;
    else if (!'-.'.includes(parts[at]!)) return '';
  }
  // A group of a UUID can happen to be letters only.
  return hexadecimal && values >= 3 ? '' : parts.slice(0, first).join('');
}

/** Words that are values wherever they stand: truth values, relative paths, mail addresses. */
function isValueWord(text: string): boolean {
  if (booleans.has(text)) return true;
  if (/^(?:\.{1,2}|~)\/[^/]/.test(text)) return true;
  const slashes = text.split('/').length - 1;
  if (slashes > 0 && /\.\w{1,6}$/.test(text)) return true;
  if (slashes > 2 && !text.includes('//')) return true;
  if (/^\w[^@]*@\w/.test(text)) return true;
  if (isQualifiedName(text)) return true;
  return /^[\\?.]*\w[^\\]*\\\w[^\\]*\\\w/.test(text);
}

/**
 * Names of three or more dotted parts: hosts, packages, settings. Classes (`java.io.IOException`)
 * stay words: which one it is often says what happened.
 */
function isQualifiedName(text: string): boolean {
  if (!/^[\p{L}_][\w$-]*(?:\.[\p{L}_][\w$-]*){2,}$/u.test(text)) return false;
  return !/\.[A-Z]\w*[a-z][\w$]*$/.test(text);
}

const utf8 = new TextDecoder('utf-8');
const latin1 = new TextDecoder('latin1');

/** Text of a byte range; invalid UTF-8 reads as replacement characters. */
export function textOf(
  bytes: Uint8Array,
  start: number,
  end: number,
  encoding: LogEncoding,
): string {
  if (end - start <= 24) {
    let text = '';
    let at = start;
    for (; at < end && bytes[at]! < 0x80; at++) text += String.fromCharCode(bytes[at]!);
    if (at === end) return text;
  }
  const decoder = isSingleByte(encoding) ? latin1 : utf8;
  return decoder.decode(bytes.subarray(start, end));
}
