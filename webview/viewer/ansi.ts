/** How a piece of a line looks; colours are CSS colours, null where the theme decides. */
export interface TextStyle {
  readonly colour: string | null;
  readonly background: string | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
  readonly strike: boolean;
}

/** A piece of the shown text, in UTF-16 columns, `to` behind its last one. */
export interface StyledRun {
  readonly from: number;
  readonly to: number;
  readonly style: TextStyle;
}

/** Columns of the line as stored that are shown one to one. */
interface Piece {
  readonly raw: number;
  readonly shown: number;
  readonly length: number;
}

/** A line as a terminal shows it. */
export interface ShownText {
  readonly text: string;
  /** Pieces that differ from plain text, ascending. */
  readonly runs: readonly StyledRun[];
  readonly pieces: readonly Piece[];
}

export const plainStyle: TextStyle = {
  colour: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
  strike: false,
};

const names = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'] as const;
const escape = 0x1b;
const bell = 0x07;

/** Colour of the 256-colour palette of xterm: 16 of the theme, a cube of 6 × 6 × 6, 24 greys. */
function paletteColour(index: number): string | null {
  if (!(index >= 0 && index < 256)) return null;
  const name = names[index % 8] ?? 'White';
  if (index < 8) return `var(--vscode-terminal-ansi${name})`;
  if (index < 16) return `var(--vscode-terminal-ansiBright${name})`;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey}, ${grey}, ${grey})`;
  }
  const cell = index - 16;
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
  return `rgb(${level(Math.floor(cell / 36))}, ${level(Math.floor(cell / 6) % 6)}, ${level(cell % 6)})`;
}

/** The colour behind a 38 or 48, and how many further codes it takes. */
function extendedColour(codes: readonly number[], at: number): [string | null, number] {
  if (codes[at + 1] === 5) return [paletteColour(codes[at + 2] ?? -1), 2];
  if (codes[at + 1] !== 2) return [null, 0];
  const parts = [codes[at + 2] ?? 0, codes[at + 3] ?? 0, codes[at + 4] ?? 0];
  return [`rgb(${parts.map((part) => Math.min(255, part)).join(', ')})`, 4];
}

/** Select Graphic Rendition, ECMA-48 section 8.3.117. Codes that mean nothing here change nothing. */
function rendition(style: TextStyle, parameters: string): TextStyle {
  const codes = parameters.split(/[;:]/).map(Number);
  let next = style;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const [colour, taken] = extendedColour(codes, at);
      at += taken;
      next = code === 38 ? { ...next, colour } : { ...next, background: colour };
    } else {
      next = simpleRendition(next, code);
    }
  }
  return next;
}

function simpleRendition(style: TextStyle, code: number): TextStyle {
  if (code >= 30 && code <= 37) return { ...style, colour: paletteColour(code - 30) };
  if (code >= 40 && code <= 47) return { ...style, background: paletteColour(code - 40) };
  if (code >= 90 && code <= 97) return { ...style, colour: paletteColour(code - 82) };
  if (code >= 100 && code <= 107) return { ...style, background: paletteColour(code - 92) };
  switch (code) {
    case 0:
      return plainStyle;
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return { ...style, underline: true };
    case 7:
      return { ...style, inverse: true };
    case 9:
      return { ...style, strike: true };
    case 22:
      return { ...style, bold: false, dim: false };
    case 23:
      return { ...style, italic: false };
    case 24:
      return { ...style, underline: false };
    case 27:
      return { ...style, inverse: false };
    case 29:
      return { ...style, strike: false };
    case 39:
      return { ...style, colour: null };
    case 49:
      return { ...style, background: null };
    default:
      return style;
  }
}

/** End of the control sequence whose parameters begin at `at`, or -1 where it never ends. */
function sequenceEnd(raw: string, at: number): number {
  let end = at;
  while (end < raw.length && raw.charCodeAt(end) >= 0x20 && raw.charCodeAt(end) <= 0x3f) end += 1;
  const last = raw.charCodeAt(end);
  return last >= 0x40 && last <= 0x7e ? end + 1 : -1;
}

/** End of a string (title, link) that a bell or `ESC \` closes, or -1. */
function stringEnd(raw: string, at: number): number {
  for (let end = at; end < raw.length; end += 1) {
    const code = raw.charCodeAt(end);
    if (code === bell) return end + 1;
    if (code === escape && raw[end + 1] === '\\') return end + 2;
  }
  return -1;
}

/** Controls as their pictures; marks that turn the direction of writing as the replacement character. */
function visible(code: number, character: string): string {
  if (code === 0x09) return character;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code >= 0x80 && code < 0xa0) return '\ufffd';
  if (code === 0x2028 || code === 0x2029) return '\ufffd';
  if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)) return '\ufffd';
  return character;
}

/** What is not shown as it is stored; tabs are. */
const special = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

/**
 * A stored line as a terminal shows it: colours as runs, other escape sequences dropped, of text that
 * was rewritten after a carriage return the last one. Linear in the length of the line.
 */
export function shownText(raw: string): ShownText {
  if (!special.test(raw)) {
    const pieces = raw === '' ? [] : [{ raw: 0, shown: 0, length: raw.length }];
    return { text: raw, runs: [], pieces };
  }
  let text = '';
  let style = plainStyle;
  let runs: StyledRun[] = [];
  let pieces: { raw: number; shown: number; length: number }[] = [];
  let stringsEnd = true;
  const put = (at: number, character: string): void => {
    const piece = pieces.at(-1);
    if (piece?.raw !== undefined && piece.raw + piece.length === at) piece.length += 1;
    else pieces.push({ raw: at, shown: text.length, length: 1 });
    if (style !== plainStyle) {
      const run = runs.at(-1);
      if (run?.style === style && run.to === text.length) {
        runs[runs.length - 1] = { ...run, to: text.length + 1 };
      } else runs.push({ from: text.length, to: text.length + 1, style });
    }
    text += character;
  };
  let at = 0;
  while (at < raw.length) {
    const code = raw.charCodeAt(at);
    if (code === 0x0d) {
      // A rewrite begins with the next character; returns at the end of a line rewrite nothing.
      let next = at + 1;
      while (raw.charCodeAt(next) === 0x0d) next += 1;
      if (next < raw.length) {
        text = '';
        runs = [];
        pieces = [];
      }
      at = next;
      continue;
    }
    if (code === escape) {
      const kind = raw[at + 1];
      let end = -1;
      if (kind === '[') {
        end = sequenceEnd(raw, at + 2);
        if (end > 0 && raw[end - 1] === 'm') style = rendition(style, raw.slice(at + 2, end - 1));
      } else if (kind === ']' || kind === 'P' || kind === '_' || kind === '^') {
        if (stringsEnd) end = stringEnd(raw, at + 2);
        // Looked for once: a line full of openings without an end stays linear.
        if (end < 0) stringsEnd = false;
      } else if (kind !== undefined && '()*+#% '.includes(kind)) end = Math.min(raw.length, at + 3);
      else if (kind !== undefined && kind >= '0' && kind <= '~') end = at + 2;
      if (end > 0) {
        at = end;
        continue;
      }
    }
    put(at, visible(code, raw[at] ?? ''));
    at += 1;
  }
  return { text, runs, pieces };
}

/** Column in the shown text of a column in the stored one; the nearest behind it where that is not shown. */
export function shownColumn({ text, pieces }: ShownText, raw: number): number {
  for (const piece of pieces) {
    if (raw < piece.raw) return piece.shown;
    if (raw < piece.raw + piece.length) return piece.shown + raw - piece.raw;
  }
  return text.length;
}

/** Column in the stored text of a column in the shown one. */
export function rawColumn({ pieces }: ShownText, shown: number): number {
  for (const piece of pieces) {
    if (shown < piece.shown + piece.length) return piece.raw + shown - piece.shown;
  }
  const last = pieces.at(-1);
  return last === undefined ? 0 : last.raw + last.length;
}
