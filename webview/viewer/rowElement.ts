import type { Row, SourceEncoding } from '../../src/protocol/viewerApi.ts';
import { counted } from '../format.ts';
import { plainStyle, shownText, type ShownText, type TextStyle } from './ansi.ts';
import type { LineMark } from './markIndex.ts';
import { storedBytes } from './selection.ts';

/** What a row shows beside its text. */
export interface RowFacts {
  readonly mark: LineMark | null;
  readonly notes: boolean;
  readonly delta: string;
  /** Much more time has gone by above it than is usual near it; `delta` says how much. */
  readonly gap: boolean;
  readonly lane: { readonly index: number; readonly name: string } | null;
  /** The reader has not seen this line and those below it. */
  readonly fresh: boolean;
  readonly encoding: SourceEncoding;
}

interface TextPiece {
  readonly from: number;
  readonly node: Text;
}

/** Colours of lanes go round; the name beside them tells logs apart without colour. */
const laneColours = 6;

function part(name: string, parent: HTMLElement): HTMLElement {
  const element = document.createElement('span');
  element.className = name;
  parent.append(element);
  return element;
}

/** The end of a line that is not shown: characters where every character is a byte, else about as many. */
function restOf(row: Row, encoding: SourceEncoding): string {
  if (!row.cut) return '';
  const shown = storedBytes(row.text, row.text.length, encoding);
  const more = counted(Math.max(1, row.bytes - shown - 1), 'more character');
  return ` … ${shown === row.text.length ? '' : 'about '}${more}`;
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

/** One line on the screen. Elements are used again for other lines, as making them costs frames. */
export class RowElement {
  readonly element = document.createElement('div');
  readonly #gutter = part('gutter', this.element);
  readonly #mark = part('mark', this.#gutter);
  readonly #number = part('number', this.#gutter);
  readonly #delta = part('delta', this.#gutter);
  readonly #lane = part('lane', this.#gutter);
  readonly #body = part('body', this.element);
  readonly #text = part('text', this.#body);
  readonly #rest = part('rest', this.#body);
  readonly #note = part('note', this.#body);
  #pieces: readonly TextPiece[] = [];
  #row: Row | null = null;
  #shown: ShownText = shownText('');
  y = 0;
  height = 0;

  get row(): Row | null {
    return this.#row;
  }

  get shown(): ShownText {
    return this.#shown;
  }

  /** Pixels that stay at the left when the log is scrolled sideways. */
  get gutterWidth(): number {
    return this.#gutter.offsetWidth;
  }

  show(row: Row, facts: RowFacts): void {
    if (this.#row?.text !== row.text) this.#write(row.text);
    this.#row = row;
    const { mark } = facts;
    const classes = ['row', `level-${row.level}`];
    if (row.continues) classes.push('continues');
    if (mark !== null) classes.push(`${mark.mark.severity}-${mark.part}`);
    if (facts.fresh) classes.push('fresh');
    if (facts.gap) classes.push('gap');
    this.element.className = classes.join(' ');
    this.#number.textContent = `${row.exact ? '' : '~'}${row.line}`;
    this.#number.classList.toggle('estimate', !row.exact);
    this.#delta.textContent = facts.delta;
    this.#lane.textContent = facts.lane?.name ?? '';
    this.#lane.className =
      facts.lane === null ? 'lane' : `lane lane-${facts.lane.index % laneColours}`;
    this.#rest.textContent = restOf(row, facts.encoding);
    const note = facts.notes && mark?.part === 'first' ? mark.mark.note : '';
    this.#note.textContent = note;
    this.#mark.setAttribute('aria-label', mark === null ? '' : `${mark.mark.severity} finding`);
  }

  /** Whether the cursor is on it, and whether the selection goes on behind its end. */
  pick(current: boolean, through: boolean): void {
    this.element.classList.toggle('current', current);
    this.element.classList.toggle('through', through);
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
    if (piece !== undefined) return piece.from + offset;
    return this.#rest.contains(node) || this.#note.contains(node) ? this.#shown.text.length : null;
  }

  /** Where the left edge of a column is, in pixels of the window. */
  caretRect(column: number): DOMRect {
    const place = this.#place(column);
    if (place === null) return this.#text.getBoundingClientRect();
    const range = document.createRange();
    range.setStart(place.node, place.offset);
    range.collapse(true);
    return range.getClientRects()[0] ?? this.#text.getBoundingClientRect();
  }

  #place(column: number): { node: Text; offset: number } | null {
    const piece = this.#pieces.findLast(({ from }) => from <= column);
    if (piece === undefined) return null;
    return { node: piece.node, offset: Math.min(column - piece.from, piece.node.length) };
  }

  #write(raw: string): void {
    this.#shown = shownText(raw);
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
    this.#text.replaceChildren(...nodes);
    this.#pieces = pieces;
  }
}
