import type { Place, Row, Rows } from '../../src/protocol/viewerApi.ts';
import { RowCache } from './rowCache.ts';
import { RowElement } from './rowElement.ts';
import type { Seen } from './scrollMath.ts';

/** Screens that are read ahead in either direction, and the rows beyond the edges that are drawn. */
const screensAhead = 5;
const drawnBeyond = 12;

/** Past this distance from zero positions are set back: transforms lose their precision far out. */
const farOut = 200_000;

/** Where a row comes to lie that was asked for. */
export type Align = 'top' | 'centre' | 'bottom' | { readonly offset: number };

/** What the view asks of its surroundings. */
export interface LogViewOptions {
  readonly fetch: (
    place: Place,
    before: number,
    after: number,
    signal: AbortSignal,
  ) => Promise<Rows>;
  /** Fills an element with a row; `index` is its place in `rows`. */
  readonly draw: (element: RowElement, row: Row, rows: readonly Row[], index: number) => void;
  /** After every frame in which something moved or was drawn. */
  readonly onFrame: (changed: boolean) => void;
  readonly onRows: (answer: Rows) => void;
  readonly onProblem: (error: unknown) => void;
}

/**
 * The lines of a log of any size. Nothing has the height of the log: rows are read around a byte, laid
 * out beside each other from there on, and moved by a transform. What is not read yet is not scrolled
 * into; the rows that are there stay until others have come, so that nothing is ever blank.
 */
export class LogView {
  readonly cache = new RowCache();
  readonly #viewport: HTMLElement;
  readonly #options: LogViewOptions;
  readonly content = document.createElement('div');
  readonly #spare: RowElement[] = [];
  #laid: RowElement[] = [];
  /** Position of the upper edge of the view, in the pixels in which rows are laid out. */
  #top = 0;
  #height = 0;
  #width = 0;
  #lineHeight = 18;
  #wrap = false;
  #bytes = 0;
  #scheduled = 0;
  #changed = true;
  #jump: AbortController | null = null;
  #reading = { up: false, down: false };
  /** Rows before this are of another layout of the log: a file that was replaced. */
  #generation = 0;

  constructor(viewport: HTMLElement, options: LogViewOptions) {
    this.#viewport = viewport;
    this.#options = options;
    this.content.className = 'rows';
    viewport.append(this.content);
    new ResizeObserver(() => {
      this.#measure();
    }).observe(viewport);
  }

  get lineHeight(): number {
    return this.#lineHeight;
  }

  get height(): number {
    return this.#height;
  }

  get width(): number {
    return this.#width;
  }

