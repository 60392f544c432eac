import type { ByteSource } from '../source/byteSource.ts';
import { cutBetween } from '../source/textEncoding.ts';
import type { ChunkBytes } from './byteScanner.ts';
import { ByteScanner, chunkSize } from './byteScanner.ts';
import type { LineMatcher, LinePiece } from './lineMatcher.ts';
import { readChunks, Turns } from './readChunks.ts';

const newline = 0x0a;

/** A piece that may hold matches, and where it stands in the log. */
export interface PlacedPiece extends LinePiece {
  /** Where its line begins. */
  readonly lineByte: number;
  /** Where it begins itself: `lineByte`, but in a line longer than a chunk. */
  readonly pieceByte: number;
}

/**
 * Goes through the lines of `[from, until)` that may have matches; `from` begins a line, `until` ends
 * one. Lines longer than a chunk come in pieces that overlap.
 * @throws EngineError as `ByteSource.read`; `aborted`
 */
export async function scanPieces(
  source: ByteSource,
  matcher: LineMatcher,
  from: number,
  until: number,
  options: {
    readonly signal?: AbortSignal | undefined;
    /** Told after each chunk how far it has come. */
    readonly onProgress?: (byte: number) => void;
    /** @returns true to stop */
    readonly visit: (piece: PlacedPiece) => Promise<boolean> | boolean;
  },
): Promise<void> {
  const { signal, onProgress, visit } = options;
  const scanner = ByteScanner.borrow();
  const overlap = Math.min(matcher.overlap, chunkSize / 2);
  const turns = new Turns();
  let lineByte = from;
  /** Where the matches end that this chunk is asked for; the next one begins there. */
  const endOf = (chunk: ChunkBytes, length: number, at: number): number => {
    const lastEnd = chunk.buffer.lastIndexOf(newline, length - 1);
    if (lastEnd >= 0) return lastEnd + 1;
    const end = length - (at + length >= until ? 0 : overlap);
    return end < length ? cutBetween(chunk.bytes, 0, end, source.encoding) : end;
  };
  try {
    await readChunks(source, scanner, from, until, {
      signal,
      next: (chunk, length, at) => at + Math.max(1, endOf(chunk, length, at)),
      work: async (chunk, length, at) => {
        const last = at + length >= until;
        const complete = chunk.buffer.lastIndexOf(newline, length - 1) + 1;
        const to = last || complete === 0 ? length : complete;
        const startsBefore = last || complete > 0 ? to : Math.max(1, endOf(chunk, length, at));
        let next = 0;
        while (next < to) {
          const found = matcher.skipTo(chunk, next, to);
          if (found >= to) break;
          const lineEnd = found > next ? chunk.buffer.lastIndexOf(newline, found - 1) : -1;
          const start = Math.max(next, lineEnd + 1);
          const end = endOfLine(chunk, found, to);
          const begins = start > 0 || lineByte === at;
          const stop = await visit({
            chunk,
            from: start,
            to: end,
            startsBefore: Math.min(end, startsBefore),
            lineByte: begins ? at + start : lineByte,
            pieceByte: at + start,
          });
          if (stop) return true;
          next = end;
          if (turns.isOver) await turns.next(signal);
        }
        if (complete > 0) lineByte = at + complete;
        onProgress?.(at + to);
        return false;
      },
    });
  } finally {
    scanner.giveBack();
  }
}

function endOfLine(chunk: ChunkBytes, from: number, to: number): number {
  const end = chunk.buffer.indexOf(newline, from);
  return end < 0 || end >= to ? to : end + 1;
}
