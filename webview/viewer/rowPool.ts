import type { Row } from '../../src/protocol/viewerApi.ts';
import { RowElement } from './rowElement.ts';
import type { Placed } from './rowLayout.ts';

/**
 * The elements of the rows on the screen. A row keeps its element while it can be seen; one that has
 * left gives it to the next that comes, in place: making and moving elements costs frames, another
 * text in one of them hardly anything.
 */
export class RowPool {
  readonly #lines: HTMLElement;
  readonly #cells: HTMLElement;
  readonly #draw: (element: RowElement, row: Row, index: number) => void;
  #shown: readonly RowElement[] = [];
  #spare: RowElement[] = [];
  /** Whether elements follow each other in the document as rows do in the log. */
  #inOrder = true;

  constructor(
    lines: HTMLElement,
    cells: HTMLElement,
    draw: (element: RowElement, row: Row, index: number) => void,
  ) {
    this.#lines = lines;
    this.#cells = cells;
    this.#draw = draw;
  }

  /** In the order of the log. */
  get shown(): readonly RowElement[] {
    return this.#shown;
  }

  /** Shows these rows and no others; `anew` draws also those that are there. @returns whether any was drawn */
  show(placed: readonly Placed[], anew: boolean): boolean {
    const free = this.#freeBeside(placed);
    const kept = new Map(this.#shown.map((element) => [element.row?.byte, element]));
    let drawn = false;
    const shown = placed.map(({ row, index }) => {
      const known = kept.get(row.byte);
      const element = known ?? free.shift() ?? this.#make();
      if (known === undefined) this.#inOrder = false;
      if (anew || element.row !== row) {
        this.#draw(element, row, index);
        drawn = true;
      }
      return element;
    });
    for (const element of free) element.hide();
    drawn ||= free.length > 0 && shown.length !== this.#shown.length;
    this.#spare = free;
    this.#shown = shown;
    return drawn;
  }

  place(placed: readonly Placed[]): void {
    placed.forEach(({ y, height }, index) => this.#shown[index]?.place(y, height));
  }

  /** Puts the elements in the order of the log, in which they are read out. */
  order(): void {
    if (this.#inOrder) return;
    this.#inOrder = true;
    const lines = this.#shown.map(({ line }) => line);
    this.#lines.append(...lines);
    this.#cells.append(...this.#shown.map(({ cell }) => cell));
  }

  /** Elements whose rows are not wanted any more, and those that nobody has. */
  #freeBeside(placed: readonly Placed[]): RowElement[] {
    const wanted = new Set(placed.map(({ row }) => row.byte));
    const left = this.#shown.filter(({ row }) => row === null || !wanted.has(row.byte));
    return [...left, ...this.#spare];
  }

  #make(): RowElement {
    const element = new RowElement();
    this.#lines.append(element.line);
    this.#cells.append(element.cell);
    return element;
  }
}
