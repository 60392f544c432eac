import { isWeekday, monthName } from './timestamp.ts';

/** Endings that are compared with a line; the ones seen last come first. */
const mostEndings = 8;
const longestEnding = 128;
/** Lines that were looked up in vain, less those that were not, after which a break is taken. */
const mostMisses = 64;
/** Lines that a break lasts: where nearly each line ends in its own way, remembering only costs. */
const pause = 4096;

const space = 0x20;
const tab = 0x09;

/** The end of a header behind its times and numbers, up to the message, and what it states. */
export interface HeaderEnding {
  readonly bytes: Uint8Array;
  readonly level: number;
  /** Range of the source's name within the ending. */
  readonly sourceStart: number;
  readonly sourceEnd: number;
  /** Number of the name in the table of sources; -1 until it has one. */
  source: number;
}

/**
 * Recognises the endings of headers byte by byte: `INFO shop.Cart: ` stands in thousands of lines,
 * and need not be taken apart in each of them.
 */
export class HeaderEndings {
  #endings: HeaderEnding[] = [];
  #misses = 0;
  #paused = 0;

  /** The ending that stands at `at` with a message behind it, or null. */
  find(bytes: Uint8Array, at: number, end: number): HeaderEnding | null {
    if (this.#paused > 0) {
      this.#paused -= 1;
      return null;
    }
    const endings = this.#endings;
    for (let index = 0; index < endings.length; index += 1) {
      const ending = endings[index]!;
      if (!standsAt(ending.bytes, bytes, at, end)) continue;
      if (this.#misses > 0) this.#misses -= 1;
      if (index > 0) {
        endings[index] = endings[index - 1]!;
        endings[index - 1] = ending;
      }
      return ending;
    }
    this.#misses += 1;
    if (this.#misses > mostMisses) {
      this.#misses = 0;
      this.#paused = pause;
    }
    return null;
  }

  /**
   * Remembers an ending, unless it is one that depends on what follows: `Mar 7` might go on as a
   * date. `start` and `end` are offsets of the ending, as are those of the name.
   */
  remember(
    bytes: Uint8Array,
    start: number,
    end: number,
    stated: { readonly level: number; readonly sourceStart: number; readonly sourceEnd: number },
  ): HeaderEnding | null {
    if (this.#paused > 0) return null;
    const named = stated.sourceEnd > stated.sourceStart;
    const apart = end > start && (bytes[end - 1] === space || bytes[end - 1] === tab);
    if (!apart || end - start > longestEnding || mayGoOn(bytes, start, end)) return null;
    const ending = {
      bytes: bytes.slice(start, end),
      level: stated.level,
      sourceStart: named ? stated.sourceStart - start : 0,
      sourceEnd: named ? stated.sourceEnd - start : 0,
      source: -1,
    };
    if (this.#endings.length === mostEndings) this.#endings.pop();
    this.#endings.push(ending);
    return ending;
  }

  clear(): void {
    this.#endings = [];
  }
}

function standsAt(ending: Uint8Array, bytes: Uint8Array, at: number, end: number): boolean {
  const behind = at + ending.length;
  if (behind >= end) return false;
  for (let index = 0; index < ending.length; index += 1) {
    if (bytes[at + index] !== ending[index]) return false;
  }
  return bytes[behind] !== space && bytes[behind] !== tab;
}

/** Whether a word of the ending may be the beginning of a date. */
function mayGoOn(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const begins = at === start || bytes[at - 1] === space || bytes[at - 1] === 0x5b;
    if (begins && (monthName(bytes, at, end) > 0 || isWeekday(bytes, at, end))) return true;
  }
  return false;
}
