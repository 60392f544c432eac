import { CellReader, cellKind, isLetter, isSpace } from './headerCell.ts';
import type { HeaderLayout } from './headerLayout.ts';
import { HeaderEndings } from './headerEndings.ts';
import type { HeaderEnding } from './headerEndings.ts';
import { bodyKind, columnRule, headerReach, headerTail } from './headerLayout.ts';
import { StructuredBody } from './structuredBody.ts';
import { levelWordAt, markLevel, statusLevel } from './levelWords.ts';
import type { MomentClock } from './momentClock.ts';
import { copyStated } from './statedTime.ts';
import type { StatedTime } from './statedTime.ts';
import { TimeMemo } from './timeMemo.ts';
import { TimestampReader } from './timestamp.ts';

/** Cells in which a missing level is looked for at the start of a message. */
const peekedCells = 3;
/** A separator or label further away than this belongs to the message. */
const tailReach = 120;

/** Reads the headers of lines by one layout. Results stand in the fields. */
export class HeaderReader {
  /** NaN when the line states no time. */
  time = NaN;
  stated: StatedTime | null = null;
  level = 0;
  /** Range of the source's name; empty when it is not named. */
  sourceStart = 0;
  sourceEnd = 0;
  messageStart = 0;
  messageEnd = 0;
  readonly layout: HeaderLayout;
  readonly #cell = new CellReader();
  /** What is known of the end of the header that was read last; null where it was not recognised. */
  ending: HeaderEnding | null = null;
  /** What was read last by the cell reader, which goes on to the next cell. */
  readonly #read = new TimestampReader();
  readonly #times = new TimeMemo();
  readonly #endings = new HeaderEndings();
  /** Column from which on endings are recognised, -1 where they are not. */
  readonly #endsFrom: number;
  readonly #body = new StructuredBody();

  constructor(layout: HeaderLayout) {
    this.layout = layout;
    this.#cell.time.order = layout.order;
    this.#endsFrom = endsFrom(layout);
  }

  /**
   * True when the line `bytes[at, end)` is a head in the layout. The clock moves on only then.
   * Looks at the first 512 bytes of text and, in JSON and logfmt, at a bounded number of fields.
   */
  read(bytes: Uint8Array, at: number, end: number, clock: MomentClock): boolean {
    const { layout } = this;
    const reach = Math.min(end, at + headerReach);
    this.#clear(at, end);
    if (layout.anchor < 0) return this.#readBody(bytes, at, end, clock);
    const cell = this.#cell;
    let next = at;
    let whole = true;
    let endsAt = -1;
    for (let column = 0; column <= layout.kinds.length; column += 1) {
      next = skipSpaces(bytes, next, reach);
      if (column === this.#endsFrom) {
        if (this.#knownEnding(bytes, next, reach, end)) return true;
        endsAt = next;
      }
      if (column === layout.kinds.length) break;
      if (next >= reach) {
        if (column <= layout.anchor) return false;
        whole = false;
        break;
      }
      if (column === layout.anchor) {
        const end = this.#anchor(bytes, next, reach, clock);
        if (end < 0) return false;
        next = end;
        continue;
      }
      if (layout.kinds[column] === cellKind.number) cell.readNumber(bytes, next, reach, column);
      else cell.read(bytes, next, reach, column);
      if (!this.#fits(column, bytes, next)) {
        if (column < layout.anchor) return false;
        whole = false;
        break;
      }
      this.#take(column, bytes);
      next = cell.end;
    }
    const tailStart = next;
    if (whole) next = this.#tail(bytes, next, reach);
    this.messageStart = next;
    const found = this.sourceEnd > this.sourceStart && this.sourceStart >= tailStart;
    const told = whole && (layout.tail === headerTail.none || found);
    if (told && endsAt >= 0) this.ending = this.#endings.remember(bytes, endsAt, next, this);
    if (layout.body !== bodyKind.text && this.#readBody(bytes, next, end, clock)) return true;
    if (layout.access) this.#status(bytes, next, end);
    if (this.level === 0)
      this.level = this.#peekLevel(bytes, next, Math.min(end, next + headerReach));
    return true;
  }

  /** A line without a header: the whole of it is message; a level may stand at its start. */
  readPlain(bytes: Uint8Array, at: number, end: number): void {
    this.#clear(at, end);
    const reach = Math.min(end, at + headerReach);
    this.messageStart = skipSpaces(bytes, at, reach);
    this.level = this.#peekLevel(bytes, this.messageStart, reach);
  }

  /** Forgets what the parser noted in the endings: sources were numbered anew. */
  forget(): void {
    this.#endings.clear();
  }

  #knownEnding(bytes: Uint8Array, at: number, reach: number, end: number): boolean {
    const ending = this.#endings.find(bytes, at, reach);
    if (ending === null) return false;
    this.ending = ending;
    this.sourceStart = at + ending.sourceStart;
    this.sourceEnd = at + ending.sourceEnd;
    const next = at + ending.bytes.length;
    this.messageStart = next;
    this.level =
      ending.level === 0
        ? this.#peekLevel(bytes, next, Math.min(end, next + headerReach))
        : ending.level;
    return true;
  }

  #clear(at: number, end: number): void {
    this.ending = null;
    this.time = NaN;
    this.stated = null;
    this.level = 0;
    this.sourceStart = 0;
    this.sourceEnd = 0;
    this.messageStart = at;
    this.messageEnd = end;
  }

