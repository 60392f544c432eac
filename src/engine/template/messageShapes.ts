import { byteClasses, digitBit, letterBit, wordBits } from './byteClasses.ts';
import {
  isNumber,
  isValue,
  kindMask,
  mixedAtom,
  numberAtom,
  opensPath,
  pathAtom,
  pathEnd,
  punctuationAtom,
  signedEnd,
  urlEnd,
  wordAtom,
} from './masks.ts';
import type { MessageScanner } from './masks.ts';

/** Longer messages are always scanned. */
const longestMessage = 1024;
/** Bytes of a message that say which shapes are tried; a run of digits counts as one and the same. */
const leadBytes = 24;
const slots = 2048;
/** Shapes tried per message. */
const ways = 8;
/** Bytes of all shapes together; when they are used up, everything is forgotten. */
const room = 1 << 19;
/** How often a slot may fail in a row before it is only tried now and then. */
const patience = 16;
const seldom = 31;

/** Steps of a shape, each one byte: a literal is followed by its length and its bytes. */
const step = {
  end: 0,
  literal: 1,
  number: 2,
  mixed: 3,
  signedNumber: 4,
  signedMixed: 5,
  path: 6,
  url: 7,
  drive: 8,
} as const;
const longestLiteral = 255;

const minus = 0x2d;
const plus = 0x2b;

const anyDigit = 0x30;
const lead = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byteClasses[byte]! & digitBit) !== 0 ? anyDigit : byte,
);

/**
 * Recognises a message that has the same shape as one before: the same bytes but for its values,
 * which are of the same kinds. Walking along a known shape takes a fraction of the time of a scan,
 * and proves that a scan would give the same atoms and thus the same key: each value ends where the
 * scanner would end it, and what the scanner decides by the bytes around it is literal.
 */
export class MessageShapes {
  readonly #slots = new Int32Array(slots * ways).fill(-1);
  readonly #failures = new Uint8Array(slots);
  #tries = 0;
  /** Key of each shape, and where its steps begin. */
  #keys: number[] = [];
  #begins: number[] = [];
  readonly #steps = new Uint8Array(room);
  /** The same bytes, and those of the log, for looking at four at once. */
  readonly #stepWords = new DataView(this.#steps.buffer);
  #words: DataView = new DataView(new ArrayBuffer(0));
  #source: Uint8Array = new Uint8Array(0);
  #used = 0;
  #slot = 0;
  #skipped = true;

