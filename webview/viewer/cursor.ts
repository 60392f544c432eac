import type { Row, SourceEncoding } from '../../src/protocol/viewerApi.ts';
import { shownText } from './ansi.ts';
import type { Motion } from './keyMap.ts';
import type { LogView } from './logView.ts';
import {
  columnAt,
  isEmpty,
  ordered,
  spotIn,
  wordStep,
  type Selection,
  type Spot,
} from './selection.ts';

/** What the cursor needs to know of the log, and whom it tells. */
export interface CursorOptions {
  readonly encoding: () => SourceEncoding;
  /** Has a byte of a long line drawn, counted from its start. @returns the row as it is then */
  readonly reach: (row: Row, within: number) => Promise<Row | null>;
  readonly onChange: (row: Row) => void;
}

/** The cursor and the selection: spots of the log, so that they stay when their rows leave the screen. */
export class Cursor {
  readonly #view: LogView;
  readonly #options: CursorOptions;
  #selection: Selection | null = null;
  /** Column that moving up and down comes back to behind shorter lines. */
  #wanted = 0;

  constructor(view: LogView, options: CursorOptions) {
    this.#view = view;
    this.#options = options;
  }

  get selection(): Selection | null {
    return this.#selection;
  }

  clear(): void {
    this.#selection = null;
  }

