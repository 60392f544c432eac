import type { Row } from '../../src/protocol/viewerApi.ts';
import { shownText } from './ansi.ts';

/** A pattern as the engine writes it: text with this where values stand. */
const slot = '<*>';

/** Fewest letters of fixed text: a pattern of values alone would hide everything. */
const fewestLetters = 3;

const letter = /\p{L}/gu;
const blanks = /\s+/g;
const wordCharacter = /[\p{L}\p{N}_]/u;

/**
 * Whether a line ends with a message of a pattern: its fixed pieces in their order, the last at the end of
 * the line. What stands before the message (time, level, thread) is not looked at. Linear in the line.
 */
export class LinePattern {
  readonly #pieces: readonly string[];
  readonly #opens: boolean;
  readonly #closes: boolean;

  private constructor(pieces: readonly string[], opens: boolean, closes: boolean) {
    this.#pieces = pieces;
    this.#opens = opens;
    this.#closes = closes;
  }

  /** Null where too little of it is fixed to know its lines by. */
  static of(template: string): LinePattern | null {
    const all = template
      .trim()
      .split(slot)
      .map((piece) => piece.replace(blanks, ' '));
    const letters = all.reduce((sum, piece) => sum + (piece.match(letter)?.length ?? 0), 0);
    if (letters < fewestLetters) return null;
    const pieces = all.filter((piece) => piece !== '' && piece !== ' ');
    return new LinePattern(pieces, all[0] === pieces[0], all.at(-1) === pieces.at(-1));
  }

  /** `isWhole` false: the end of the line is not known. */
  matches(line: string, isWhole: boolean): boolean {
    const text = line.replace(blanks, ' ').trimEnd();
    const last = this.#closes && isWhole ? this.#pieces.at(-1) : undefined;
    if (last !== undefined && !text.endsWith(last)) return false;
    const end = last === undefined ? text.length : text.length - last.length;
    const middle = last === undefined ? this.#pieces : this.#pieces.slice(0, -1);
    let at = 0;
    for (const [index, piece] of middle.entries()) {
      const found = index === 0 && this.#opens ? this.#start(text, piece) : text.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return middle.length > 0 || this.#isEdge(text, end);
  }

  /** A message begins where a word does. */
  #start(text: string, piece: string): number {
    let found = text.indexOf(piece);
    while (found >= 0 && !this.#isEdge(text, found)) found = text.indexOf(piece, found + 1);
    return found;
  }

  #isEdge(text: string, at: number): boolean {
    return !this.#opens || at === 0 || !wordCharacter.test(text[at - 1] ?? '');
  }
}

/**
 * Patterns whose lines the reader does not want to see. Lines that follow each other become one row that
 * says how many there are, so that any number of them takes one row of memory and of the screen.
 */
export class HiddenPatterns {
  readonly #counts = new WeakMap<Row, number>();
  #templates: readonly string[] = [];
  #patterns: readonly LinePattern[] = [];
  /** The line that was gone to is shown, whatever it says. */
  #shown: number | null = null;

  get templates(): readonly string[] {
    return this.#templates;
  }

  /** @returns false for a pattern that says too little to be hidden by */
  set(templates: readonly string[]): boolean {
    const patterns = templates.map((template) => LinePattern.of(template));
    const usable = patterns.filter((pattern) => pattern !== null);
    if (usable.length < patterns.length) return false;
    this.#templates = templates;
    this.#patterns = usable;
    return true;
  }

  /** Lines that a row stands for; 0 where it is a line itself. */
  countOf(row: Row): number {
    return this.#counts.get(row) ?? 0;
  }

  /** Shows the line at this byte although it may be of a hidden pattern. */
  except(byte: number | null): void {
    this.#shown = byte;
  }

  /** The rows with one in place of those that are hidden. */
  folded(rows: readonly Row[]): readonly Row[] {
    if (this.#patterns.length === 0) return rows;
    const shown: Row[] = [];
    let hides = false;
    for (const row of rows) {
      // Further lines of a record go with its first.
      hides = row.continues ? hides : this.#hides(row);
      if (!hides || row.byte === this.#shown) {
        shown.push(row);
        continue;
      }
      const own = this.#standIn(row, row.bytes, 1);
      const above = shown.at(-1);
      const joined = above === undefined ? null : this.join(above, own);
      if (joined !== null) shown.pop();
      shown.push(joined ?? own);
    }
    return shown;
  }

  /** One row for two neighbours that both stand for hidden lines; null where they do not. */
  readonly join = (one: Row, other: Row): Row | null => {
    const count = this.countOf(one);
    const more = this.countOf(other);
    if (count === 0 || more === 0) return null;
    return this.#standIn(one, other.byte + other.bytes - one.byte, count + more);
  };

  #standIn(first: Row, bytes: number, count: number): Row {
    const row: Row = {
      ...first,
      bytes,
      text: '',
      cut: false,
      skipped: 0,
      time: null,
      level: 'info',
      continues: false,
    };
    this.#counts.set(row, count);
    return row;
  }

  #hides({ text, cut, skipped }: Row): boolean {
    if (skipped > 0) return false;
    const line = shownText(text).text;
    return this.#patterns.some((pattern) => pattern.matches(line, !cut));
  }
}
