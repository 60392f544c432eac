import type { ByteSource } from '../source/byteSource.ts';
import { cutBetween } from '../source/textEncoding.ts';
import type { ChunkBytes } from './byteScanner.ts';
import { ByteScanner, chunkSize } from './byteScanner.ts';
import type { LineMatcher, LinePiece, Lines } from './lineMatcher.ts';
import { readChunks, Turns } from './readChunks.ts';

const newline = 0x0a;

/** A piece that may hold matches, and where it stands in the log. */
export interface PlacedPiece extends LinePiece {
  /** Where its line begins. */
  readonly lineByte: number;
  /** Where it begins itself: `lineByte`, but in a line longer than a chunk. */
  readonly pieceByte: number;
}

/** Lines of a chunk, and where they stand in the log. */
export interface PlacedLines extends Lines {
  /** Where the first of them begins; before `byte` where a line is longer than a chunk. */
  readonly lineByte: number;
  /** Where they begin in the log. */
  readonly byte: number;
}

interface ScanOptions<T> {
  readonly signal?: AbortSignal | undefined;
  /** Told after each chunk how far it has come. */
  readonly onProgress?: (byte: number) => void;
  /** @returns true to stop */
  readonly visit: (lines: T) => Promise<boolean> | boolean;
}

/**
 * Goes through the lines of `[from, until)`, chunk after chunk; `from` begins a line, `until` ends one.
 * Lines longer than a chunk come in pieces that overlap.
 * @throws EngineError as `ByteSource.read`; `aborted`
 */
export async function scanLines(
  source: ByteSource,
  matcher: LineMatcher,
  from: number,
  until: number,
  { signal, onProgress, visit }: ScanOptions<PlacedLines>,
): Promise<void> {
  const scanner = ByteScanner.borrow();
  const overlap = Math.min(matcher.overlap, chunkSize / 2);
  let lineByte = from;
  /** Where the matches end that this chunk is asked for; the next one begins there. */
  const endOf = (chunk: ChunkBytes, length: number, at: number): number => {
    const lastEnd = chunk.buffer.lastIndexOf(newline, length - 1);
    if (lastEnd >= 0) return lastEnd + 1;
    const end = length - (at + length >= until ? 0 : overlap);
    return Math.max(1, end < length ? cutBetween(chunk.bytes, 0, end, source.encoding) : end);
  };
  try {
    await readChunks(source, scanner, from, until, {
      signal,
      next: (chunk, length, at) => at + endOf(chunk, length, at),
      work: async (chunk, length, at) => {
        const last = at + length >= until;
        const complete = chunk.buffer.lastIndexOf(newline, length - 1) + 1;
        const to = last || complete === 0 ? length : complete;
        const startsBefore = last || complete > 0 ? to : endOf(chunk, length, at);
        if (await visit({ chunk, from: 0, to, startsBefore, lineByte, byte: at })) return true;
        if (complete > 0) lineByte = at + complete;
        onProgress?.(at + to);
        return false;
      },
    });
  } finally {
    scanner.giveBack();
  }
}

/**
 * Goes through those of the lines of `[from, until)` one by one that may have matches; as `scanLines`
 * otherwise.
 * @throws EngineError as `ByteSource.read`; `aborted`
 */
export async function scanPieces(
  source: ByteSource,
  matcher: LineMatcher,
  from: number,
  until: number,
  options: ScanOptions<PlacedPiece>,
): Promise<void> {
  const { signal, visit } = options;
  const turns = new Turns();
  await scanLines(source, matcher, from, until, {
    ...options,
    visit: async ({ chunk, to, startsBefore, lineByte, byte }) => {
      for (let next = 0; next < to;) {
        const found = matcher.skipTo(chunk, next, to);
        if (found >= to) break;
        const lineEnd = found > next ? chunk.buffer.lastIndexOf(newline, found - 1) : -1;
        const start = Math.max(next, lineEnd + 1);
        const end = endOfLine(chunk, found, to);
        const stop = await visit({
          chunk,
          from: start,
          to: end,
          startsBefore: Math.min(end, startsBefore),
          lineByte: start > 0 ? byte + start : lineByte,
          pieceByte: byte + start,
        });
        if (stop) return true;
        next = end;
        if (turns.isOver) await turns.next(signal);
      }
      return false;
    },
  });
}

function endOfLine(chunk: ChunkBytes, from: number, to: number): number {
  const end = chunk.buffer.indexOf(newline, from);
  return end < 0 || end >= to ? to : end + 1;
}
