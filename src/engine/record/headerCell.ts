import { levelLetter, levelWordAt, levelWordEnd, syslogLevel } from './levelWords.ts';
import { monthName, TimestampReader } from './timestamp.ts';

/** What a piece at the beginning of a line looks like. */
export const cellKind = {
  none: 0,
  word: 1,
  /** A word that ends in a colon. */
  label: 2,
  number: 3,
  level: 4,
  /** One letter that stands for a level. */
  letter: 5,
  bracket: 6,
  /** Punctuation on its own: `-`, `|`, `---`. */
  mark: 7,
  time: 8,
  quoted: 9,
  /** Syslog's `<34>` or `<34>1 `. */
  priority: 10,
  /** An opening brace: here a structured body begins. */
  body: 11,
  /** glog's level letter and date in one. */
  levelTime: 12,
  /** `key=value`. */
  pair: 13,
  /** Container runtimes write `stdout F` or `stderr P` (full or partial line) behind the time. */
  stream: 14,
} as const;

const space = 0x20;
const tab = 0x09;
const colon = 0x3a;
const longestBracket = 200;

/**
 * Reads one header cell. Like the timestamp reader it keeps its results in fields: a header has
 * about five cells, and a log millions of headers.
 */
export class CellReader {
  readonly time = new TimestampReader();
  kind: number = cellKind.none;
  end = 0;
  /** Level that the cell states, 0 for none. */
  level = 0;
  /** The level stands out: upper case, bracketed or with a colon. Prose says `error` too. */
  loud = false;
  /** It is upper case or bracketed: even in the middle of a line it is no word of a sentence. */
  shouted = false;
  /** The cell began with a bracket that its time did not close. */
  opens = false;
  /** Content without brackets and without the closing colon. */
  contentStart = 0;
  contentEnd = 0;

  /** Reads the cell at `at`, which is neither space nor beyond `end`. `column` is 0 for the first one. */
  read(bytes: Uint8Array, at: number, end: number, column: number): void {
    this.level = 0;
    this.loud = false;
    this.shouted = false;
    this.opens = false;
    const byte = bytes[at]!;
    if (isDigit(byte)) {
      this.#digits(bytes, at, end);
    } else if (isLetter(byte)) {
      this.#letters(bytes, at, end, column);
    } else if (byte === 0x5b) {
      this.#square(bytes, at, end);
    } else if (byte === 0x28) {
      this.#bracket(bytes, at, end, 0x28, 0x29);
    } else if (byte === 0x3c) {
      if (column !== 0 || !this.#priority(bytes, at, end)) this.#angle(bytes, at, end);
    } else if (byte === 0x7b) {
      const next = at + 1 < end ? bytes[at + 1]! : space;
      const object = next === 0x22 || next === 0x27 || next === 0x7d || isSpace(next);
      if (object) this.#set(cellKind.body, at, at + 1);
      else this.#bracket(bytes, at, end, 0x7b, 0x7d);
    } else if (byte === 0x22) {
      this.#quoted(bytes, at, end);
    } else if (byte === 0x23 && bytes[at + 1] === 0x23 && bytes[at + 2] === 0x5b) {
      this.#square(bytes, at + 2, end);
      if (this.kind !== cellKind.level) this.#word(bytes, at, end);
    } else if (byte === 0x2d && at + 1 < end && isDigit(bytes[at + 1]!)) {
      this.#negative(bytes, at, end);
    } else {
      this.#mark(bytes, at, end);
    }
  }

  /**
   * As `read`, for a cell that is most likely a number: one of up to five digits and a space behind
   * needs no look at all the ways in which a timestamp may begin.
   */
  readNumber(bytes: Uint8Array, at: number, end: number, column: number): void {
    let next = at;
    while (next < end && isDigit(bytes[next]!)) next += 1;
    const digits = next - at;
    const short = digits > 0 && digits <= 5 && next < end && bytes[next] === space;
    // `14 Oct 2023` is a date.
    if (!short || monthName(bytes, next + 1, end) > 0) {
      this.read(bytes, at, end, column);
      return;
    }
    this.level = 0;
    this.loud = false;
    this.shouted = false;
    this.opens = false;
    this.#set(cellKind.number, at, next);
  }

  #set(kind: number, at: number, end: number): void {
    this.kind = kind;
    this.end = end;
    this.contentStart = at;
    this.contentEnd = end;
  }

