import type { Row } from '../../src/protocol/viewerApi.ts';

/** Width of a character in line heights: monospaced fonts advance by 0.6 em, and lines are 1.4 em high. */
const advance = 0.6 / 1.4;

/** How high rows are: one line, or what the browser made of a row that is wrapped. */
export class RowHeights {
  #measured = new WeakMap<Row, number>();
  #line = 18;
  #wrap = false;
  #width = 0;

  get line(): number {
    return this.#line;
  }

  get wrap(): boolean {
    return this.#wrap;
  }

  /** Line height and width of the text in pixels. @returns whether rows have other heights now */
  set(line: number, wrap: boolean, width: number): boolean {
    const changed = line !== this.#line || wrap !== this.#wrap || (wrap && width !== this.#width);
    this.#line = line;
    this.#wrap = wrap;
    this.#width = width;
    if (changed) this.forget();
    return changed;
  }

  /** The height of a row; a guess where it was never measured. */
  readonly of = (row: Row): number => {
    if (!this.#wrap) return this.#line;
    return this.#measured.get(row) ?? this.#guess(row);
  };

  isKnown(row: Row): boolean {
    return !this.#wrap || this.#measured.has(row);
  }

  measured(row: Row, height: number): void {
    this.#measured.set(row, height);
  }

  /** Something beside the text has changed that may take other lines. */
  forget(): void {
    this.#measured = new WeakMap();
  }

  #guess({ text }: Row): number {
    const columns = Math.max(1, Math.floor(this.#width / (this.#line * advance)));
    return this.#line * Math.max(1, Math.ceil(text.length / columns));
  }
}
