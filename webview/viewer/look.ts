import type { ViewerState } from '../../src/protocol/viewerApi.ts';

/** Line height as the text editor takes it where the reader sets none. */
const lineRatio = 1.4;

/** Columns by which the log grows wider: every row is laid out anew when it does. */
const widthStep = 200;

/** Columns beside the longest line for the note at its end. */
const noteRoom = 70;

/** Fonts, sizes and widths of the page; each is set only when it changes, as rows are styled anew by it. */
export class Look {
  readonly #root: HTMLElement;
  readonly #set = new Map<string, string>();
  #widest = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** @returns height of a line in pixels */
  apply({ options, opened }: ViewerState): number {
    const { fontFamily, fontSize, tabSize, wrap, deltas } = options;
    const lineHeight = Math.round(fontSize * lineRatio);
    this.#variable('font', fontFamily);
    this.#variable('size', `${fontSize}px`);
    this.#variable('line', `${lineHeight}px`);
    this.#variable('tab', String(tabSize));
    this.#root.classList.toggle('wrapped', wrap);
    this.#root.classList.toggle('with-deltas', deltas);
    this.#root.classList.toggle('with-lanes', (opened?.lanes.length ?? 0) > 1);
    return lineHeight;
  }

  /** A row with so many characters is drawn. */
  holds(characters: number): void {
    this.#widest = Math.max(this.#widest, characters);
  }

  /** Widths for what is drawn: `lastLine` is the highest line number that may be seen. */
  fit(lastLine: number, viewWidth: number): void {
    const columns = Math.ceil((this.#widest + noteRoom) / widthStep) * widthStep;
    this.#variable('width', `${columns}ch`);
    this.#variable('numbers', `${Math.max(5, String(lastLine).length + 1)}ch`);
    this.#variable('view', `${viewWidth}px`);
  }

  #variable(name: string, value: string): void {
    if (this.#set.get(name) === value) return;
    this.#set.set(name, value);
    this.#root.style.setProperty(`--log-${name}`, value);
  }
}