  /** Reads the cell that makes the line a head; gives the offset behind it, or -1. */
  #anchor(bytes: Uint8Array, at: number, reach: number, clock: MomentClock): number {
    const { anchor, timeLayout } = this.layout;
    const times = this.#times;
    if (times.matches(bytes, at, reach)) {
      this.stated = times.stamp;
      this.time = clock.resolve(times.stamp);
      return at + times.length;
    }
    const cell = this.#cell;
    cell.read(bytes, at, reach, anchor);
    if (timeLayout === 0) {
      const stands = cell.kind === cellKind.level && (anchor === 0 ? cell.loud : cell.shouted);
      if (!stands) return -1;
    } else {
      if (cell.kind !== cellKind.time && cell.kind !== cellKind.levelTime) return -1;
      if (cell.time.layout !== timeLayout) return -1;
      times.remember(cell, bytes, at);
      copyStated(cell.time, this.#read);
      this.stated = this.#read;
      this.time = clock.resolve(cell.time);
    }
    this.#take(anchor, bytes);
    return cell.end;
  }

  #fits(column: number, bytes: Uint8Array, at: number): boolean {
    const { layout } = this;
    const { kind } = this.#cell;
    const expected = layout.kinds[column]!;
    if (layout.rules[column] === columnRule.any) return kind !== cellKind.body;
    if (kind === expected) return true;
    // A level of the program's own making: one upper-case word where the others have theirs.
    if (expected !== cellKind.level || kind !== cellKind.word) return false;
    for (let next = at; next < this.#cell.end; next += 1) {
      if (bytes[next]! >= 0x61 && bytes[next]! <= 0x7a) return false;
    }
    return true;
  }

  #take(column: number, bytes: Uint8Array): void {
    const { layout } = this;
    const cell = this.#cell;
    if (layout.markLevels && cell.kind === cellKind.mark && column > layout.anchor) {
      this.level = markLevel(cell.contentStart === cell.end - 1 ? bytes[cell.contentStart]! : 0);
    }
    if (column === layout.levelColumn) {
      this.level = cell.level;
      // Only `[core:error]` and `ERROR:root:` name somebody.
      if (cell.kind !== cellKind.level || cell.contentEnd === cell.contentStart) return;
    } else if (column !== layout.sourceColumn || this.sourceEnd > this.sourceStart) {
      return;
    }
    this.sourceStart = cell.contentStart;
    this.sourceEnd = cell.contentEnd;
  }

  #tail(bytes: Uint8Array, at: number, reach: number): number {
    const limit = Math.min(reach, at + tailReach);
    switch (this.layout.tail) {
      case headerTail.separator:
        return this.#separator(bytes, at, limit);
      case headerTail.gap:
        return this.#gap(bytes, at, limit);
      case headerTail.label:
        return this.#label(bytes, at, reach);
      case headerTail.close:
        return this.#close(bytes, at, limit);
      default:
        return at;
    }
  }

  #separator(bytes: Uint8Array, at: number, limit: number): number {
    const separator = findSeparator(bytes, at, limit);
    if (separator < 0) return at;
    this.sourceStart = at;
    this.sourceEnd = separator;
    let next = separator;
    while (next < limit && !isSpace(bytes[next]!)) next += 1;
    return skipSpaces(bytes, next, limit);
  }

  #gap(bytes: Uint8Array, at: number, limit: number): number {
    const word = wordEnd(bytes, at, limit);
    if (gapAt(bytes, word, limit) < 2) return at;
    this.sourceStart = at;
    this.sourceEnd = word;
    return skipSpaces(bytes, word, limit);
  }

  #label(bytes: Uint8Array, at: number, limit: number): number {
    const { layout } = this;
    let next = at;
    for (let skipped = 0; skipped < layout.tailSkip; skipped += 1) {
      next = skipSpaces(bytes, wordEnd(bytes, next, limit), limit);
    }
    const from = next;
    // A name of up to three words before the colon, where a host stands before it (`syslogd 1.4.1:`).
    const words = layout.tailSkip > 0 ? 3 : 1;
    for (let word = 0; word < words && next < limit; word += 1) {
      const end = labelEnd(bytes, next, limit);
      if (end > next + 1 && bytes[end - 1] === 0x3a && !namesException(bytes, next, end - 1)) {
        this.sourceStart = from;
        this.sourceEnd = end - 1;
        return skipSpaces(bytes, end, limit);
      }
      next = skipSpaces(bytes, end, limit);
      // Logcat pads short tags before the colon: `libc    : Fatal signal`.
      const apart = word === 0 && layout.tailSkip === 0 && next > end && bytes[next] === 0x3a;
      if (apart && next + 1 < limit && isSpace(bytes[next + 1]!)) {
        this.sourceStart = from;
        this.sourceEnd = end;
        return skipSpaces(bytes, next + 1, limit);
      }
    }
    return from;
  }

  #close(bytes: Uint8Array, at: number, limit: number): number {
    const end = wordEnd(bytes, at, limit);
    if (end <= at + 1 || bytes[end - 1] !== 0x5d) return at;
    this.sourceStart = at;
    this.sourceEnd = end - 1;
    return skipSpaces(bytes, end, limit);
  }

  /** Fields of a JSON or logfmt body fill what the header left open. */
  #readBody(bytes: Uint8Array, at: number, end: number, clock: MomentClock): boolean {
    const body = this.#body;
    const found =
      this.layout.body === bodyKind.json
        ? body.readJson(bytes, at, end)
        : body.readLogfmt(bytes, at, end);
    if (!found) return false;
    if (Number.isNaN(this.time) && body.hasTime) {
      this.stated = body.time;
      this.time = clock.resolve(body.time);
    }
    if (this.level === 0) this.level = body.level;
    if (body.sourceEnd > body.sourceStart) {
      this.sourceStart = body.sourceStart;
      this.sourceEnd = body.sourceEnd;
    }
    if (body.messageEnd > body.messageStart) {
      this.messageStart = body.messageStart;
      this.messageEnd = body.messageEnd;
    }
    return true;
  }

  /** `"GET / HTTP/1.1" 503 …`. */
  #status(bytes: Uint8Array, at: number, end: number): void {
    const cell = this.#cell;
    cell.read(bytes, at, Math.min(end, at + 4096), 1);
    if (cell.kind !== cellKind.quoted) return;
    const next = skipSpaces(bytes, cell.end, end);
    if (next + 3 > end || (next + 3 < end && !isSpace(bytes[next + 3]!))) return;
    const status =
      (bytes[next]! - 0x30) * 100 + (bytes[next + 1]! - 0x30) * 10 + bytes[next + 2]! - 0x30;
    if (status >= 100 && status < 600) this.level = statusLevel(status);
  }

  /** A level that the message itself begins with: `ERROR: …`, `[warn] …`, `npm ERR! …`, `a.c:1:2: error: …`. */
  #peekLevel(bytes: Uint8Array, at: number, reach: number): number {
    const cell = this.#cell;
    let next = at;
    let labelled = true;
    for (let column = 0; column < peekedCells && next < reach; column += 1) {
      cell.read(bytes, next, reach, column);
      if (cell.kind === cellKind.body || cell.kind === cellKind.quoted) return 0;
      if (cell.kind === cellKind.level && cell.loud) {
        // `a.c:1: error:` and `npm WARN` state a level; `see the NOTICE file` does not.
        const bare = isLetter(bytes[next]!) && isLetter(bytes[cell.end - 1]!);
        if (labelled || (cell.shouted && (column < 2 || !bare))) return cell.level;
      }
      if (cell.kind === cellKind.pair) {
        const level = pairLevel(bytes, next, cell.end);
        if (level > 0) return level;
      }
      labelled = labelled && (cell.kind === cellKind.label || cell.kind === cellKind.bracket);
      next = skipSpaces(bytes, cell.end, reach);
    }
    return 0;
  }
}

