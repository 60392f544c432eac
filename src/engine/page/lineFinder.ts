import type { ByteSource } from '../source/byteSource.ts';
import type { PageCache } from './pageCache.ts';
import { pageSize } from './pageCache.ts';
import type { SparseLines, StartlessGap } from './sparseLines.ts';

const newline = 0x0a;

/** Longer lines are remembered: looking for their ends again would cost as much each time. */
const longLine = 1 << 20;
const rememberedLines = 16;

/** A line: from its first byte to behind its line end. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/** Finds where lines begin and end, in pages. */
export class LineFinder {
  readonly #source: ByteSource;
  readonly #cache: PageCache;
  readonly #index: () => SparseLines;
  #long: LineSpan[] = [];

  /** @param index the line starts that are known; another one after the log was replaced */
  constructor(source: ByteSource, cache: PageCache, index: () => SparseLines) {
    this.#source = source;
    this.#cache = cache;
    this.#index = index;
  }

  /** The line that holds a byte; the last one for a byte behind the end. The source is not empty. */
  async lineAt(byte: number): Promise<LineSpan> {
    const within = Math.min(byte, this.#source.size - 1);
    const known = this.#long.find(({ start, end }) => start <= within && within < end);
    if (known !== undefined) return known;
    const gap = this.#index().gapAround(within, this.#source.size);
    const line =
      gap === null
        ? { start: await this.#startOf(within), end: await this.#endOf(within, null) }
        : {
            start: await this.#startOf(Math.min(within, gap.from)),
            end: within < gap.from ? await this.#endOf(within, gap) : gap.to,
          };
    if (line.end - line.start > longLine) {
      this.#long = [line, ...this.#long.slice(0, rememberedLines - 1)];
    }
    return line;
  }

  /** Line ends in `[from, to)`. */
  async count(from: number, to: number): Promise<number> {
    let sum = 0;
    for (let at = from; at < to;) {
      const { page, offset } = await this.#page(at);
      const end = Math.min(page.length, offset + to - at);
      for (let next = page.indexOf(newline, offset); next >= 0 && next < end; sum += 1) {
        next = page.indexOf(newline, next + 1);
      }
      if (end <= offset) return sum;
      at += end - offset;
    }
    return sum;
  }

  /** Where the line begins that is `lines` below one that begins at `start`; the last line where there are fewer. */
  async skip(start: number, lines: number): Promise<number> {
    let at = start;
    for (let left = lines; left > 0; left -= 1) {
      const { end } = await this.lineAt(at);
      if (end >= this.#source.size) return at;
      at = end;
    }
    return at;
  }

  /** Number of a line counted from 0; the index must have come so far. */
  async numberOf(start: number): Promise<number> {
    const known = this.#index().before(start);
    return known.line + (await this.count(known.start, start));
  }

  /** Forgets lines that more bytes at `from` may have changed. */
  forget(from: number): void {
    this.#long = this.#long.filter(({ end }) => end < from);
  }

  async #startOf(byte: number): Promise<number> {
    for (let before = byte; before > 0;) {
      const { page, offset } = await this.#page(before - 1);
      const found = page.lastIndexOf(newline, offset);
      const pageStart = before - 1 - offset;
      if (found >= 0) return pageStart + found + 1;
      before = pageStart;
    }
    return 0;
  }

  /** `gap`: bytes in which no line begins, so that they need not be read. */
  async #endOf(byte: number, gap: StartlessGap | null): Promise<number> {
    for (let at = byte; at < this.#source.size;) {
      if (gap !== null && at >= gap.from) return gap.to;
      const { page, offset } = await this.#page(at);
      const found = page.indexOf(newline, offset);
      if (found >= 0) return at - offset + found + 1;
      if (page.length <= offset) return at;
      at += page.length - offset;
    }
    return this.#source.size;
  }

  async #page(byte: number): Promise<{ readonly page: Buffer; readonly offset: number }> {
    const { buffer, byteOffset, byteLength } = await this.#cache.page(byte);
    return { page: Buffer.from(buffer, byteOffset, byteLength), offset: byte % pageSize };
  }
}
