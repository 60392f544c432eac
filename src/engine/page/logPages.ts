import { EngineError } from '../base/engineError.ts';
import type { Level } from '../record/levels.ts';
import { contentEnd } from '../record/lineIndex.ts';
import type { LogFormat } from '../record/recordTable.ts';
import type { ByteSource, SourceChange } from '../source/byteSource.ts';
import { cutBetween, decodeText, isSingleByte } from '../source/textEncoding.ts';
import type { LineSpan } from './lineFinder.ts';
import { LineFinder } from './lineFinder.ts';
import type { InferShape, LineFacts, LineShape } from './logShape.ts';
import { LogShape, prefixBytes } from './logShape.ts';
import { PageCache } from './pageCache.ts';
import { SparseLines } from './sparseLines.ts';
import { findTime } from './findTime.ts';

/** A place in a log. Bytes may lie inside a line: that line is meant. */
export type LogPlace =
  | { readonly kind: 'byte'; readonly byte: number }
  /** 1-based. */
  | { readonly kind: 'line'; readonly line: number }
  /** Milliseconds since the epoch. */
  | { readonly kind: 'time'; readonly time: number }
  | { readonly kind: 'end' };

/** One line, ready to be shown. */
export interface LogRow extends LineFacts {
  readonly byte: number;
  /** With the line end. */
  readonly bytes: number;
  /** 1-based; an estimate where `exact` is false. */
  readonly line: number;
  readonly exact: boolean;
  /** Without the line end. */
  readonly text: string;
  /** Bytes of the line before `text`. */
  readonly skipped: number;
  /** The line goes on behind `text`. */
  readonly cut: boolean;
  readonly level: Level;
}

/** Lines around a place. */
export interface LogWindow {
  readonly rows: readonly LogRow[];
  /** Index in `rows` of the line that was asked for. */
  readonly anchor: number;
}

/** Lines above a window that are read as well, so that the lines of a trace know their head. */
const linesAbove = 40;

/** Nobody's screen shows more; a request for more gets so many. */
const mostRows = 5000;

/** What is guessed before a line end was seen. */
const usualLine = 100;

/** A log of any size as lines: what is asked for is read in pages, nothing else is kept but the index. */
export class LogPages {
  readonly source: ByteSource;
  #index = new SparseLines();
  readonly #cache: PageCache;
  readonly #finder: LineFinder;
  readonly #infer: InferShape;
  #shape: LineShape;

  private constructor(source: ByteSource, cache: PageCache, infer: InferShape, shape: LineShape) {
    this.source = source;
    this.#cache = cache;
    this.#finder = new LineFinder(source, cache, () => this.#index);
    this.#infer = infer;
    this.#shape = shape;
  }

  /** Looks at a sample of the source; the index begins with `extendIndex`. @throws EngineError as `ByteSource.read` */
  static async open(
    source: ByteSource,
    infer: InferShape = (one, cache) => LogShape.infer(one, cache),
  ): Promise<LogPages> {
    const cache = new PageCache(source);
    return new LogPages(source, cache, infer, await infer(source, cache));
  }

  get format(): LogFormat {
    return this.#shape.format;
  }

  /** How far the index has come, in bytes. */
  get indexed(): number {
    return this.#index.bytes;
  }

