import type { ByteSource } from '../source/byteSource.ts';
import { ByteScanner } from './byteScanner.ts';
import type { ChunkBytes } from './byteScanner.ts';
import { readChunks } from './readChunks.ts';

const newline = 0x0a;

/** A known line start at the latest after as many lines, or in the first line behind so many bytes. */
const mostLines = 256;
const mostBytes = 1 << 20;

/** Looked at together; where a line start is wanted inside, its line ends are found one by one. */
const blockSize = 4096;

/** No line begins in `[from, to)`, and one begins at `to`, or the log ends there. */
export interface StartlessGap {
  readonly from: number;
  readonly to: number;
}

/**
 * Where lines begin, for some of them: 16 bytes for every 256 lines, so that a log of 10 GB takes a few
 * megabytes. What is between is counted when it is asked for.
 */
export class SparseLines {
  /** Bytes that were looked at. */
  bytes = 0;
  /** Line ends in them. */
  #newlines = 0;
  /** Offset behind the last line end. */
  #lineStart = 0;
  /** Known line starts, ascending, and how many lines are before each. */
  #starts = new Float64Array(1024);
  #numbers = new Float64Array(1024);
  #known = 1;

  /** Lines in the bytes looked at; the last may be unfinished. */
  get lines(): number {
    return this.#newlines + (this.bytes > this.#lineStart ? 1 : 0);
  }

  /** Bytes of a line on average, as far as is known; `otherwise` before anything is. */
  bytesPerLine(otherwise: number): number {
    return this.#newlines === 0 ? otherwise : this.#lineStart / this.#newlines;
  }

  /**
   * Goes on to the end of the source as it is now.
   * @param onProgress told after each chunk
   * @throws EngineError as `ByteSource.read`; `aborted`
   */
  async extend(source: ByteSource, onProgress: () => void, signal?: AbortSignal): Promise<void> {
    const scanner = ByteScanner.borrow();
    try {
      await readChunks(source, scanner, this.bytes, source.size, {
        signal,
        next: (_, length, at) => at + length,
        work: (chunk, length, at) => {
          this.#take(chunk, length, at);
          onProgress();
          return false;
        },
      });
    } finally {
      scanner.giveBack();
    }
  }

  /** The last known line start at or before a byte, and its line, counted from 0. */
  before(byte: number): { readonly start: number; readonly line: number } {
    return this.#at(lastAtMost(this.#starts, this.#known, byte));
  }

  /** The last known line start at or before a line, counted from 0. */
  beforeLine(line: number): { readonly start: number; readonly line: number } {
    return this.#at(lastAtMost(this.#numbers, this.#known, line));
  }

  /**
   * What the index knows of a very long line around a byte of a log of `size` bytes: a line start more
   * than `mostBytes` behind the last known one would be known itself. Null where it knows nothing.
   */
  gapAround(byte: number, size: number): StartlessGap | null {
    const index = lastAtMost(this.#starts, this.#known, byte);
    const from = this.#starts[index]! + mostBytes;
    if (index + 1 < this.#known) return gapOf(from, this.#starts[index + 1]!);
    return this.bytes >= size ? gapOf(from, size) : null;
  }

  #at(index: number): { readonly start: number; readonly line: number } {
    return { start: this.#starts[index]!, line: this.#numbers[index]! };
  }

  #take(chunk: ChunkBytes, length: number, at: number): void {
    for (let from = 0; from < length; from += blockSize) {
      const to = Math.min(length, from + blockSize);
      const count = chunk.count(newline, from, to);
      const last = this.#known - 1;
      const wanted =
        this.#newlines + count >= this.#numbers[last]! + mostLines ||
        at + to >= this.#starts[last]! + mostBytes;
      if (count > 0 && wanted) this.#walk(chunk, from, to, at);
      else this.#newlines += count;
    }
    const lastEnd = chunk.buffer.lastIndexOf(newline, length - 1);
    if (lastEnd >= 0) this.#lineStart = at + lastEnd + 1;
    this.bytes = at + length;
  }

  #walk(chunk: ChunkBytes, from: number, to: number, at: number): void {
    let end = chunk.buffer.indexOf(newline, from);
    while (end >= 0 && end < to) {
      this.#newlines += 1;
      const start = at + end + 1;
      const last = this.#known - 1;
      if (
        this.#newlines >= this.#numbers[last]! + mostLines ||
        start >= this.#starts[last]! + mostBytes
      ) {
        this.#add(start, this.#newlines);
      }
      end = chunk.buffer.indexOf(newline, end + 1);
    }
  }

  #add(start: number, number: number): void {
    if (this.#known === this.#starts.length) {
      this.#starts = doubled(this.#starts);
      this.#numbers = doubled(this.#numbers);
    }
    this.#starts[this.#known] = start;
    this.#numbers[this.#known] = number;
    this.#known += 1;
  }
}

function gapOf(from: number, to: number): StartlessGap | null {
  return from < to ? { from, to } : null;
}

function doubled(from: Float64Array): Float64Array<ArrayBuffer> {
  const to = new Float64Array(from.length * 2);
  to.set(from);
  return to;
}

/** Index of the last of `count` ascending values that is at most `value`; the first is. */
function lastAtMost(values: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= value) low = middle;
    else high = middle;
  }
  return low;
}