  #digits(bytes: Uint8Array, at: number, end: number): void {
    if (this.time.read(bytes, at, end)) {
      this.#timeCell(bytes, at, end);
      return;
    }
    let next = at;
    while (next < end && isDigit(bytes[next]!)) next += 1;
    const byte = next < end ? bytes[next]! : space;
    const behind = next + 1 < end ? bytes[next + 1]! : space;
    if (isSpace(byte) || byte === 0x7c) {
      this.#set(cellKind.number, at, next);
    } else if ((byte === 0x2c || byte === colon || byte === 0x5d) && isSpace(behind)) {
      this.#set(cellKind.number, at, next + 1);
    } else {
      this.#word(bytes, at, end);
    }
  }

  #negative(bytes: Uint8Array, at: number, end: number): void {
    let next = at + 1;
    while (next < end && isDigit(bytes[next]!)) next += 1;
    if (next === end || isSpace(bytes[next]!)) this.#set(cellKind.number, at, next);
    else this.#word(bytes, at, end);
  }

  /** Punctuation that sticks to a timestamp belongs to it. */
  #timeCell(bytes: Uint8Array, at: number, end: number): void {
    let next = this.time.end;
    const byte = next < end ? bytes[next]! : 0;
    if (byte === 0x2c || byte === 0x3b || byte === colon || byte === 0x5d) next += 1;
    this.#set(cellKind.time, at, next);
  }

  #letters(bytes: Uint8Array, at: number, end: number, column: number): void {
    const behind = at + 1 < end ? bytes[at + 1]! : space;
    if (!isLetter(behind) && levelLetter(bytes[at]!) >= 0) {
      if (isDigit(behind)) {
        if (this.#glog(bytes, at, end)) return;
        // MongoDB numbers its debug levels: D1, D2.
        if (isSpace(at + 2 < end ? bytes[at + 2]! : space)) {
          this.#letter(bytes, at, at + 2);
          return;
        }
      } else if (isSpace(behind)) {
        this.#letter(bytes, at, at + 1);
        return;
      } else if (behind === 0x2f && column > 0) {
        this.#letter(bytes, at, at + 2);
        return;
      }
    }
    if (column > 0 && isStream(bytes, at, end)) {
      this.#set(cellKind.stream, at, at + 8);
      return;
    }
    const level = levelWordAt(bytes, at, end);
    if (level >= 0 && this.#levelCell(bytes, at, end, level, column)) return;
    if (level < 0 && this.time.read(bytes, at, end)) {
      this.#timeCell(bytes, at, end);
      return;
    }
    this.#word(bytes, at, end);
  }

  #letter(bytes: Uint8Array, at: number, end: number): void {
    this.#set(cellKind.letter, at, end);
    this.level = levelLetter(bytes[at]!);
    this.loud = true;
    this.shouted = true;
  }

  /** `I0413 23:38:00.000000` and, with a year, `I20230413 23:38:00.000000`. */
  #glog(bytes: Uint8Array, at: number, end: number): boolean {
    let digits = 1;
    while (at + digits < end && digits < 10 && isDigit(bytes[at + digits]!)) digits += 1;
    digits -= 1;
    if ((digits !== 4 && digits !== 8) || bytes[at + 1 + digits] !== space) return false;
    const stamp = this.time;
    if (!stamp.read(bytes, at + 2 + digits, end) || stamp.basis !== 2) return false;
    const date = at + 1 + digits - 4;
    stamp.month = twoDigits(bytes, date);
    stamp.day = twoDigits(bytes, date + 2);
    stamp.basis = 1;
    stamp.layout = 10;
    if (digits === 8) {
      stamp.year = twoDigits(bytes, at + 1) * 100 + twoDigits(bytes, at + 3);
      stamp.basis = 0;
    }
    if (stamp.month < 1 || stamp.month > 12 || stamp.day < 1 || stamp.day > 31) return false;
    this.#set(cellKind.levelTime, at, stamp.end);
    this.level = levelLetter(bytes[at]!);
    this.loud = true;
    this.shouted = true;
    return true;
  }

  /** A level word counts when what follows it ends a word; `ERROR/MainProcess]` belongs to it whole. */
  #levelCell(bytes: Uint8Array, at: number, end: number, level: number, column: number): boolean {
    const wordEnd = levelWordEnd();
    const byte = wordEnd < end ? bytes[wordEnd]! : space;
    let next = wordEnd;
    const shouted = (bytes[at]! & 0x20) === 0 && (bytes[at + 1]! & 0x20) === 0;
    let loud = shouted;
    // `DETAIL:` stands in a level's place, `context` is a word.
    if (level === 0 && (!shouted || byte !== colon)) return false;
    if (isSpace(byte) || byte === 0x7c) {
      // Nothing more belongs to it.
    } else if (byte === colon) {
      loud = true;
      next = this.#labelBehindLevel(bytes, wordEnd + 1, end, column);
    } else if (byte === 0x5d || byte === 0x2c || byte === 0x3b || byte === 0x21) {
      next = wordEnd + 1;
    } else if (byte === 0x2f && loud) {
      while (next < end && !isSpace(bytes[next]!)) next += 1;
    } else {
      return false;
    }
    const contentEnd = this.contentEnd;
    const contentStart = this.contentStart;
    const labelled = next > wordEnd + 1 && byte === colon;
    this.#set(cellKind.level, at, next);
    this.level = level;
    this.loud = loud;
    this.shouted = shouted;
    this.contentStart = labelled ? contentStart : wordEnd;
    this.contentEnd = labelled ? contentEnd : wordEnd;
    return true;
  }

  /** Python's `ERROR:root:message` names the logger behind the level, without a space. */
  #labelBehindLevel(bytes: Uint8Array, at: number, end: number, column: number): number {
    if (column !== 0) return at;
    let next = at;
    while (next < end && next - at < 100 && isNameByte(bytes[next]!)) next += 1;
    if (next === at || next >= end || bytes[next] !== colon) return at;
    this.contentStart = at;
    this.contentEnd = next;
    return next + 1;
  }

  #square(bytes: Uint8Array, at: number, end: number): void {
    let inner = at + 1;
    while (inner < end && inner - at < 16 && bytes[inner] === space) inner += 1;
    const stamp = this.time;
    if (stamp.read(bytes, inner, end) || stamp.readRelative(bytes, inner, end)) {
      let next = stamp.end;
      if (next < end && bytes[next] === 0x5d) {
        this.#set(cellKind.time, at, next + 1);
        return;
      }
      const byte = next < end ? bytes[next]! : 0;
      if (isSpace(byte) || byte === 0x2c || byte === colon) {
        if (!isSpace(byte)) next += 1;
        this.#set(cellKind.time, at, next);
        this.opens = true;
        return;
      }
    }
    this.#bracket(bytes, at, end, 0x5b, 0x5d);
  }

  #bracket(bytes: Uint8Array, at: number, end: number, open: number, close: number): void {
    let depth = 0;
    let next = at;
    const limit = Math.min(end, at + longestBracket);
    for (; next < limit; next += 1) {
      const byte = bytes[next]!;
      if (byte === open) depth += 1;
      else if (byte === close && --depth === 0) break;
    }
    if (next >= limit) {
      this.#word(bytes, at, end);
      return;
    }
    let behind = next + 1;
    if (behind < end && bytes[behind] === colon) behind += 1;
    this.#set(cellKind.bracket, at, behind);
    this.contentStart = at + 1;
    this.contentEnd = next;
    if (next - at <= 40) this.#levelInside(bytes, at + 1, next);
  }

  /** `[ERROR]`, `[ WARN ]`, `[core:error]`, `[level=ERROR]`. */
  #levelInside(bytes: Uint8Array, start: number, end: number): void {
    let word = start;
    for (let next = start; next < end; next += 1) {
      if (bytes[next] === colon || bytes[next] === 0x3d) word = next + 1;
    }
    const prefixEnd = word - 1;
    while (word < end && bytes[word] === space) word += 1;
    let level = levelWordAt(bytes, word, end);
    let behind = levelWordEnd();
    // `[E]` is a level, the `(C)` of a copyright is not.
    if (level < 0 && word === start && end - start === 1 && bytes[start - 1] === 0x5b) {
      level = levelLetter(bytes[word]!);
      behind = end;
    }
    while (behind < end && bytes[behind] === space) behind += 1;
    if (level < 0 || behind !== end) return;
    this.kind = cellKind.level;
    this.level = level;
    this.loud = true;
    this.shouted = true;
    // `core` of `[core:error]` is a component, `level` of `[level=ERROR]` is not.
    const named = prefixEnd > start && bytes[prefixEnd] === colon;
    this.contentStart = named ? start : end;
    this.contentEnd = named ? prefixEnd : end;
  }

  #angle(bytes: Uint8Array, at: number, end: number): void {
    let next = at + 1;
    const limit = Math.min(end, at + 40);
    while (next < limit && !isSpace(bytes[next]!) && bytes[next] !== 0x3e) next += 1;
    if (next >= limit || bytes[next] !== 0x3e) {
      this.#word(bytes, at, end);
      return;
    }
    this.#set(cellKind.bracket, at, next + 1);
    this.contentStart = at + 1;
    this.contentEnd = next;
    this.#levelInside(bytes, at + 1, next);
  }

  #priority(bytes: Uint8Array, at: number, end: number): boolean {
    let next = at + 1;
    let priority = 0;
    while (next < end && next - at < 4 && isDigit(bytes[next]!)) {
      priority = priority * 10 + bytes[next]! - 0x30;
      next += 1;
    }
    if (next === at + 1 || bytes[next] !== 0x3e || priority > 191) return false;
    next += 1;
    // The version of RFC 5424.
    if (bytes[next] === 0x31 && bytes[next + 1] === space) next += 1;
    this.#set(cellKind.priority, at, next);
    this.level = syslogLevel(priority);
    this.loud = true;
    this.shouted = true;
    return true;
  }

  #quoted(bytes: Uint8Array, at: number, end: number): void {
    let next = at + 1;
    while (next < end && bytes[next] !== 0x22) next += bytes[next] === 0x5c ? 2 : 1;
    this.#set(cellKind.quoted, at, Math.min(end, next + 1));
  }

  #mark(bytes: Uint8Array, at: number, end: number): void {
    let next = at;
    while (next < end && next - at < 9 && isMarkByte(bytes[next]!)) next += 1;
    if (next > at && next - at < 9 && (next === end || isSpace(bytes[next]!))) {
      this.#set(cellKind.mark, at, next);
    } else if (bytes[at] === 0x7c) {
      this.#set(cellKind.mark, at, at + 1);
    } else {
      this.#word(bytes, at, end);
    }
  }

  #word(bytes: Uint8Array, at: number, end: number): void {
    let next = at + 1;
    let pair = false;
    for (; next < end; next += 1) {
      const byte = bytes[next]!;
      if (byte === space || byte === tab || byte === 0x7c) break;
      if (byte === 0x3d) pair = true;
    }
    const label = next - at > 1 && bytes[next - 1] === colon;
    this.#set(label ? cellKind.label : pair ? cellKind.pair : cellKind.word, at, next);
    if (label) this.contentEnd = next - 1;
  }
}

