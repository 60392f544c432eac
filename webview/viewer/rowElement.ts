import type { Row, SourceEncoding } from '../../src/protocol/viewerApi.ts';
import { counted } from '../format.ts';
import type { ShownText } from './ansi.ts';
import { laneColours } from './legend.ts';
import type { LineMark } from './markIndex.ts';
import { LineText } from './lineText.ts';
import { storedBytes } from './selection.ts';

/** What a row shows beside its text. */
export interface RowFacts {
  /** Lines of hidden patterns that the row stands for; 0 for a line. */
  readonly hidden: number;
  readonly mark: LineMark | null;
  readonly notes: boolean;
  readonly delta: string;
  /** Much more time has gone by above it than is usual near it; `delta` says how much. */
  readonly gap: boolean;
  readonly lane: { readonly index: number; readonly name: string } | null;
  /** The reader has not seen this line and those below it. */
  readonly fresh: boolean;
  /** The reader looks at columns further right than this line has. */
  readonly blank: boolean;
  readonly encoding: SourceEncoding;
  /** Lines of the log; -1 where they are not counted yet. */
  readonly lines: number;
}

/** The end of a line that is not shown: characters where every character is a byte, else about as many. */
function restOf(row: Row, encoding: SourceEncoding): string {
  if (!row.cut) return '';
  const shown = storedBytes(row.text, row.text.length, encoding);
  const more = counted(Math.max(1, row.bytes - row.skipped - shown - 1), 'more character');
  return ` … ${shown === row.text.length ? '' : 'about '}${more}`;
}

/** A part of a row that is written only when it says something else. */
class Words {
  readonly element = document.createElement('span');
  #text = '';

  constructor(parent: HTMLElement, name: string) {
    this.element.className = name;
    parent.append(this.element);
  }

  write(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.element.textContent = text;
  }
}

/** One line on the screen: its text, and its cell in the gutter. Elements are used again for other lines. */
export class RowElement {
  readonly line = document.createElement('div');
  readonly cell = document.createElement('div');
  readonly #before = new Words(this.line, 'rest');
  readonly #text = new LineText(this.line);
  readonly #rest = new Words(this.line, 'rest');
  readonly #note = new Words(this.line, 'note');
  readonly #number = new Words(this.cell, 'number');
  readonly #delta = new Words(this.cell, 'delta');
  readonly #lane = new Words(this.cell, 'lane-name');
  #row: Row | null = null;
  #classes = '';
  #cellClasses = '';
  #picked = '';
  #position = '';
  #hidden = false;
  y = 0;
  height = 0;

  constructor() {
    this.line.setAttribute('role', 'listitem');
    this.cell.setAttribute('aria-hidden', 'true');
  }

  get row(): Row | null {
    return this.#row;
  }

  get shown(): ShownText {
    return this.#text.shown;
  }

  show(row: Row, facts: RowFacts): void {
    this.#text.write(facts.blank ? '' : row.text);
    this.#row = row;
    this.#hidden = false;
    const { mark, lane } = facts;
    const marked = mark === null ? '' : ` ${mark.mark.severity}-${mark.part}`;
    const gap = facts.gap ? ' gap' : '';
    const stands = facts.hidden > 0 ? ' stand-in' : '';
    this.#classes = `row${stands} level-${row.level}${marked}${gap}${facts.fresh ? ' fresh' : ''}`;
    const coloured = lane === null ? '' : ` lane lane-${lane.index % laneColours}`;
    this.#cellClasses = `cell${marked}${gap}${facts.fresh ? ' fresh-cell' : ''}${coloured}${row.exact ? '' : ' estimate'}`;
    this.#writeClasses();
    this.#number.write(facts.hidden > 0 ? '⋯' : `${row.exact ? '' : '~'}${row.line}`);
    this.#delta.write(facts.delta);
    this.#lane.write(lane?.name ?? '');
    this.#before.write(row.skipped === 0 ? '' : `${counted(row.skipped, 'byte')} before … `);
    this.#rest.write(
      facts.hidden > 0 ? `${counted(facts.hidden, 'line')} hidden` : restOf(row, facts.encoding),
    );
    this.#note.write(facts.notes && mark?.part === 'first' ? mark.mark.note : '');
    this.#tellPosition(row, facts);
  }

  /** Whether the cursor is on it, and whether the selection goes on behind its end. */
  pick(current: boolean, through: boolean): void {
    const picked = `${current ? ' current' : ''}${through ? ' through' : ''}`;
    if (picked === this.#picked) return;
    this.#picked = picked;
    this.#writeClasses();
  }

  place(y: number, height: number): void {
    if (y !== this.y || this.line.style.transform === '') {
      this.y = y;
      const move = `translateY(${y}px)`;
      this.line.style.transform = move;
      this.cell.style.transform = move;
    }
    if (height === this.height) return;
    this.height = height;
    this.cell.style.height = `${height}px`;
  }

  /** Takes it off the screen until a row needs it. */
  hide(): void {
    if (this.#hidden) return;
    this.#hidden = true;
    this.#row = null;
    this.#writeClasses();
  }

  /** The text between two shown columns, to be coloured or measured. */
  range(from: number, to: number): StaticRange | null {
    return this.#text.range(from, to);
  }

  /** The shown column at a text node and an offset in it; null where that is not text of the line. */
  columnAt(node: Node, offset: number): number | null {
    const column = this.#text.columnAt(node, offset);
    if (column !== null) return column;
    const isBehind = this.#rest.element.contains(node) || this.#note.element.contains(node);
    return isBehind ? this.shown.text.length : null;
  }

  /** Where the left edge of a column is, in pixels of the window. */
  caretRect(column: number): DOMRect {
    return this.#text.caretRect(column);
  }

  #writeClasses(): void {
    const hidden = this.#hidden ? ' spare' : '';
    const classes = this.#classes + this.#picked + hidden;
    if (this.line.className !== classes) this.line.className = classes;
    const cell = this.#cellClasses + this.#picked + hidden;
    if (this.cell.className !== cell) this.cell.className = cell;
  }

  /** Which line of how many it is, and that it is marked, for those who have it read out. */
  #tellPosition(row: Row, { mark, lines }: RowFacts): void {
    const described = mark === null ? '' : `${mark.mark.severity} finding`;
    const position = `${row.line} ${lines} ${described}`;
    if (position === this.#position) return;
    this.#position = position;
    this.line.setAttribute('aria-posinset', String(row.line));
    this.line.setAttribute('aria-setsize', String(lines));
    if (described === '') this.line.removeAttribute('aria-description');
    else this.line.setAttribute('aria-description', described);
  }
}
