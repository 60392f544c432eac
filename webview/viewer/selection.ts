import type { Row, SourceEncoding } from '../../src/protocol/viewerApi.ts';
import { rawColumn, shownColumn, type ShownText } from './ansi.ts';

/** A place between two characters. */
export interface Spot {
  /** Where its line begins. */
  readonly byte: number;
  /** Column in the shown text of the line. */
  readonly column: number;
  /** The same place in bytes of the log. */
  readonly at: number;
  readonly line: number;
  readonly time: number | null;
}

/** What is selected: from where the reader began to where the cursor is. Equal ends: only a cursor. */
export interface Selection {
  readonly anchor: Spot;
  readonly head: Spot;
}

/** Bytes of the first `units` UTF-16 units of a text as the source stores it. */
export function storedBytes(text: string, units: number, encoding: SourceEncoding): number {
  const end = Math.min(units, text.length);
  if (encoding === 'latin1' || encoding === 'binary') return end;
  let bytes = 0;
  for (let at = 0; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    // The halves of a surrogate pair are four bytes together.
    else bytes += code >= 0xd800 && code <= 0xdfff ? 2 : 3;
  }
  return bytes;
}

/** The spot at a column of a row. Behind the text of a cut line lies its end. */
export function spotIn(row: Row, shown: ShownText, column: number, encoding: SourceEncoding): Spot {
  const within = Math.max(0, Math.min(column, shown.text.length));
  const raw = within === 0 ? 0 : rawColumn(shown, within);
  const start = row.byte + row.skipped;
  const at = Math.min(start + storedBytes(row.text, raw, encoding), row.byte + row.bytes);
  return { byte: row.byte, column: within, at, line: row.line, time: row.time };
}

/** The shown column of a byte of a row: of a long line another part may be shown than before. */
export function columnAt(row: Row, shown: ShownText, at: number, encoding: SourceEncoding): number {
  let low = 0;
  let high = row.text.length;
  const wanted = at - row.byte - row.skipped;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (storedBytes(row.text, middle, encoding) < wanted) low = middle + 1;
    else high = middle;
  }
  return shownColumn(shown, low);
}

function before(one: Spot, other: Spot): boolean {
  return one.byte < other.byte || (one.byte === other.byte && one.at <= other.at);
}

/** The ends of a selection in the order of the log. */
export function ordered({ anchor, head }: Selection): { readonly from: Spot; readonly to: Spot } {
  return before(anchor, head) ? { from: anchor, to: head } : { from: head, to: anchor };
}

export function isEmpty({ anchor, head }: Selection): boolean {
  return anchor.byte === head.byte && anchor.at === head.at;
}

/** Selected columns of a row; `through`: the line end is selected as well. Null: nothing of it. */
export function selectedIn(
  selection: Selection,
  row: Row,
  length: number,
): { readonly from: number; readonly to: number; readonly through: boolean } | null {
  if (isEmpty(selection)) return null;
  const { from, to } = ordered(selection);
  if (row.byte < from.byte || row.byte > to.byte) return null;
  const start = row.byte === from.byte ? from.column : 0;
  const through = row.byte < to.byte;
  return { from: start, to: through ? length : Math.min(to.column, length), through };
}

const wordCharacter = /[\p{L}\p{N}_]/u;

/** The word around a column, as a double click selects it; one other character where there is no word. */
export function wordAround(text: string, column: number): { from: number; to: number } {
  const at = Math.min(column, Math.max(0, text.length - 1));
  const isWord = (index: number): boolean => wordCharacter.test(text[index] ?? '');
  if (!isWord(at)) return { from: at, to: Math.min(text.length, at + 1) };
  let from = at;
  let to = at;
  while (from > 0 && isWord(from - 1)) from -= 1;
  while (to < text.length && isWord(to)) to += 1;
  return { from, to };
}

/** The column one word to the left (-1) or right (1), as the text editor goes. */
export function wordStep(text: string, column: number, direction: -1 | 1): number {
  const isWord = (index: number): boolean => wordCharacter.test(text[index] ?? '');
  let at = column;
  if (direction === 1) {
    while (at < text.length && !isWord(at)) at += 1;
    while (at < text.length && isWord(at)) at += 1;
  } else {
    while (at > 0 && !isWord(at - 1)) at -= 1;
    while (at > 0 && isWord(at - 1)) at -= 1;
  }
  return at;
}
