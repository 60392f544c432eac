import { render } from 'lit/html.js';
import { visibleIn } from '../visible.ts';
import { hoverCard, type ChromeActions } from './chrome.ts';
import type { ViewerHost } from './host.ts';

/** Milliseconds that the mouse rests before the card comes, and that it may take to reach the card. */
const rest = 350;
const leave = 300;

/** The card that says why a line is marked; it comes when the mouse rests or a key asks. */
export class HoverCard {
  readonly element = document.createElement('div');
  readonly #peer: ViewerHost['peer'];
  readonly #actions: ChromeActions;
  readonly #onProblem: (error: unknown) => void;
  #timer = 0;
  #line: number | null = null;
  #asked = 0;

  constructor(
    parent: HTMLElement,
    peer: ViewerHost['peer'],
    actions: ChromeActions,
    onProblem: (error: unknown) => void,
  ) {
    this.#peer = peer;
    this.#actions = actions;
    this.#onProblem = onProblem;
    this.element.className = 'card';
    this.element.hidden = true;
    this.element.tabIndex = -1;
    this.element.setAttribute('role', 'dialog');
    this.element.setAttribute('aria-label', 'Why this line is marked');
    parent.append(this.element);
    this.element.addEventListener('pointerenter', () => {
      window.clearTimeout(this.#timer);
    });
    this.element.addEventListener('pointerleave', () => {
      this.leave();
    });
  }

  get shown(): boolean {
    return !this.element.hidden;
  }

  /** The mouse is over a marked line. */
  rest(line: number, row: DOMRect, x: number): void {
    if (line === this.#line && this.shown) {
      window.clearTimeout(this.#timer);
      return;
    }
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      void this.show(line, row, x, false);
    }, rest);
  }

  /** The mouse has left the line or the card. */
  leave(): void {
    window.clearTimeout(this.#timer);
    if (this.shown) this.#timer = window.setTimeout(() => this.hide(), leave);
  }

  /** @returns whether it was shown */
  hide(): boolean {
    window.clearTimeout(this.#timer);
    this.#asked += 1;
    const was = this.shown;
    this.element.hidden = true;
    this.#line = null;
    return was;
  }

  async show(line: number, row: DOMRect, x: number, focus: boolean): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const parts = await this.#peer.request('hover', { line });
      if (parts === null || asked !== this.#asked) return;
      this.#line = line;
      render(hoverCard(visibleIn(parts), line, this.#actions), this.element);
      this.element.hidden = false;
      this.#place(row, x);
      if (focus) this.element.focus({ preventScroll: true });
    } catch (error) {
      this.#onProblem(error);
    }
  }

  /** Below the line, or above it where there is no room. */
  #place(row: DOMRect, x: number): void {
    const { offsetHeight, offsetWidth } = this.element;
    const below = row.bottom + offsetHeight <= window.innerHeight;
    const top = below ? row.bottom : Math.max(0, row.top - offsetHeight);
    const left = Math.max(8, Math.min(x, window.innerWidth - offsetWidth - 30));
    this.element.style.top = `${top}px`;
    this.element.style.left = `${left}px`;
  }
}
