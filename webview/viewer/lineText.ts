import { plainStyle, shownText, type ShownText, type TextStyle } from './ansi.ts';

interface TextPiece {
  readonly from: number;
  readonly node: Text;
}

function applyStyle(element: HTMLElement, style: TextStyle): void {
  const colour = style.inverse
    ? (style.background ?? 'var(--vscode-editor-background)')
    : style.colour;
  const ground = style.inverse
    ? (style.colour ?? 'var(--vscode-editor-foreground)')
    : style.background;
  if (colour !== null) element.style.color = colour;
  if (ground !== null) element.style.backgroundColor = ground;
  element.classList.toggle('bold', style.bold);
  element.classList.toggle('dim', style.dim);
  element.classList.toggle('italic', style.italic);
  element.classList.toggle('underline', style.underline);
  element.classList.toggle('strike', style.strike);
}

/** The text of a line as it is drawn, and where its columns are. */
export class LineText {
  readonly #element = document.createElement('span');
  #raw: string | null = null;
  #shown: ShownText = shownText('');
  #pieces: readonly TextPiece[] = [];

  constructor(parent: HTMLElement) {
    this.#element.className = 'text';
    parent.append(this.#element);
  }

  get shown(): ShownText {
    return this.#shown;
  }

  /** Writes a stored line; plain text into the node that is there. */
  write(raw: string): void {
    if (raw === this.#raw) return;
    this.#raw = raw;
    this.#shown = shownText(raw);
    const [piece] = this.#pieces;
    const wasPlain = this.#pieces.length === 1 && piece?.node.parentNode === this.#element;
    if (this.#shown.runs.length === 0 && wasPlain) piece.node.data = this.#shown.text;
    else this.#build();
  }

  /** The text between two shown columns, to be coloured or measured. */
  range(from: number, to: number): StaticRange | null {
    const start = this.#place(from);
    const end = this.#place(to);
    if (start === null || end === null) return null;
    return new StaticRange({
      startContainer: start.node,
      startOffset: start.offset,
      endContainer: end.node,
      endOffset: end.offset,
    });
  }

  /** The shown column at a text node and an offset in it; null where that is not text of the line. */
  columnAt(node: Node, offset: number): number | null {
    const piece = this.#pieces.find((candidate) => candidate.node === node);
    return piece === undefined ? null : piece.from + offset;
  }

  /** Where the left edge of a column is, in pixels of the window. */
  caretRect(column: number): DOMRect {
    const place = this.#place(column);
    if (place === null) return this.#element.getBoundingClientRect();
    const range = document.createRange();
    range.setStart(place.node, place.offset);
    range.collapse(true);
    return range.getClientRects()[0] ?? this.#element.getBoundingClientRect();
  }

  #place(column: number): { node: Text; offset: number } | null {
    const piece = this.#pieces.findLast(({ from }) => from <= column);
    if (piece === undefined) return null;
    return { node: piece.node, offset: Math.min(column - piece.from, piece.node.length) };
  }

  #build(): void {
    const { text, runs } = this.#shown;
    const pieces: TextPiece[] = [];
    const nodes: Node[] = [];
    const put = (from: number, to: number, style: TextStyle): void => {
      if (from >= to) return;
      const node = document.createTextNode(text.slice(from, to));
      pieces.push({ from, node });
      if (style === plainStyle) nodes.push(node);
      else {
        const element = document.createElement('span');
        applyStyle(element, style);
        element.append(node);
        nodes.push(element);
      }
    };
    let at = 0;
    for (const run of runs) {
      put(at, run.from, plainStyle);
      put(run.from, run.to, run.style);
      at = run.to;
    }
    put(at, text.length, plainStyle);
    if (pieces.length === 0) {
      const node = document.createTextNode('');
      pieces.push({ from: 0, node });
      nodes.push(node);
    }
    this.#element.replaceChildren(...nodes);
    this.#pieces = pieces;
  }
}