  /** Rows that fit on the screen. */
  get screen(): number {
    return Math.max(1, Math.floor(this.#height / this.#lineHeight));
  }

  get laid(): readonly RowElement[] {
    return this.#laid;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether the last line of the log is on the screen, or nothing is. */
  get atEnd(): boolean {
    const last = this.#laid.at(-1);
    if (last?.row === undefined || last.row === null) return true;
    return this.#isLast(last.row) && last.y + last.height <= this.#top + this.#height + 1;
  }

  /** The topmost row that can be seen and how much of it is above the edge. */
  get topRow(): { readonly row: Row; readonly offset: number } | null {
    const element = this.#laid.find(({ y, height }) => y + height > this.#top + 0.5);
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
    const first = this.#laid.find(({ y, height }) => y + height > this.#top + 0.5);
    const last = this.#laid.findLast(({ y }) => y < bottom);
    return { from: share(first, this.#top), to: share(last, bottom), of: this.#bytes };
  }

  setLook(lineHeight: number, wrap: boolean): void {
    const changed = lineHeight !== this.#lineHeight || wrap !== this.#wrap;
    this.#lineHeight = lineHeight;
    this.#wrap = wrap;
    if (changed) this.#relayout();
  }

  /** Draws all rows on the screen again: something beside their text has changed. */
  redraw(): void {
    for (const element of this.#laid) this.#fill(element);
    this.#stack();
    this.#changed = true;
    this.schedule();
  }

  /** Forgets all rows: another file, or one that was cut. */
  reset(): void {
    this.#generation += 1;
    this.cache.clear();
    this.#drop(() => true);
    this.#bytes = 0;
    this.#top = 0;
    this.schedule();
  }

  /** The log has grown; what is beyond the last row is read when it comes near. */
  grew(bytes: number): void {
    this.#bytes = Math.max(this.#bytes, bytes);
    this.schedule();
  }

  /** Moves by pixels, at most to the edge of what was read. */
  scrollBy(pixels: number): void {
    this.#jump?.abort();
    this.#jump = null;
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
    this.#layFrom(row, align);
    return true;
  }

  elementOf(byte: number): RowElement | undefined {
    return this.#laid.find(({ row }) => row?.byte === byte);
  }

  /** The drawn row at a height of the window; the nearest one beyond the edges. */
  elementAt(clientY: number): RowElement | undefined {
    const y = clientY - this.#viewport.getBoundingClientRect().top + this.#top;
    const found = this.#laid.find((element) => y < element.y + element.height);
    return found ?? this.#laid.at(-1);
  }

  /**
   * Goes to a place. The latest call wins: the others end with null, as do those that a scroll overtakes.
   * @returns the row that was asked for
   */
  async goTo(place: Place, align: Align): Promise<Row | null> {
    this.#jump?.abort();
    const jump = new AbortController();
    this.#jump = jump;
    const generation = this.#generation;
    const around = this.screen * 2 + drawnBeyond;
    try {
      const answer = await this.#options.fetch(place, around, around, jump.signal);
      if (this.#jump !== jump || generation !== this.#generation) return null;
      this.#jump = null;
      this.#take(answer);
      const row = answer.rows[answer.anchor];
      if (row === undefined) {
        this.schedule();
        return null;
      }
      const kept = this.cache.rows[this.cache.indexOf(row.byte)] ?? row;
      this.#layFrom(kept, align);
      return kept;
    } catch (error) {
      if (jump.signal.aborted) return null;
      throw error;
    }
  }

  /** Reads the rows on the screen again: their line numbers are known now. */
  async refresh(): Promise<void> {
    const top = this.topRow;
    if (top === null) return;
    const generation = this.#generation;
    const { signal } = new AbortController();
    const around = this.screen * 3;
    const place: Place = { kind: 'byte', byte: top.row.byte };
    const answer = await this.#options.fetch(place, around, around, signal);
    if (generation !== this.#generation) return;
    // Rows further away still have their old numbers: they are read again when they come near.
    const keeps = this.cache.indexOf(top.row.byte) >= 0;
    if (keeps) {
      this.cache.clear();
      this.#take(answer);
      this.#match();
    }
    this.schedule();
  }

  /** Draws with the next frame. */
  schedule(): void {
    if (this.#scheduled !== 0) return;
    this.#scheduled = window.requestAnimationFrame(() => {
      this.#scheduled = 0;
      this.#frame();
    });
  }

  #measure(): void {
    const { clientHeight, clientWidth } = this.#viewport;
    const narrower = clientWidth !== this.#width;
    this.#height = clientHeight;
    this.#width = clientWidth;
    if (narrower && this.#wrap) this.#relayout();
    this.#changed = true;
    this.schedule();
  }

  #take(answer: Rows): void {
    this.#bytes = answer.bytes;
    if (!this.cache.add(answer.rows)) this.#drop(() => true);
    this.#options.onRows(answer);
  }

  /** Lays everything out anew from the top row on, which keeps its place. */
  #relayout(): void {
    const top = this.topRow;
    if (top === null) return;
    const share = Math.min(0.999, Math.max(0, top.offset / this.#lineHeight));
    this.#drop(() => true);
    this.#layFrom(top.row, { offset: share * this.#lineHeight });
  }

  #layFrom(row: Row, align: Align): void {
    this.#drop(() => true);
    const element = this.#make(row);
    this.#laid = [element];
    element.y = 0;
    this.#size([element]);
    this.#place(element);
    const room = this.#height - element.height;
    if (align === 'top') this.#top = 0;
    else if (align === 'centre') this.#top = -Math.round(Math.max(0, room) / 2);
    else if (align === 'bottom') this.#top = -room;
    else this.#top = align.offset;
    this.#changed = true;
    this.#frame();
  }

  #isLast(row: Row): boolean {
    return row.byte + row.bytes >= this.#bytes;
  }

  #frame(): void {
    if (this.#height === 0) this.#height = this.#viewport.clientHeight;
    const before = this.#top;
    if (this.#laid.length === 0) {
      const row = this.cache.first;
      if (row !== undefined) {
        this.#layFrom(row, 'top');
        return;
      }
    }
    this.#fillScreen();
    this.#clamp();
    this.#rebase();
    this.content.style.transform = `translateY(${-Math.round(this.#top)}px)`;
    const changed = this.#changed || before !== this.#top;
    this.#changed = false;
    this.#options.onFrame(changed);
    this.#readAhead();
  }

  /** Draws what is near the screen and takes away what has left it. */
  #fillScreen(): void {
    const beyond = drawnBeyond * this.#lineHeight;
    const from = this.#top - beyond;
    const to = this.#top + this.#height + beyond;
    const near = ({ y, height }: RowElement): boolean => y + height > from && y < to;
    if (this.#laid.some(near)) this.#drop((element) => !near(element));
    else if (this.#laid.length > 1) {
      // A long way in one frame: the row nearest to where the screen is now stays to go on from.
      const kept = this.#top > (this.#laid[0]?.y ?? 0) ? this.#laid.at(-1) : this.#laid[0];
      this.#drop((element) => element !== kept);
    }
    this.#growDown(to);
    this.#growUp(from);
    this.#drop((element) => this.#laid.length > 1 && !near(element) && this.#laid.some(near));
  }

  #growDown(to: number): void {
    const { rows } = this.cache;
    for (;;) {
      const last = this.#laid.at(-1);
      if (!last?.row) return;
      const missing = to - last.y - last.height;
      if (missing <= 0) return;
      const index = this.cache.indexOf(last.row.byte);
      if (index < 0) return;
      const many = Math.ceil(missing / this.#lineHeight);
      const batch = rows.slice(index + 1, index + 1 + many).map((row) => this.#make(row));
      if (batch.length === 0) return;
      this.#size(batch);
      let y = last.y + last.height;
      for (const element of batch) {
        element.y = y;
        y += element.height;
        this.#place(element);
      }
      this.#laid.push(...batch);
    }
  }

  #growUp(from: number): void {
    const { rows } = this.cache;
    for (;;) {
      const first = this.#laid[0];
      if (!first?.row) return;
      const missing = first.y - from;
      if (missing <= 0) return;
      const index = this.cache.indexOf(first.row.byte);
      if (index <= 0) return;
      const many = Math.ceil(missing / this.#lineHeight);
      const batch = rows.slice(Math.max(0, index - many), index).map((row) => this.#make(row));
      this.#size(batch);
      let { y } = first;
      for (const element of batch.toReversed()) {
        y -= element.height;
        element.y = y;
        this.#place(element);
      }
      this.#laid.unshift(...batch);
    }
  }

  /** Stays within what was read. */
  #clamp(): void {
    const first = this.#laid[0];
    const last = this.#laid.at(-1);
    if (first === undefined || last === undefined) {
      this.#top = 0;
      return;
    }
    const bottom = last.y + last.height - this.#height;
    this.#top = Math.max(first.y, Math.min(this.#top, bottom));
  }

  #rebase(): void {
    if (Math.abs(this.#top) < farOut) return;
    const shift = Math.round(this.#top);
    this.#top -= shift;
    for (const element of this.#laid) {
      element.y -= shift;
      this.#place(element);
    }
  }

  #readAhead(): void {
    const first = this.#laid[0]?.row;
    const last = this.#laid.at(-1)?.row;
    if (!first || !last) return;
    const many = this.screen * screensAhead;
    const { rows } = this.cache;
    const above = this.cache.indexOf(first.byte);
    const below = this.cache.indexOf(last.byte);
    if (above < 0 || below < 0) return;
    const end = this.cache.end;
    if (rows.length - below < many && end < this.#bytes) {
      void this.#read('down', { kind: 'byte', byte: end }, 0, many * 2);
    }
    const start = this.cache.first?.byte ?? 0;
    if (above < many && start > 0)
      void this.#read('up', { kind: 'byte', byte: start }, many * 2, 0);
  }

  async #read(side: 'up' | 'down', place: Place, before: number, after: number): Promise<void> {
    if (this.#reading[side]) return;
    this.#reading[side] = true;
    const generation = this.#generation;
    const { signal } = new AbortController();
    let grown = false;
    try {
      const answer = await this.#options.fetch(place, before, after, signal);
      // A jump meanwhile: these rows belong to a place that nobody looks at any more.
      const wanted = side === 'down' ? this.cache.end : this.cache.first?.byte;
      if (generation !== this.#generation || wanted !== (place as { byte: number }).byte) return;
      const held = this.cache.rows.length;
      this.#take(answer);
      this.#match();
      grown = this.cache.rows.length > held;
      const top = this.topRow;
      if (top !== null) this.cache.trim(top.row.byte);
    } catch (error) {
      this.#options.onProblem(error);
    } finally {
      this.#reading[side] = false;
    }
    if (grown) this.schedule();
  }

  /** Rows on the screen that are other objects now, as a line that was still being written. */
  #match(): void {
    for (const element of this.#laid) {
      const { row } = element;
      const now = row === null ? undefined : this.cache.rows[this.cache.indexOf(row.byte)];
      if (now === undefined || now === row) continue;
      this.#options.draw(element, now, this.cache.rows, this.cache.indexOf(now.byte));
      this.#changed = true;
    }
    if (this.#changed) this.#stack();
  }

  /** Puts the rows on the screen under each other again, as some may have other heights now. */
  #stack(): void {
    this.#size(this.#laid);
    let y = this.#laid[0]?.y ?? 0;
    for (const element of this.#laid) {
      element.y = y;
      y += element.height;
      this.#place(element);
    }
  }

  #make(row: Row): RowElement {
    const element = this.#spare.pop() ?? new RowElement();
    this.#options.draw(element, row, this.cache.rows, this.cache.indexOf(row.byte));
    this.content.append(element.element);
    this.#changed = true;
    return element;
  }

  #fill(element: RowElement): void {
    const { row } = element;
    if (row === null) return;
    this.#options.draw(element, row, this.cache.rows, this.cache.indexOf(row.byte));
  }

  /** Heights of new rows: known without wrapping, else asked of the browser, all at once. */
  #size(batch: readonly RowElement[]): void {
    for (const element of batch) {
      element.height = this.#wrap ? element.element.offsetHeight : this.#lineHeight;
    }
  }

  #place({ element, y }: RowElement): void {
    element.style.transform = `translateY(${y}px)`;
  }

  #drop(leaves: (element: RowElement) => boolean): void {
    const stay: RowElement[] = [];
    for (const element of this.#laid) {
      if (!leaves(element)) {
        stay.push(element);
        continue;
      }
      element.element.remove();
      this.#spare.push(element);
      this.#changed = true;
    }
    this.#laid = stay;
  }
}