  /** Lines of the log; an estimate until the index has come to its end. */
  get lines(): number {
    const rest = this.source.size - this.#index.bytes;
    return rest <= 0
      ? this.#index.lines
      : Math.max(1, Math.round(this.#index.lines + rest / this.#bytesPerLine()));
  }

  get exactLines(): boolean {
    return this.#index.bytes >= this.source.size;
  }

  /**
   * Indexes to the end of the source as it is now. One call at a time.
   * @throws EngineError as `ByteSource.read`; `aborted`
   */
  extendIndex(onProgress: () => void, signal?: AbortSignal): Promise<void> {
    return this.#index.extend(this.source, onProgress, signal);
  }

  /**
   * Takes note of what `ByteSource.refresh` said. The index has to be extended after it, and no
   * extension of before may still run where the source is another one.
   * @throws EngineError as `ByteSource.read`
   */
  async take(change: SourceChange): Promise<void> {
    if (change.kind === 'grew') {
      this.#cache.forget(change.from);
      this.#finder.forget(change.from);
      // A log that was empty, or had one line, has only now shown how it writes.
      if (change.from < usualLine * linesAbove) await this.#inferAgain();
    } else if (change.kind === 'truncated' || change.kind === 'replaced') {
      this.#cache.forget(0);
      this.#finder.forget(0);
      this.#index = new SparseLines();
      await this.#inferAgain();
    }
  }

  /**
   * Lines around a place: `before` above it, it, and `after` below it; fewer at the ends of the log.
   * Of lines that are longer than so many bytes, `skip` bytes are left out at their start.
   * @throws EngineError as `ByteSource.read`; `invalid-argument` for a time where lines have none
   */
  async window(
    place: LogPlace,
    before: number,
    after: number,
    maxChars: number,
    signal?: AbortSignal,
    skip = 0,
  ): Promise<LogWindow> {
    if (this.source.size === 0) return { rows: [], anchor: 0 };
    const at = await this.#locate(place, signal);
    const anchorLine = await this.#finder.lineAt(at);
    const above = await this.#above(anchorLine.start, Math.min(before, mostRows) + linesAbove);
    const below = await this.#below(anchorLine.end, Math.min(after, mostRows));
    const spans = [...above, anchorLine, ...below];
    const shown = Math.max(0, above.length - Math.min(before, mostRows));
    const facts = this.#shape.describe(
      await Promise.all(
        spans.map(({ start, end }) => this.#cache.bytes(start, Math.min(end, start + prefixBytes))),
      ),
      spans.map(({ start }) => start),
    );
    const guess = place.kind === 'line' ? place.line - 1 : null;
    const number = await this.#number(anchorLine, guess);
    const rows: LogRow[] = [];
    for (let row = shown; row < spans.length; row += 1) {
      const span = spans[row]!;
      const line = Math.max(0, number.line + row - above.length) + 1;
      rows.push({
        byte: span.start,
        bytes: span.end - span.start,
        line,
        // Lines below one whose number is known are counted from it.
        exact: number.exact,
        ...(await this.#text(span, maxChars, skip)),
        ...facts[row]!,
      });
    }
    return { rows, anchor: above.length - shown };
  }

  /** Text of bytes, for the clipboard. @throws EngineError `too-large`, and as `ByteSource.read` */
  async text(from: number, to: number): Promise<string> {
    if (to - from > mostCopied) {
      throw new EngineError(
        'too-large',
        'More than 64 MB of text are not copied at once.',
        'Select less, or copy the file.',
      );
    }
    const bytes = new Uint8Array(Math.max(0, Math.min(to, this.source.size) - from));
    const length = await this.source.read(bytes, from);
    return decodeText(bytes.subarray(0, length), this.source.encoding);
  }

  /** The line that holds a byte, and its number where the index has come so far, else an estimate. */
  async lineOf(byte: number): Promise<LineSpan & { line: number; exact: boolean }> {
    const span = await this.#finder.lineAt(byte);
    const { line, exact } = await this.#number(span, null);
    return { ...span, line: line + 1, exact };
  }

  /** UTF-16 units between two bytes of a line; read in pieces, whatever its length. */
  async columns(from: number, to: number): Promise<number> {
    if (isSingleByte(this.source.encoding)) return to - from;
    let units = 0;
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    for (let at = from; at < to; at += pieceBytes) {
      const piece = await this.#cache.bytes(at, Math.min(to, at + pieceBytes));
      units += decoder.decode(piece, { stream: at + pieceBytes < to }).length;
    }
    return units;
  }

  /** The byte at which a UTF-16 unit of a line begins; read in pieces, whatever the line's length. */
  async byteOfColumn(start: number, column: number): Promise<number> {
    const { encoding, size } = this.source;
    if (isSingleByte(encoding)) return start + column;
    let units = 0;
    for (let at = start; units < column && at < size;) {
      const most = Math.min(size, at + Math.min(pieceBytes, (column - units) * 3 + 3));
      const read = await this.#cache.bytes(at, most);
      const whole = most < size ? cutBetween(read, 0, read.length - 1, encoding) : read.length;
      const text = decodeText(read.subarray(0, Math.max(1, whole)), encoding);
      if (units + text.length > column) {
        return at + Buffer.byteLength(text.slice(0, column - units));
      }
      units += text.length;
      at += Math.max(1, whole);
      if (units === column) return at;
    }
    return start;
  }

  async #inferAgain(): Promise<void> {
    this.#shape = await this.#infer(this.source, this.#cache);
  }

  #bytesPerLine(): number {
    return this.#index.bytesPerLine(usualLine);
  }

  async #locate(place: LogPlace, signal: AbortSignal | undefined): Promise<number> {
    const { size } = this.source;
    switch (place.kind) {
      case 'byte':
        return Math.min(Math.max(0, place.byte), size - 1);
      case 'end':
        return size - 1;
      case 'line':
        return this.#locateLine(Math.max(0, place.line - 1));
      case 'time':
        if (!this.format.hasTime) {
          throw new EngineError(
            'invalid-argument',
            'The lines of this log state no times.',
            'Go to a line instead.',
          );
        }
        return findTime(place.time, {
          size,
          finder: this.#finder,
          cache: this.#cache,
          shape: this.#shape,
          signal,
        });
    }
  }

