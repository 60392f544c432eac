import type { ByteSource } from '../source/byteSource.ts';
import type { LineMatcher } from './lineMatcher.ts';
import { Turns } from './readChunks.ts';
import type { PlacedLines } from './scanPieces.ts';
import { scanLines, scanPieces } from './scanPieces.ts';

const newline = 0x0a;

/** So many bytes are searched between two looks at the clock: slow expressions take some milliseconds for them. */
const sliceBytes = 64 * 1024;

/** Lines whose places are kept; more are only counted. */
export const mostHits = 100_000;

/** Of the lines beyond, each so-manieth is kept: what is between is found again where it is wanted. */
const everyHit = 1024;

/** Shares of the log that matching lines are counted in. */
const shares = 256;

/** What a search has found so far. */
export class SearchResult {
  matches = 0;
  lines = 0;
  scanned = 0;
  done = false;
  /** Bytes of the log when the search began. */
  readonly of: number;
  readonly strip = new Uint32Array(shares);
  #hits = new Float64Array(1024);
  readonly #milestones: number[] = [];

  constructor(of: number) {
    this.of = of;
  }

  /** Where the first matching lines begin, at most `mostHits`. */
  get hits(): Float64Array<ArrayBuffer> {
    return this.#hits.subarray(0, Math.min(this.lines, mostHits));
  }

  /** The last matching line at or before number `wanted` (from 0) whose place is known; null for none. */
  before(wanted: number): { readonly number: number; readonly byte: number } | null {
    const { hits } = this;
    if (hits.length === 0) return null;
    if (wanted < hits.length) return { number: wanted, byte: hits[wanted]! };
    const milestone = Math.min(
      Math.floor((wanted - mostHits) / everyHit),
      this.#milestones.length - 1,
    );
    return milestone < 0
      ? { number: hits.length - 1, byte: hits[hits.length - 1]! }
      : { number: mostHits + milestone * everyHit, byte: this.#milestones[milestone]! };
  }

  /** Takes note of a matching line. */
  add(byte: number): void {
    const number = this.lines;
    if (number < mostHits) {
      if (number === this.#hits.length) {
        const larger = new Float64Array(Math.min(mostHits, number * 2));
        larger.set(this.#hits);
        this.#hits = larger;
      }
      this.#hits[number] = byte;
    } else if ((number - mostHits) % everyHit === 0) {
      this.#milestones.push(byte);
    }
    const share = Math.floor((byte / this.of) * shares);
    this.strip[share] = this.strip[share]! + 1;
    this.lines += 1;
  }
}

/**
 * Finds all matches of a log as it is now. Time is linear in its bytes, memory bounded whatever is found.
 * @param onProgress told after each chunk
 * @throws EngineError as `ByteSource.read`; `aborted`
 */
export async function searchLog(
  source: ByteSource,
  matcher: LineMatcher,
  result: SearchResult,
  onProgress: () => void,
  signal?: AbortSignal,
): Promise<void> {
  let lastLine = -1;
  // A line in several pieces is one.
  const add = (line: number): void => {
    if (line !== lastLine) result.add(line);
    lastLine = line;
  };
  const options = {
    signal,
    onProgress: (byte: number) => {
      result.scanned = byte;
      onProgress();
    },
  };
  const { tally } = matcher;
  const turns = new Turns();
  if (tally === null) {
    await scanPieces(source, matcher, 0, result.of, {
      ...options,
      visit: (piece) => {
        const matches = matcher.count(piece);
        result.matches += matches;
        if (matches > 0) add(piece.lineByte);
        return false;
      },
    });
  } else {
    await scanLines(source, matcher, 0, result.of, {
      ...options,
      visit: async (placed) => {
        for (let from = placed.from; from < placed.to;) {
          const to = sliceEnd(placed, from);
          const startsBefore = Math.min(to, placed.startsBefore);
          const { matches, lines } = tally({ ...placed, from, to, startsBefore });
          result.matches += matches;
          for (const line of lines) {
            add(from + line === 0 ? placed.lineByte : placed.byte + from + line);
          }
          from = to;
          if (turns.isOver) await turns.next(signal);
        }
        return false;
      },
    });
  }
  result.scanned = result.of;
  result.done = true;
}

/** Behind the last line that ends within a slice, or the first where that one is longer. */
function sliceEnd({ chunk, to }: PlacedLines, from: number): number {
  if (from + sliceBytes >= to) return to;
  const end = chunk.buffer.lastIndexOf(newline, from + sliceBytes);
  if (end >= from) return end + 1;
  const next = chunk.buffer.indexOf(newline, from);
  return next < 0 || next >= to ? to : next + 1;
}

/**
 * Places of `count` matching lines from a line on that matches itself, or from the beginning.
 * @throws EngineError as `ByteSource.read`; `aborted`
 */
export async function matchingLines(
  source: ByteSource,
  matcher: LineMatcher,
  from: number,
  count: number,
  signal?: AbortSignal,
): Promise<number[]> {
  const found: number[] = [];
  if (count <= 0) return found;
  await scanPieces(source, matcher, from, source.size, {
    signal,
    visit: (piece) => {
      if (piece.lineByte !== found.at(-1) && matcher.count(piece) > 0) found.push(piece.lineByte);
      return found.length >= count;
    },
  });
  return found;
}
