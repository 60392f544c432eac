import type { Cursor } from './cursor.ts';
import type { LogView } from './logView.ts';
import type { Match } from './matches.ts';
import type { RowElement } from './rowElement.ts';
import { selectedIn } from './selection.ts';

/** Columns of matches in a row, and which of them is the current one. */
export interface RowMatches {
  readonly all: readonly Match[];
  readonly current: Match | null;
}

/**
 * Colours the selection and the matches by CSS highlights: the rows stay as they are, and a selection
 * of any length costs what is on the screen. The browser's own selection would end where rows are
 * taken away.
 */
export class Colouring {
  readonly #selection = new Highlight();
  readonly #matches = new Highlight();
  readonly #current = new Highlight();
  readonly #caret = document.createElement('div');
  readonly #content: HTMLElement;
  #caretAt = '';

  constructor(content: HTMLElement) {
    this.#content = content;
    this.#selection.priority = 2;
    this.#current.priority = 1;
    CSS.highlights.set('faultline-selection', this.#selection);
    CSS.highlights.set('faultline-match', this.#matches);
    CSS.highlights.set('faultline-current', this.#current);
    this.#caret.className = 'caret';
    this.#caret.setAttribute('aria-hidden', 'true');
    content.append(this.#caret);
  }

  show(view: LogView, cursor: Cursor, matchesOf: (element: RowElement) => RowMatches): void {
    for (const highlight of [this.#selection, this.#matches, this.#current]) highlight.clear();
    const { selection } = cursor;
    const add = (highlight: Highlight, element: RowElement, { from, to }: Match): void => {
      const range = from < to ? element.range(from, to) : null;
      if (range !== null) highlight.add(range);
    };
    for (const element of view.laid) {
      const { row, shown } = element;
      if (row === null) continue;
      const part = selection === null ? null : selectedIn(selection, row, shown.text.length);
      if (part !== null) add(this.#selection, element, part);
      element.pick(row.byte === selection?.head.byte, part?.through === true);
      const { all, current } = matchesOf(element);
      for (const match of all) add(this.#matches, element, match);
      if (current !== null) add(this.#current, element, current);
    }
    this.#caretAt = '';
    this.showCaret(view, cursor);
  }

  /** Puts the caret where the cursor is. It moves along with the rows, so that most frames measure nothing. */
  showCaret(view: LogView, { selection }: Cursor): void {
    const element = selection === null ? undefined : view.elementOf(selection.head.byte);
    this.#caret.classList.toggle('shown', element !== undefined);
    if (element === undefined || selection === null) return;
    const at = `${selection.head.at} ${element.y}`;
    if (at === this.#caretAt) return;
    this.#caretAt = at;
    const rect = element.caretRect(selection.head.column);
    const origin = this.#content.getBoundingClientRect();
    this.#caret.style.height = `${rect.height}px`;
    this.#caret.style.transform = `translate(${rect.left - origin.left}px, ${rect.top - origin.top}px)`;
  }
}
