import type { Place, Row, Rows } from '../../src/protocol/viewerApi.ts';
import type { HiddenPatterns } from './hiddenPatterns.ts';
import type { RowCache } from './rowCache.ts';
import type { RowElement } from './rowElement.ts';
import { RowHeights } from './rowHeights.ts';
import { clampedTop, rowsBetween, type Placed } from './rowLayout.ts';
import { RowPool } from './rowPool.ts';
import { RowReader, type FetchRows, type RowsChange } from './rowReader.ts';
import type { Seen } from './scrollMath.ts';

/** Rows beyond the edges of the screen that are drawn. */
const drawnBeyond = 12;

/** Past this distance from zero positions are set back: transforms lose their precision far out. */
const farOut = 200_000;

/** Milliseconds without a movement after which elements are put in the order of the log. */
const settled = 300;

/** Guesses about wrapped rows are replaced by measures so many times; a frame has no time for more. */
const mostRounds = 4;

/** Where a row comes to lie that was asked for. */
export type Align = 'top' | 'centre' | 'bottom' | { readonly offset: number };

/** What the view asks of its surroundings. */
export interface LogViewOptions {
  readonly fetch: FetchRows;
  readonly hidden: HiddenPatterns;
  /** Fills an element with a row; `index` is its place in `rows`. */
  readonly draw: (element: RowElement, row: Row, rows: readonly Row[], index: number) => void;
  /** After every frame in which something moved or was drawn. */
  readonly onFrame: (moved: boolean, drawn: boolean) => void;
  readonly onRows: (answer: Rows) => void;
  readonly onProblem: (error: unknown) => void;
}

/**
 * The lines of a log of any size. Rows are read around a byte, laid out from there on and moved by a
 * transform. What is not read yet is not scrolled into; the rows that are there stay until others have
 * come, so that nothing is ever blank. A frame writes first and measures then, once for all rows.
 */
export class LogView {
  readonly #viewport: HTMLElement;
  readonly #options: LogViewOptions;
  readonly content = document.createElement('div');
  readonly #cells = document.createElement('div');
  readonly #heights = new RowHeights();
  readonly #pool: RowPool;
  readonly #reader: RowReader;
  /** The topmost row that can be seen, by its first byte, and where it lies. */
  #anchor = { byte: 0, y: 0 };
  /** Position of the upper edge of the view, in the pixels in which rows are laid out. */
  #top = 0;
  #shownTop = 0;
  #height = 0;
  #width = 0;
  #scheduled = 0;
  #ordering = 0;
  /** Everything has to be drawn anew: something beside the text of rows has changed. */
  #anew = true;