/** Behind the last time and number, where level and source are all stated there and no body follows. */
function endsFrom(layout: HeaderLayout): number {
  const { kinds, anchor, levelColumn, sourceColumn, tail } = layout;
  const column = Math.max(anchor, kinds.lastIndexOf(cellKind.number)) + 1;
  const before = (stated: number): boolean => stated >= 0 && stated < column;
  if (anchor < 0 || before(levelColumn) || before(sourceColumn)) return -1;
  if (layout.body !== bodyKind.text || layout.access) return -1;
  return column === kinds.length && tail === headerTail.none ? -1 : column;
}

/** Level of `level=warn`, `lvl="error"`, `severity=INFO`; 0 for any other pair. */
function pairLevel(bytes: Uint8Array, start: number, end: number): number {
  const equals = bytes.indexOf(0x3d, start);
  const first = bytes[start]! | 0x20;
  const key = equals - start;
  if (!(first === 0x6c && (key === 3 || key === 5)) && !(first === 0x73 && key === 8)) return 0;
  const value = bytes[equals + 1] === 0x22 ? equals + 2 : equals + 1;
  return Math.max(0, levelWordAt(bytes, value, end));
}

export function skipSpaces(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && isSpace(bytes[next]!)) next += 1;
  return next;
}

export function wordEnd(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && !isSpace(bytes[next]!)) next += 1;
  return next;
}

