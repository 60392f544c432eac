import { stripAnsi } from '../../base/ansi.ts';
import { bytesText } from '../../record/decodeLog.ts';
import type { LogText } from '../../record/logText.ts';
import { jobColumns, withoutColumn } from './jobColumns.ts';

/** What a terminal would show of one line, and what it overwrote on the way. */
export interface BuildLine {
  /** The last non-blank `\r` segment: no colour codes, no leading clock or job columns. */
  readonly text: string;
  /** Earlier `\r` segments: CI services hide their fold marks there. Empty for most lines. */
  readonly overwritten: string;
}

/** Bytes of a line that are read; a minified source line of megabytes says no more than its start. */
const maxSegmentBytes = 2048;
const maxOverwrittenBytes = 512;
const maxRawBytes = 200;

const carriageReturn = 13;
const lineFeed = 10;
const space = 32;

/**
 * Runs `visit` for every line of a log, in order, without keeping the texts: a build log can have
 * millions of lines and only a few of them are ever looked at twice.
 */
export class BuildLines {
  readonly count: number;
  readonly #log: LogText;
  readonly #columns: ReadonlySet<string>;

  constructor(log: LogText) {
    this.#log = log;
    this.count = log.lineCount;
    this.#columns = new Set();
    this.#columns = jobColumns(this.count, (line) => this.text(line));
  }

  /** @param line 0-based. A line that does not exist reads as empty. */
  at(line: number): BuildLine {
    if (line < 0 || line >= this.count) return { text: '', overwritten: '' };
    const { bytes, lineStarts } = this.#log;
    const start = lineStarts[line]!;
    let end = lineStarts[line + 1]!;
    while (end > start && isBlank(bytes[end - 1]!)) end -= 1;
    let segment = end;
    while (segment > start && bytes[segment - 1] !== carriageReturn) segment -= 1;
    const shownEnd = Math.min(end, segment + maxSegmentBytes);
    const shown = bytesText(this.#log, segment, shownEnd);
    const text = withoutColumn(withoutColumns(withoutControls(shown)), this.#columns);
    if (segment === start) return { text, overwritten: '' };
    const hiddenEnd = Math.min(segment, start + maxOverwrittenBytes);
    const overwritten = withoutControls(bytesText(this.#log, start, hiddenEnd));
    return { text: text === '' ? lastShown(overwritten) : text, overwritten };
  }

  text(line: number): string {
    return this.at(line).text;
  }

  /** The start of the line as it stands in the log, with its clock and columns. */
  rawText(line: number): string {
    const { lineStarts } = this.#log;
    const start = lineStarts[line]!;
    const end = Math.min(lineStarts[line + 1]!, start + maxRawBytes);
    return withoutControls(bytesText(this.#log, start, end));
  }
}

function isBlank(byte: number): boolean {
  return byte === lineFeed || byte === carriageReturn || byte === space || byte === 9;
}

const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

function withoutControls(text: string): string {
  return stripAnsi(text).replace(controls, '');
}

/** The colour reset that ends a section leaves an empty last segment: the text before it is what stays. */
function lastShown(overwritten: string): string {
  return /^[a-z_]+:(?:start|end):/.test(overwritten) ? '' : overwritten;
}

const serviceColumns = /^(?:[^\t]{1,80}\t){1,3}(?=\d{4}-\d\d-\d\dT)/;
const clock =
  /^\s?[[(]?(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?[\])]?(?: \d\d[OE]\+? ?| {1,2}|(?=[A-Z]: )|$)/;
const stepColumn = /^(?:[A-Za-z]?\s?: )?\[Step \d{1,3}\/\d{1,3}\] /;
const elapsed = /^#\d{1,4} \d{1,6}\.\d{1,3} /;

/** Removes what the build service writes before every line: job and step columns, the clock. */
function withoutColumns(text: string): string {
  const afterColumns = text.includes('\t') ? text.replace(serviceColumns, '') : text;
  const first = afterColumns.charCodeAt(0);
  if (first === 35) return afterColumns.replace(elapsed, '');
  if (first !== 91 && first !== 40 && first !== 32 && !(first >= 48 && first <= 57)) {
    return afterColumns;
  }
  return afterColumns.replace(clock, '').replace(stepColumn, '');
}