  async #locateLine(line: number): Promise<number> {
    const index = this.#index;
    if (line < index.lines || this.exactLines) {
      const known = index.beforeLine(Math.min(line, Math.max(0, index.lines - 1)));
      return this.#finder.skip(
        known.start,
        Math.min(line, Math.max(0, index.lines - 1)) - known.line,
      );
    }
    const ahead = (line - index.lines) * this.#bytesPerLine();
    return Math.min(this.source.size - 1, Math.floor(index.bytes + ahead));
  }

  /** Number of a line, counted from 0. `guess` is what the reader asked for. */
  async #number(
    { start }: LineSpan,
    guess: number | null,
  ): Promise<{ readonly line: number; readonly exact: boolean }> {
    const index = this.#index;
    if (start <= index.bytes) {
      return { line: await this.#finder.numberOf(start), exact: true };
    }
    const estimate = index.lines + (start - index.bytes) / this.#bytesPerLine();
    return { line: guess ?? Math.round(estimate), exact: false };
  }

  async #above(start: number, lines: number): Promise<LineSpan[]> {
    const spans: LineSpan[] = [];
    for (let at = start; at > 0 && spans.length < lines;) {
      const span = await this.#finder.lineAt(at - 1);
      spans.push(span);
      at = span.start;
    }
    return spans.reverse();
  }

  async #below(end: number, lines: number): Promise<LineSpan[]> {
    const spans: LineSpan[] = [];
    for (let at = end; at < this.source.size && spans.length < lines;) {
      const span = await this.#finder.lineAt(at);
      spans.push(span);
      at = span.end;
    }
    return spans;
  }

  async #text(
    { start, end }: LineSpan,
    maxChars: number,
    skip: number,
  ): Promise<{ readonly text: string; readonly skipped: number; readonly cut: boolean }> {
    const { encoding } = this.source;
    const wanted = start + skip < end ? start + skip : start;
    // A character takes at most three bytes for each of its UTF-16 units; then there is the line end.
    const limit = wanted + maxChars * 3 + 3;
    const from = Math.max(start, wanted - 3);
    const read = await this.#cache.bytes(from, Math.min(end, limit));
    const bytes = read.subarray(cutBetween(read, 0, wanted - from, encoding));
    const skipped = Math.min(end, limit) - bytes.length - start;
    const whole = end <= limit;
    const content = whole ? bytes.subarray(0, contentEnd(bytes, 0, bytes.length)) : bytes;
    const decoded = decodeText(content, encoding);
    const cut = !whole || decoded.length > maxChars;
    return { text: cutText(decoded, maxChars), skipped, cut };
  }
}

const mostCopied = 64 << 20;
const pieceBytes = 128 * 1024;

/** At most `most` UTF-16 units of a text, cut between characters. */
function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const unit = text.charCodeAt(most - 1);
  return text.slice(0, unit >= 0xd800 && unit < 0xdc00 ? most - 1 : most);
}
