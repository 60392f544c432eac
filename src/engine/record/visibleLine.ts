import { escapeEnd } from '../base/ansi.ts';
import { unescapeJson } from './jsonString.ts';

export const escape = 0x1b;
export const carriageReturn = 0x0d;

/**
 * The bytes of a line as a terminal shows them: without escape sequences, and behind the last
 * carriage return that something visible follows. Most lines have neither and are not copied.
 */
export class VisibleLine {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  /** Range in the log of the shown segment. */
  segmentStart = 0;
  segmentEnd = 0;
  #offsets: Uint32Array | null = null;
  readonly #scratch: Uint8Array;
  readonly #scratchOffsets: Uint32Array;
  #source: Uint8Array = new Uint8Array(0);
  #searched: Buffer = Buffer.alloc(0);
  #nextEscape = -1;
  #nextReturn = -1;

  /** @param reach How many shown bytes are needed at most. */
  constructor(reach: number) {
    this.#scratch = new Uint8Array(reach);
    this.#scratchOffsets = new Uint32Array(reach + 1);
  }

  /** Forgets the searched positions: for another log, or the same one that has grown. */
  reset(source: Uint8Array): void {
    this.#source = source;
    this.#searched = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
    this.#nextEscape = -1;
    this.#nextReturn = -1;
  }

  /** True when the line has escape sequences or inner carriage returns. Lines must come in ascending order. */
  isDecorated(source: Uint8Array, start: number, end: number): boolean {
    if (source !== this.#source) this.reset(source);
    if (this.#nextEscape < start) this.#nextEscape = find(this.#searched, escape, start);
    if (this.#nextReturn < start) this.#nextReturn = find(this.#searched, carriageReturn, start);
    return this.#nextEscape < end || this.#nextReturn < end;
  }

  /** Shows a line as it stands. */
  showPlain(source: Uint8Array, start: number, end: number): void {
    this.bytes = source;
    this.start = start;
    this.end = end;
    this.segmentStart = start;
    this.segmentEnd = end;
    this.#offsets = null;
  }

  /** Shows the last visible segment of a decorated line, without escape sequences. */
  showLastSegment(source: Uint8Array, start: number, end: number): void {
    const segmentEnd = lastVisibleEnd(source, start, end);
    let segment = segmentEnd;
    while (segment > start && source[segment - 1] !== carriageReturn) segment -= 1;
    this.showWithoutEscapes(source, segment, segmentEnd);
  }

  /** Shows a decorated line up to its first inner carriage return. */
  showFirstSegment(source: Uint8Array, start: number, end: number): void {
    let segmentEnd = start;
    while (segmentEnd < end && source[segmentEnd] !== carriageReturn) segmentEnd += 1;
    this.showWithoutEscapes(source, start, segmentEnd);
  }

  /** Copies at most `reach` visible bytes, remembering where each came from. */
  showWithoutEscapes(source: Uint8Array, start: number, end: number): void {
    let length = 0;
    let at = start;
    while (at < end && length < this.#scratch.length) {
      if (source[at] === escape) {
        at = escapeEnd(source, at, end);
        continue;
      }
      this.#scratch[length] = source[at]!;
      this.#scratchOffsets[length] = at;
      length += 1;
      at += 1;
    }
    this.#scratchOffsets[length] = at;
    this.bytes = this.#scratch;
    this.start = 0;
    this.end = length;
    this.segmentStart = start;
    this.segmentEnd = end;
    this.#offsets = this.#scratchOffsets;
  }

  /** Shows what the content of a JSON string stands for. */
  showJsonString(source: Uint8Array, start: number, end: number): void {
    const { length } = unescapeJson(source, start, end, this.#scratch, this.#scratchOffsets);
    this.bytes = this.#scratch;
    this.start = 0;
    this.end = length;
    this.segmentStart = start;
    this.segmentEnd = end;
    this.#offsets = this.#scratchOffsets;
  }

  /** Offset in the log of a position in `bytes`. */
  offsetOf(position: number): number {
    return this.#offsets === null ? position : this.#offsets[position]!;
  }
}

/** By the native search of Buffer: that of a plain array takes ten times as long. */
function find(bytes: Buffer, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at === -1 ? Infinity : at;
}

/** End of the last segment between carriage returns that has something to see; linear in the line. */
function lastVisibleEnd(bytes: Uint8Array, start: number, end: number): number {
  let segmentEnd = end;
  while (segmentEnd > start) {
    let segment = segmentEnd;
    while (segment > start && bytes[segment - 1] !== carriageReturn) segment -= 1;
    if (hasVisible(bytes, segment, segmentEnd)) return segmentEnd;
    segmentEnd = segment - 1;
  }
  return end;
}

function hasVisible(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end;) {
    const byte = bytes[at]!;
    if (byte === escape) {
      at = escapeEnd(bytes, at, end);
    } else if (byte > 0x20) {
      return true;
    } else {
      at += 1;
    }
  }
  return false;
}