/** End of a word that may be a label: `Tag( 1702):` has its process id in a parenthesis with spaces. */
export function labelEnd(bytes: Uint8Array, at: number, end: number): number {
  const next = wordEnd(bytes, at, end);
  if (next === at || bytes[next - 1] !== 0x28) return next;
  return wordEnd(bytes, skipSpaces(bytes, next, end), end);
}

/** Width of the white space at `at`; a tab counts as two. */
export function gapAt(bytes: Uint8Array, at: number, end: number): number {
  let width = 0;
  for (let next = at; next < end && isSpace(bytes[next]!); next += 1) {
    width += bytes[next] === 0x09 ? 2 : 1;
  }
  return width;
}

/** Offset of a lone `-`, `--`, `---`, `|` or `:` among the first words, -1 when there is none. */
export function findSeparator(bytes: Uint8Array, at: number, limit: number): number {
  let next = at;
  for (let word = 0; word < 4 && next < limit; word += 1) {
    const end = wordEnd(bytes, next, limit);
    if (word > 0 && end < limit && isSeparator(bytes, next, end)) return next;
    // A bracket or a quotation is message: its dashes separate nothing.
    if (isOpening(bytes[next]!)) return -1;
    next = skipSpaces(bytes, end, limit);
  }
  return -1;
}

/** `java.io.IOException`, `ValueError`: what was thrown is message, not the name of a component. */
export function namesException(bytes: Uint8Array, start: number, end: number): boolean {
  return endsWith(bytes, start, end, exception) || endsWith(bytes, start, end, error);
}

const exception = new TextEncoder().encode('Exception');
const error = new TextEncoder().encode('Error');

function endsWith(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  const from = end - word.length;
  if (from < start) return false;
  for (let at = 0; at < word.length; at += 1) if (bytes[from + at] !== word[at]) return false;
  return true;
}

function isOpening(byte: number): boolean {
  return byte === 0x5b || byte === 0x28 || byte === 0x7b || byte === 0x22;
}

function isSeparator(bytes: Uint8Array, at: number, end: number): boolean {
  const byte = bytes[at]!;
  if (byte === 0x7c || byte === 0x3a) return end - at === 1;
  if (byte !== 0x2d || end - at > 3) return false;
  for (let next = at; next < end; next += 1) if (bytes[next] !== 0x2d) return false;
  return true;
}
