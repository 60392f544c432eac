import type { LogEncoding } from '../record/logText.ts';
import { isSingleByte } from '../source/textEncoding.ts';
import { byteClasses, spaceBit, wordBits } from './byteClasses.ts';
import { withoutEscapes } from './escapeSequences.ts';
import { textOf } from './maskedTokens.ts';

/** A template as byte chunks: what stands before, between and after its slots. */
export interface CompiledTemplate {
  /** One more than there are slots; a blank stands for any run of white space. */
  readonly chunks: readonly Uint8Array[];
  /** 1 for each chunk before which a value could end within a word or a decimal. */
  readonly cuts: Uint8Array;
}

const blank = 0x20;
const point = 0x2e;
const encoder = new TextEncoder();

/** Prepares a template for reading values; bytes follow the encoding of the log. */
export function compileTemplate(text: string, encoding: LogEncoding): CompiledTemplate {
  const single = isSingleByte(encoding);
  const chunks = text.split('<*>').map((chunk) => {
    const ascii = asciiBytes(chunk);
    if (ascii !== null) return ascii;
    return single ? latin1Bytes(chunk) : encoder.encode(chunk);
  });
  return { chunks, cuts: Uint8Array.from(chunks, ([first]) => (mayCut(first) ? 1 : 0)) };
}

/** By its first byte; where it has none, anything may follow. */
function mayCut(first: number | undefined): boolean {
  return first === undefined || first === point || (byteClasses[first]! & wordBits) !== 0;
}

/** Most chunks are a few ASCII characters, for which an encoder costs more than the loop. */
function asciiBytes(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return null;
    bytes[at] = code;
  }
  return bytes;
}

/** Windows-1252 is what `latin1` decodes to: characters above 0xff go back to their byte. */
function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(
    text,
    (character) => windowsBytes.get(character) ?? character.charCodeAt(0),
  );
}

const windowsBytes = new Map(
  Array.from(
    new TextDecoder('latin1').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
    (character, byte) => [character, byte] as const,
  ),
);

/**
 * Values of the slots of a message, or null when the message does not follow the template.
 * Each value is the shortest that lets the rest match, but never ends inside a word or number;
 * when that fails, the shortest of all. Linear in the message for all but contrived patterns.
 */
export function alignMessage(
  template: CompiledTemplate,
  bytes: Uint8Array,
  start: number,
  end: number,
  encoding: LogEncoding,
): string[] | null {
  const spans = new Uint32Array((template.chunks.length - 1) * 2);
  let source = bytes;
  let from = start;
  let to = end;
  if (bytes.subarray(start, end).includes(0x1b)) {
    source = withoutEscapes(bytes, start, end);
    from = 0;
    to = source.length;
  }
  if (!alignSpans(template, source, from, to, spans)) return null;
  const values: string[] = [];
  for (let at = 0; at < spans.length; at += 2) {
    values.push(textOf(source, spans[at]!, spans[at + 1]!, encoding));
  }
  return values;
}

/**
 * Writes start and end of each value into `spans`; the range must hold no escape sequences.
 * @returns false when the message does not follow the template.
 */
export function alignSpans(
  template: CompiledTemplate,
  bytes: Uint8Array,
  start: number,
  end: number,
  spans: Uint32Array,
): boolean {
  let from = start;
  let to = end;
  while (from < to && isSpace(bytes[from]!)) from++;
  while (to > from && isSpace(bytes[to - 1]!)) to--;
  return (
    place(template, bytes, from, to, spans, true) || place(template, bytes, from, to, spans, false)
  );
}

function place(
  { chunks, cuts }: CompiledTemplate,
  bytes: Uint8Array,
  start: number,
  end: number,
  spans: Uint32Array,
  wholeWords: boolean,
): boolean {
  const last = chunks.length - 1;
  let at = chunkAt(chunks[0]!, bytes, start, end);
  if (at < 0) return false;
  if (last === 0) return at === end;
  const tail = chunkBefore(chunks[last]!, bytes, at, end);
  if (tail < 0) return false;
  for (let index = 1; index < last; index++) {
    const chunk = chunks[index]!;
    const first = chunk[0] ?? -1;
    const mayCut = wholeWords && cuts[index] === 1;
    // A value of whole words is not empty.
    let candidate = wholeWords ? at + 1 : at;
    let after = -1;
    for (; candidate <= tail; candidate++) {
      // Most places are ruled out by the first byte of what must follow.
      if (first === blank) while (candidate < tail && !isSpace(bytes[candidate]!)) candidate++;
      else if (first >= 0) while (candidate < tail && bytes[candidate] !== first) candidate++;
      if (mayCut && cutsWord(bytes, candidate, tail)) continue;
      after = chunkAt(chunk, bytes, candidate, tail);
      if (after >= 0) break;
    }
    if (after < 0) return false;
    setSpan(spans, index - 1, bytes, at, candidate);
    at = after;
  }
  setSpan(spans, last - 1, bytes, at, tail);
  return true;
}

/** Whether a value would end between two letters or digits, or inside a decimal. */
function cutsWord(bytes: Uint8Array, at: number, end: number): boolean {
  if (at >= end) return false;
  const before = byteClasses[bytes[at - 1]!]! & wordBits;
  const here = byteClasses[bytes[at]!]! & wordBits;
  if (before !== 0 && here !== 0) return true;
  // `1.5 ms.`: the point between two digits belongs to the number.
  return (
    before === 2 &&
    bytes[at] === point &&
    at + 1 < end &&
    (byteClasses[bytes[at + 1]!]! & wordBits) === 2
  );
}

function setSpan(
  spans: Uint32Array,
  index: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  let from = start;
  let to = end;
  while (from < to && isSpace(bytes[from]!)) from++;
  while (to > from && isSpace(bytes[to - 1]!)) to--;
  spans[index * 2] = from;
  spans[index * 2 + 1] = to;
}

/** End of the chunk when it stands at this place, or -1. */
function chunkAt(chunk: Uint8Array, bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (let index = 0; index < chunk.length; index++) {
    const wanted = chunk[index]!;
    if (wanted === blank) {
      if (at >= end || !isSpace(bytes[at]!)) {
        // The blank beside a slot may have been trimmed with the end of the message.
        if (at === end && index === chunk.length - 1) return at;
        return -1;
      }
      do at++;
      while (at < end && isSpace(bytes[at]!));
    } else if (at < end && bytes[at] === wanted) {
      at++;
    } else {
      return -1;
    }
  }
  return at;
}

/** Start of the chunk when it ends at `end`, or -1. */
function chunkBefore(chunk: Uint8Array, bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  for (let index = chunk.length - 1; index >= 0; index--) {
    const wanted = chunk[index]!;
    if (wanted === blank) {
      if (at <= start || !isSpace(bytes[at - 1]!)) return -1;
      do at--;
      while (at > start && isSpace(bytes[at - 1]!));
    } else if (at > start && bytes[at - 1] === wanted) {
      at--;
    } else {
      return -1;
    }
  }
  return at;
}

function isSpace(byte: number): boolean {
  return (byteClasses[byte]! & spaceBit) !== 0;
}