  /** Key of the shape that the message has, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    this.#skipped = true;
    if (end - start > longestMessage) return -1;
    if (bytes !== this.#source) this.#open(bytes);
    let hash = 0;
    const leadEnd = end - start < leadBytes ? end : start + leadBytes;
    let before = 0;
    for (let at = start; at < leadEnd; at++) {
      const byte = lead[bytes[at]!]!;
      if (byte !== anyDigit || before !== anyDigit) hash = (Math.imul(hash, 31) + byte) | 0;
      before = byte;
    }
    const slot = (hash ^ (hash >>> 11)) & (slots - 1);
    if (this.#failures[slot]! >= patience && (++this.#tries & seldom) !== 0) return -1;
    this.#slot = slot;
    this.#skipped = false;
    const first = slot * ways;
    for (let way = first; way < first + ways; way++) {
      const shape = this.#slots[way]!;
      if (shape < 0) break;
      if (!this.#follows(this.#begins[shape]!, bytes, start, end)) continue;
      if (way > first) {
        this.#slots[way] = this.#slots[way - 1]!;
        this.#slots[way - 1] = shape;
      }
      this.#failures[slot] = 0;
      return this.#keys[shape]!;
    }
    return -1;
  }

  /** Remembers the shape of the message that was not found last, as the scanner sees it. */
  add(scanner: MessageScanner, bytes: Uint8Array, start: number, end: number, key: number): void {
    if (this.#skipped) return;
    const slot = this.#slot;
    if (this.#failures[slot]! < patience) this.#failures[slot]!++;
    if (this.#used + 2 * (end - start) + 16 > room) this.clear();
    const begin = this.#used;
    this.#write(scanner, bytes, start, end);
    // A shape that its own message does not follow would be of no use.
    if (!this.#follows(begin, bytes, start, end)) {
      this.#used = begin;
      return;
    }
    const shape = this.#keys.length;
    this.#keys.push(key);
    this.#begins.push(begin);
    let way = slot * ways;
    while (way < slot * ways + ways - 1 && this.#slots[way]! >= 0) way++;
    this.#slots[way] = shape;
  }

  clear(): void {
    this.#slots.fill(-1);
    this.#failures.fill(0);
    this.#keys = [];
    this.#begins = [];
    this.#used = 0;
  }

  #open(bytes: Uint8Array): void {
    this.#source = bytes;
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #write(scanner: MessageScanner, bytes: Uint8Array, start: number, end: number): void {
    const { kinds, starts, ends, count } = scanner;
    let from = start;
    for (let atom = 0; atom < count; atom++) {
      const kind = kinds[atom]! & kindMask;
      if (kind === wordAtom || kind === punctuationAtom) continue;
      this.#literal(bytes, from, starts[atom]!);
      this.#steps[this.#used++] = stepOf(kind, bytes[starts[atom]!]!);
      from = ends[atom]!;
    }
    this.#literal(bytes, from, end);
    this.#steps[this.#used++] = step.end;
  }

  #literal(bytes: Uint8Array, start: number, end: number): void {
    for (let from = start; from < end; from += longestLiteral) {
      const to = Math.min(end, from + longestLiteral);
      this.#steps[this.#used++] = step.literal;
      this.#steps[this.#used++] = to - from;
      for (let at = from; at < to; at++) this.#steps[this.#used++] = bytes[at]!;
    }
  }

  #follows(begin: number, bytes: Uint8Array, start: number, end: number): boolean {
    const steps = this.#steps;
    const stepWords = this.#stepWords;
    const words = this.#words;
    let next = begin;
    let at = start;
    for (;;) {
      const kind = steps[next++]!;
      if (kind === step.literal) {
        const to = next + 1 + steps[next]!;
        next++;
        if (at + to - next > end) return false;
        for (; next + 4 <= to; next += 4, at += 4) {
          if (words.getInt32(at, true) !== stepWords.getInt32(next, true)) return false;
        }
        for (; next < to; next++, at++) {
          if (bytes[at] !== steps[next]) return false;
        }
      } else if (kind === step.number || kind === step.signedNumber) {
        if (kind === step.signedNumber) {
          if (at >= end || (bytes[at] !== minus && bytes[at] !== plus)) return false;
          at++;
        }
        const from = at;
        while (at + 4 <= end && areDigits(words.getInt32(at, true))) at += 4;
        while (at < end && bytes[at]! >= 0x30 && bytes[at]! <= 0x39) at++;
        // Behind it stands a mark or white space, literally, or the end: no word goes on.
        if (at === from) return false;
      } else if (kind === step.end) {
        return at === end;
      } else {
        at = valueEnd(kind, bytes, start, at, end);
        if (at < 0) return false;
      }
    }
  }
}

/** How a value of this kind is walked, given its first byte. */
function stepOf(kind: number, first: number): number {
  const signed = first === minus || first === plus;
  switch (kind) {
    case numberAtom:
      return signed ? step.signedNumber : step.number;
    case mixedAtom:
      return signed ? step.signedMixed : step.mixed;
    case pathAtom:
      return first === 0x2f ? step.path : step.drive;
    default:
      return step.url;
  }
}

/** End of a value other than a plain number, -1 where another atom or none stands here. */
function valueEnd(kind: number, bytes: Uint8Array, start: number, at: number, end: number): number {
  if (at >= end) return -1;
  switch (kind) {
    case step.mixed:
      return mixedEnd(bytes, at, end);
    case step.signedMixed:
      return signedMixedEnd(bytes, at, end);
    case step.path: {
      const next = at + 1 < end ? bytes[at + 1]! : 0;
      const opens = bytes[at] === 0x2f && opensPath(bytes, start, at, next);
      return opens ? pathEnd(bytes, at, end) : -1;
    }
    case step.drive:
      return bytes[at] === 0x3a && bytes[at + 1] === 0x5c && at + 1 < end
        ? pathEnd(bytes, at, end)
        : -1;
    default:
      return bytes[at] === 0x3a && at + 3 < end && bytes[at + 1] === 0x2f && bytes[at + 2] === 0x2f
        ? urlEnd(bytes, at + 3, end)
        : -1;
  }
}

/** Whether four bytes are all digits: high halves 3, and no carry out of the low halves when 6 is added. */
function areDigits(word: number): boolean {
  return ((word & (word + 0x06060606) & 0xf0f0f0f0) ^ 0x30303030) === 0;
}

function signedMixedEnd(bytes: Uint8Array, at: number, end: number): number {
  const signed = bytes[at] === minus || bytes[at] === plus;
  const from = at + 1;
  if (!signed || from >= end || (byteClasses[bytes[from]!]! & digitBit) === 0) return -1;
  const to = signedEnd(bytes, from, end);
  return isNumber(bytes, from, to) ? -1 : to;
}

function mixedEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  let seen = 0;
  let digits = 0;
  for (; at < end; at++) {
    const bits = byteClasses[bytes[at]!]!;
    if ((bits & wordBits) === 0) break;
    seen |= bits;
    digits += bits & digitBit;
  }
  if ((seen & digitBit) === 0 || (seen & letterBit) === 0) return -1;
  return isValue(seen, digits, at - from, byteClasses[bytes[from]!]!) ? at : -1;
}
