import type { Row, SourceEncoding } from '../../src/protocol/viewerApi.ts';
import type { LogView } from './logView.ts';
import type { RowElement } from './rowElement.ts';
import { columnAt, storedBytes } from './selection.ts';

/** Bytes by which the shown part of long lines moves, and what is left of the one before. */
const step = 1000;

/** Pixels from an edge of the shown part at which the next one is read. */
const edge = 30;

/** Pixels between a column that is to be seen and the edge of the log. */
const besideColumn = 60;

export interface SidewaysOptions {
  readonly wrapped: () => boolean;
  readonly encoding: () => SourceEncoding;
  /** Another part of long lines is shown: columns are others now. */
  readonly onPart: () => void;
  readonly onProblem: (error: unknown) => void;
}

/**
 * Scrolling to the right. What the browser scrolls is a window of some thousand columns; where a line
 * goes on behind it, the window moves along the line, so that a line of any length costs the same.
 */
export class Sideways {
  readonly #log: HTMLElement;
  readonly #view: LogView;
  readonly #options: SidewaysOptions;
  #skip = 0;
  #moving = false;

  constructor(log: HTMLElement, view: LogView, options: SidewaysOptions) {
    this.#log = log;
    this.#view = view;
    this.#options = options;
    log.addEventListener('scroll', () => {
      // The browser scrolls what it wants to have seen; only sideways is its business here.
      if (log.scrollTop !== 0) log.scrollTop = 0;
      this.#onScroll();
    });
  }

  /** Bytes at the start of long lines that are left of the window. */
  get skip(): number {
    return this.#skip;
  }

  /** Back to the first columns, without reading. */
  reset(): void {
    this.#skip = 0;
    this.#log.scrollLeft = 0;
  }

  /** Scrolls so that a shown column of a row can be seen. */
  show(byte: number, column: number): void {
    const element = this.#view.elementOf(byte);
    if (element === undefined || this.#options.wrapped()) return;
    const area = this.#log.getBoundingClientRect();
    const caret = element.caretRect(column);
    const start = area.left + besideColumn / 3;
    if (caret.left < start) this.#log.scrollLeft -= start - caret.left;
    else if (caret.left > area.right - besideColumn) {
      this.#log.scrollLeft += caret.left - area.right + besideColumn * 2;
    }
  }

  /**
   * Moves the window along a long line so that it holds a byte of the line.
   * @returns the row as it is now; null where something else was gone to meanwhile
   */
  async reveal(row: Row, within: number): Promise<Row | null> {
    const end = row.skipped + storedBytes(row.text, row.text.length, this.#options.encoding());
    const shown = within >= row.skipped && (within < end || !row.cut);
    if (shown) return row;
    await this.#moveTo(Math.max(0, Math.floor((within - step / 2) / step) * step));
    const { cache } = this.#view;
    return cache.rows[cache.indexOf(row.byte)] ?? null;
  }

  async #moveTo(skip: number): Promise<void> {
    if (skip === this.#skip) return;
    this.#moving = true;
    this.#skip = skip;
    try {
      await this.#view.reread();
      this.#options.onPart();
    } finally {
      this.#moving = false;
    }
  }

  #onScroll(): void {
    if (this.#moving || this.#options.wrapped()) return;
    const { scrollLeft } = this.#log;
    const { right } = this.#log.getBoundingClientRect();
    const long = this.#view.laid.filter(({ row }) => row?.cut === true || this.#isInside(row));
    const goesOn = long.some(
      (element) =>
        element.row?.cut === true &&
        element.caretRect(element.shown.text.length).left < right + edge,
    );
    if (goesOn) void this.#shift(step);
    else if (this.#skip > 0 && scrollLeft < edge) void this.#shift(-Math.min(step, this.#skip));
  }

  #isInside(row: Row | null): boolean {
    return row !== null && row.skipped > 0;
  }

  /** The text stays where it is on the screen; what is around it becomes another part of the line. */
  async #shift(by: number): Promise<void> {
    const { scrollLeft } = this.#log;
    try {
      const before = by > 0 ? this.#widthOf(by) : 0;
      await this.#moveTo(this.#skip + by);
      this.#log.scrollLeft = scrollLeft - (by > 0 ? before : -this.#widthOf(-by));
    } catch (error) {
      this.#options.onProblem(error);
    }
  }

  /** Pixels of the first bytes of a long line as it is shown. */
  #widthOf(bytes: number): number {
    const element = this.#view.laid.find(
      (one): one is RowElement & { row: Row } => one.row?.cut === true || this.#isInside(one.row),
    );
    if (element === undefined) return 0;
    const { row, shown } = element;
    const at = row.byte + row.skipped + bytes;
    const column = columnAt(row, shown, at, this.#options.encoding());
    return element.caretRect(column).left - element.caretRect(0).left;
  }
}