  /** The bytes that a copy takes: the selection, or the line of the cursor; null without a cursor. */
  copied(): { readonly from: number; readonly to: number } | null {
    if (this.#selection === null) return null;
    if (!isEmpty(this.#selection)) {
      const { from, to } = ordered(this.#selection);
      return { from: from.at, to: to.at };
    }
    const { rows } = this.#view.cache;
    const row = rows[this.#view.cache.indexOf(this.#selection.head.byte)];
    return row === undefined ? null : { from: row.byte, to: row.byte + row.bytes };
  }

  /** Puts the cursor at a shown column of a row; `extend` keeps the other end of the selection. */
  put(row: Row, column: number, extend: boolean): void {
    const head = this.#spot(row, column);
    this.#wanted = head.column;
    this.#set(row, head, extend);
  }

  /** Selects between two columns of one row. */
  select(row: Row, from: number, to: number): void {
    this.#wanted = to;
    this.#selection = { anchor: this.#spot(row, from), head: this.#spot(row, to) };
    this.#options.onChange(row);
  }

  /** Selects from one row to another, whole lines. */
  selectRows(first: Row, last: Row): void {
    const head = this.#spot(last, Number.POSITIVE_INFINITY);
    this.#selection = {
      anchor: this.#spot(first, 0),
      head: { ...head, at: last.byte + last.bytes },
    };
    this.#options.onChange(last);
  }

  /** Forgets the selection but not where the cursor is. @returns whether there was one */
  collapse(): boolean {
    if (this.#selection === null || isEmpty(this.#selection)) return false;
    const { head } = this.#selection;
    this.#selection = { anchor: head, head };
    return true;
  }

  /** Another part of long lines is shown: the same places have other columns. */
  again(): void {
    if (this.#selection === null) return;
    const { anchor, head } = this.#selection;
    this.#selection = { anchor: this.#replaced(anchor), head: this.#replaced(head) };
  }

  /** Moves as the text editor does. Rows that are not read yet are read first. */
  async move(motion: Motion, extend: boolean): Promise<void> {
    if (motion === 'logStart' || motion === 'logEnd') {
      const start = motion === 'logStart';
      const row = await this.#view.goTo(
        start ? { kind: 'byte', byte: 0 } : { kind: 'end' },
        start ? 'top' : 'bottom',
      );
      if (row !== null) this.put(row, start ? 0 : Number.POSITIVE_INFINITY, extend);
      return;
    }
    const head = this.#selection?.head;
    const row = head === undefined ? this.#view.topRow?.row : await this.#rowAt(head.byte);
    if (row === undefined || row === null) return;
    if (head === undefined) {
      this.put(row, 0, false);
      return;
    }
    if (motion === 'up' || motion === 'down')
      await this.#vertical(row, motion === 'up' ? -1 : 1, extend);
    else if (motion === 'pageUp' || motion === 'pageDown') this.#page(row, motion, extend);
    else await this.#horizontal(row, head.column, motion, extend);
  }

  async #vertical(row: Row, step: -1 | 1, extend: boolean): Promise<void> {
    const next = await this.#beside(row, step);
    if (next === null) return;
    this.#set(next, this.#spot(next, this.#wanted), extend);
    this.#view.show(next.byte, step < 0 ? 'top' : 'bottom');
  }

  /** A screen less one line, and the screen moves along, as far as rows have been read. */
  #page(row: Row, motion: 'pageUp' | 'pageDown', extend: boolean): void {
    const { cache, lineHeight } = this.#view;
    const step = Math.max(1, this.#view.screen - 1) * (motion === 'pageUp' ? -1 : 1);
    const index = cache.indexOf(row.byte);
    const next = cache.rows[Math.max(0, Math.min(cache.rows.length - 1, index + step))];
    if (next === undefined) return;
    this.#view.scrollBy(step * lineHeight);
    this.#set(next, this.#spot(next, this.#wanted), extend);
    this.#view.show(next.byte, step < 0 ? 'top' : 'bottom');
  }

  async #horizontal(row: Row, column: number, motion: Motion, extend: boolean): Promise<void> {
    const { text } = shownText(row.text);
    const left = motion === 'left' || motion === 'wordLeft';
    const atEdge = left ? column === 0 : column >= text.length;
    if (motion === 'lineStart') await this.#putAt(row, row.byte, extend);
    else if (motion === 'lineEnd') await this.#putAt(row, row.byte + row.bytes, extend);
    else if (atEdge && (left ? row.skipped > 0 : row.cut)) {
      const at = this.#spot(row, column).at;
      await this.#putAt(row, left ? at - 1 : at + 1, extend);
    } else if (atEdge) {
      const next = await this.#beside(row, left ? -1 : 1);
      if (next !== null) this.put(next, left ? Number.POSITIVE_INFINITY : 0, extend);
    } else if (motion === 'left' || motion === 'right') {
      this.put(row, characterStep(text, column, left ? -1 : 1), extend);
    } else this.put(row, wordStep(text, column, left ? -1 : 1), extend);
    const now = this.#selection?.head;
    if (now !== undefined) this.#view.show(now.byte, left ? 'top' : 'bottom');
  }

  /** Puts the cursor at a byte of a row, which may lie in a part of it that is not drawn. */
  async #putAt(row: Row, at: number, extend: boolean): Promise<void> {
    const last = Math.max(0, row.bytes - 1);
    const now = await this.#options.reach(row, Math.min(at - row.byte, last));
    if (now === null) return;
    this.put(now, columnAt(now, shownText(now.text), at, this.#options.encoding()), extend);
  }

  #replaced(spot: Spot): Spot {
    const { cache } = this.#view;
    const row = cache.rows[cache.indexOf(spot.byte)];
    if (row === undefined) return spot;
    const { at } = spot;
    return { ...spot, column: columnAt(row, shownText(row.text), at, this.#options.encoding()) };
  }

  #set(row: Row, head: Spot, extend: boolean): void {
    const anchor = extend ? (this.#selection?.anchor ?? head) : head;
    this.#selection = { anchor, head };
    this.#options.onChange(row);
  }

  #spot(row: Row, column: number): Spot {
    return spotIn(row, shownText(row.text), column, this.#options.encoding());
  }

  async #rowAt(byte: number): Promise<Row | null> {
    const { cache } = this.#view;
    return (
      cache.rows[cache.indexOf(byte)] ?? (await this.#view.goTo({ kind: 'byte', byte }, 'centre'))
    );
  }

  async #beside(row: Row, step: -1 | 1): Promise<Row | null> {
    const { cache } = this.#view;
    const known = cache.rows[cache.indexOf(row.byte) + step];
    if (known !== undefined) return known;
    const byte = step < 0 ? row.byte - 1 : row.byte + row.bytes;
    if (byte < 0 || byte >= this.#view.bytes) return null;
    return this.#view.goTo({ kind: 'byte', byte }, step < 0 ? 'top' : 'bottom');
  }
}

/** One character to the side: the halves of a surrogate pair stay together. */
function characterStep(text: string, column: number, step: -1 | 1): number {
  const next = column + step;
  const code = text.charCodeAt(next);
  return code >= 0xdc00 && code <= 0xdfff ? next + step : next;
}