  constructor(viewport: HTMLElement, gutter: HTMLElement, options: LogViewOptions) {
    this.#viewport = viewport;
    this.#options = options;
    this.content.className = 'rows';
    this.content.setAttribute('role', 'list');
    this.#cells.className = 'cells';
    viewport.append(this.content);
    gutter.append(this.#cells);
    this.#pool = new RowPool(this.content, this.#cells, (element, row, index) => {
      options.draw(element, row, this.cache.rows, index);
    });
    this.#reader = new RowReader({
      fetch: options.fetch,
      hidden: options.hidden,
      onRows: (answer, change) => {
        this.#taken(answer, change);
      },
      onProblem: options.onProblem,
    });
    new ResizeObserver(() => {
      this.#measure();
    }).observe(viewport);
  }

  get cache(): RowCache {
    return this.#reader.cache;
  }

  get lineHeight(): number {
    return this.#heights.line;
  }

  get height(): number {
    return this.#height;
  }

  get width(): number {
    return this.#width;
  }

  /** Rows that fit on the screen. */
  get screen(): number {
    return Math.max(1, Math.floor(this.#height / this.lineHeight));
  }

  /** The drawn rows from top to bottom. */
  get laid(): readonly RowElement[] {
    return this.#pool.shown;
  }

  get bytes(): number {
    return this.#reader.bytes;
  }

  /** Whether the last line of the log is on the screen, or nothing is. */
  get atEnd(): boolean {
    const last = this.laid.at(-1);
    if (last?.row === undefined || last.row === null) return true;
    const ends = last.row.byte + last.row.bytes >= this.bytes;
    return ends && last.y + last.height <= this.#top + this.#height + 1;
  }

  /** The topmost row that can be seen and how much of it is above the edge. */
  get topRow(): { readonly row: Row; readonly offset: number } | null {
    const element = this.#topElement;
    return element?.row ? { row: element.row, offset: this.#top - element.y } : null;
  }

  /** Bytes on the screen, to a fraction of a row at the edges. */
  get seen(): Seen {
    const bottom = this.#top + this.#height;
    const share = (element: RowElement | undefined, edge: number): number => {
      if (!element?.row) return 0;
      const within = (edge - element.y) / Math.max(1, element.height);
      return element.row.byte + Math.max(0, Math.min(1, within)) * element.row.bytes;
    };
    const last = this.laid.findLast(({ y }) => y < bottom);
    return { from: share(this.#topElement, this.#top), to: share(last, bottom), of: this.bytes };
  }

  setLook(lineHeight: number, wrap: boolean): void {
    if (!this.#heights.set(lineHeight, wrap, this.#width)) return;
    this.#anew = true;
    this.schedule();
  }

  /** Draws all rows on the screen again: something beside their text has changed. */
  redraw(): void {
    this.#heights.forget();
    this.#anew = true;
    this.schedule();
  }

  /** Forgets all rows: another file, or one that was cut. */
  reset(): void {
    this.#reader.reset();
    this.#top = 0;
    this.schedule();
  }

  /** The log has grown; what is beyond the last row is read when it comes near. */
  grew(bytes: number): void {
    this.#reader.grew(bytes);
    this.schedule();
  }

  /** Moves by pixels, at most to the edge of what was read. */
  scrollBy(pixels: number): void {
    this.#reader.stay();
    this.#top += pixels;
    this.schedule();
  }

  /** Scrolls as little as needed to have a row on the screen; false where it is not among the drawn ones. */
  nearest(byte: number): boolean {
    const element = this.elementOf(byte);
    if (element === undefined) return false;
    const above = this.#top - element.y;
    const below = element.y + element.height - this.#top - this.#height;
    if (above > 0) this.#top -= above;
    else if (below > 0) this.#top += Math.min(below, -above);
    this.schedule();
    return true;
  }

  /** Has a row that was read on the screen; false where it was not. */
  show(byte: number, align: Align): boolean {
    if (this.nearest(byte)) return true;
    const row = this.cache.rows[this.cache.indexOf(byte)];
    if (row === undefined) return false;
    this.#align(row, align);
    return true;
  }

  elementOf(byte: number): RowElement | undefined {
    return this.laid.find(({ row }) => row?.byte === byte);
  }

  /** The drawn row at a height of the window; the nearest one beyond the edges. */
  elementAt(clientY: number): RowElement | undefined {
    const y = clientY - this.#viewport.getBoundingClientRect().top + this.#top;
    const found = this.laid.find((element) => y < element.y + element.height);
    return found ?? this.laid.at(-1);
  }

  /**
   * Goes to a place. The latest call wins: the others end with null, as do those that a scroll overtakes.
   * @returns the row that was asked for
   */
  async goTo(place: Place, align: Align): Promise<Row | null> {
    const around = this.screen + drawnBeyond;
    const row = await this.#reader.goTo(place, around, around);
    if (row !== null) this.#align(row, align);
    return row;
  }

  /** Line numbers are known now that were estimates: rows are read again. */
  renumber(): void {
    this.#reader.outdate();
    this.schedule();
  }

  /** Reads the rows on the screen again, as they are to show another part of themselves. */
  async reread(): Promise<void> {
    const top = this.topRow;
    if (top === null) return;
    await this.#reader.again(top.row.byte, this.screen + drawnBeyond);
    // At once, as who asked wants to measure what is there now.
    this.#frame();
  }

  /** Draws with the next frame. */
  schedule(): void {
    if (this.#scheduled !== 0) return;
    this.#scheduled = window.requestAnimationFrame(() => {
      this.#frame();
    });
  }

  get #topElement(): RowElement | undefined {
    return this.laid.find(({ y, height }) => y + height > this.#top + 0.5);
  }

  #measure(): void {
    const { clientHeight, clientWidth } = this.#viewport;
    this.#height = clientHeight;
    this.#width = clientWidth;
    this.#heights.set(this.lineHeight, this.#heights.wrap, clientWidth);
    this.#anew = true;
    this.schedule();
  }

  #taken(answer: Rows, change: RowsChange): void {
    this.#options.onRows(answer);
    // Rows may be other objects all the same, as a line that was still being written.
    const isDrawn = (row: Row | null): boolean =>
      row !== null && this.cache.rows[this.cache.indexOf(row.byte)] === row;
    if (change !== 'same' || !this.laid.every(({ row }) => isDrawn(row))) this.schedule();
  }

  #align(row: Row, align: Align): void {
    const height = this.#heights.of(row);
    const room = this.#height - height;
    this.#anchor = { byte: row.byte, y: 0 };
    if (align === 'top') this.#top = 0;
    else if (align === 'centre') this.#top = -Math.round(Math.max(0, room) / 2);
    else if (align === 'bottom') this.#top = -room;
    else this.#top = Math.min(align.offset, height - 1);
    this.#frame();
    // A row whose height was a guess lies where it should only now that it was measured.
    if (align === 'bottom' && this.#heights.of(row) !== height) this.nearest(row.byte);
  }

  #frame(): void {
    if (this.#scheduled !== 0) window.cancelAnimationFrame(this.#scheduled);
    this.#scheduled = 0;
    if (this.#height === 0) this.#height = this.#viewport.clientHeight;
    const drawn = this.#layOut();
    this.#rebase();
    const moved = this.#shownTop !== this.#top;
    if (moved) {
      this.#shownTop = this.#top;
      const move = `translateY(${-Math.round(this.#top)}px)`;
      this.content.style.transform = move;
      this.#cells.style.transform = move;
    }
    const top = this.#topElement;
    if (top?.row) this.#anchor = { byte: top.row.byte, y: top.y };
    this.#options.onFrame(moved, drawn);
    this.#orderSoon();
    this.#readAhead();
  }

  /** Has the rows near the screen drawn and in their places. @returns whether any was drawn */
  #layOut(): boolean {
    let drawn = false;
    for (let round = 1; ; round += 1) {
      const placed = this.#place();
      if (this.#pool.show(placed, this.#anew)) drawn = true;
      this.#anew = false;
      if (round === mostRounds || !this.#sizeNew(placed)) {
        this.#pool.place(placed);
        return drawn;
      }
    }
  }

  #place(): readonly Placed[] {
    const { rows } = this.cache;
    const beyond = drawnBeyond * this.lineHeight;
    const index = Math.max(0, this.cache.indexOf(this.#anchor.byte));
    const between = (): readonly Placed[] =>
      rowsBetween(
        rows,
        { index, y: this.#anchor.y },
        this.#top - beyond,
        this.#top + this.#height + beyond,
        this.#heights.of,
      );
    const placed = between();
    const within = clampedTop(this.#top, this.#height, placed, rows);
    if (within === this.#top) return placed;
    this.#top = within;
    return between();
  }

  /** Measures wrapped rows that are new, all at once. @returns whether there were any */
  #sizeNew(placed: readonly Placed[]): boolean {
    const { shown } = this.#pool;
    const fresh = placed.flatMap(({ row }, index) => {
      const element = shown[index];
      return element === undefined || this.#heights.isKnown(row) ? [] : [{ row, element }];
    });
    for (const { row, element } of fresh) this.#heights.measured(row, element.line.offsetHeight);
    return fresh.length > 0;
  }

  #rebase(): void {
    if (Math.abs(this.#top) < farOut) return;
    const shift = Math.round(this.#top);
    this.#top -= shift;
    for (const element of this.laid) element.place(element.y - shift, element.height);
  }

  #orderSoon(): void {
    window.clearTimeout(this.#ordering);
    this.#ordering = window.setTimeout(() => {
      this.#pool.order();
    }, settled);
  }

  #readAhead(): void {
    const first = this.laid[0]?.row;
    const last = this.laid.at(-1)?.row;
    if (!first || !last) return;
    this.#reader.ahead(first, last, this.screen, () => {
      this.schedule();
    });
  }
}