export function isSpace(byte: number): boolean {
  return byte === space || byte === tab;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

export function isLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

/** `stdout F `, `stderr P `. */
function isStream(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at] !== 0x73 || bytes[at + 1] !== 0x74 || bytes[at + 2] !== 0x64 || at + 8 > end) {
    return false;
  }
  const out = bytes[at + 3] === 0x6f && bytes[at + 4] === 0x75 && bytes[at + 5] === 0x74;
  const err = bytes[at + 3] === 0x65 && bytes[at + 4] === 0x72 && bytes[at + 5] === 0x72;
  const tag = bytes[at + 7];
  return (out || err) && bytes[at + 6] === space && (tag === 0x46 || tag === 0x50);
}

function isNameByte(byte: number): boolean {
  return isLetter(byte) || isDigit(byte) || byte === 0x5f || byte === 0x2e || byte === 0x2d;
}

/** `-|:*#>=~.+<&!` */
function isMarkByte(byte: number): boolean {
  switch (byte) {
    case 0x21:
    case 0x23:
    case 0x26:
    case 0x2a:
    case 0x2b:
    case 0x2d:
    case 0x2e:
    case 0x3a:
    case 0x3c:
    case 0x3d:
    case 0x3e:
    case 0x7c:
    case 0x7e:
      return true;
    default:
      return false;
  }
}

function twoDigits(bytes: Uint8Array, at: number): number {
  return (bytes[at]! - 0x30) * 10 + bytes[at + 1]! - 0x30;
}
