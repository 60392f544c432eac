import { skipBlanks, startsWith } from './byteWords.ts';

/** What kind of block the record that a line may continue has opened. */
const blockState = {
  none: 0,
  /** The line ended in a colon: a block below belongs to it. */
  announced: 1,
  json: 2,
  xml: 3,
  /** A statement has begun; only its next line tells it from a sentence. */
  sqlBegun: 4,
  sql: 5,
  /** `--- a`: the old side of a difference, or a rule under a heading. */
  diffBegun: 6,
  diff: 7,
  yaml: 8,
  /** `name:` alone: indented members may follow. */
  yamlKey: 9,
} as const;

/** Brackets are counted in so many bytes of a line; what is longer is one value. */
const reach = 4096;

/** A block of more lines is no block: one lone bracket must not gather the rest of a log. */
const mostLines = 2000;

/**
 * Tells lines that continue a pretty-printed block: JSON, XML, SQL, a difference, YAML. For lines that
 * no header and no trace tells apart, such as in logs without headers. Every line must look like one
 * of its block, so that an unfinished block ends where it ends. One instance follows one record.
 */
export class BlockFollower {
  #state: number = blockState.none;
  /** Open brackets or elements. */
  #depth = 0;
  #lines = 0;
  /** Lines of the old and the new side that the hunk still has. */
  #oldLines = 0;
  #newLines = 0;
  /** The last line of the statement ended in a comma or bracket. */
  #unfinished = false;
  #closedObject = false;

  /** True once, after the line that closed a JSON object which began its record. */
  get closedObject(): boolean {
    return this.#closedObject;
  }

  /** A record begins with the message `bytes[start, end)`. */
  begin(bytes: Uint8Array, start: number, end: number): void {
    this.#lines = 0;
    this.#closedObject = false;
    this.#state = blockState.none;
    if (end > start) this.#open(bytes, start, end);
  }

  /** True when the line, which is not blank and not a head, is part of the block above it. */
  joins(bytes: Uint8Array, start: number, end: number): boolean {
    this.#closedObject = false;
    if (this.#state === blockState.none) return false;
    this.#lines += 1;
    const at = skipBlanks(bytes, start, Math.min(end, start + reach));
    const joined = this.#lines < mostLines && at < end && this.#continues(bytes, start, at, end);
    if (!joined) this.#state = blockState.none;
    return joined;
  }

  #open(bytes: Uint8Array, start: number, end: number): void {
    const at = skipBlanks(bytes, start, Math.min(end, start + reach));
    const first = bytes[at]!;
    const last = bytes[end - 1]!;
    if (last === brace || last === bracket) {
      this.#state = blockState.json;
      this.#depth = 1;
      if (first === brace || first === bracket) this.#depth = brackets(bytes, at, end);
      if (this.#depth <= 0) this.#state = blockState.none;
    } else if (first === less) {
      this.#depth = elements(bytes, at, end);
      if (last === greater && this.#depth >= 0) this.#state = blockState.xml;
      if (this.#depth === 0 && !startsWith(bytes, at, end, '<?')) this.#state = blockState.none;
    } else if (first === minus && startsWith(bytes, at, end, '--- ')) {
      this.#state = blockState.diffBegun;
    } else if (first === minus && end - at === 3 && startsWith(bytes, at, end, '---')) {
      this.#state = blockState.yaml;
    } else if (startsWith(bytes, at, end, 'diff -')) {
      this.#beginDiff();
    } else if (startsStatement(bytes, at, end)) {
      this.#state = blockState.sqlBegun;
      this.#unfinished = isUnfinished(bytes, at, end);
      if (last === semicolon) this.#state = blockState.none;
    } else if (last === colon) {
      this.#state = keyEnd(bytes, at, end) === end ? blockState.yamlKey : blockState.announced;
    }
  }

  #continues(bytes: Uint8Array, start: number, at: number, end: number): boolean {
    const indented = at > start;
    switch (this.#state) {
      case blockState.announced:
        return this.#opensBlock(bytes, at, end);
      case blockState.json:
        return this.#continuesJson(bytes, at, end);
      case blockState.xml:
        return this.#continuesXml(bytes, at, end, indented);
      case blockState.sqlBegun:
      case blockState.sql:
        return this.#continuesSql(bytes, at, end, indented);
      case blockState.diffBegun:
        if (indented || !startsWith(bytes, at, end, '+++ ')) return false;
        this.#beginDiff();
        return true;
      case blockState.diff:
        return this.#continuesDiff(bytes, start, end);
      case blockState.yaml:
        return indented || isYamlLine(bytes, at, end);
      default:
        if (indented) return isYamlLine(bytes, at, end);
        return this.#opensBlock(bytes, at, end);
    }
  }

  /** `Config loaded:` and then `{`: the block that was announced. */
  #opensBlock(bytes: Uint8Array, at: number, end: number): boolean {
    this.#state = blockState.none;
    this.#open(bytes, at, end);
    const state = this.#state;
    return (
      (state === blockState.json && (bytes[at] === brace || bytes[at] === bracket)) ||
      state === blockState.xml ||
      state === blockState.sqlBegun
    );
  }

  #continuesJson(bytes: Uint8Array, at: number, end: number): boolean {
    if (!beginsJsonLine(bytes, at, end)) return false;
    this.#depth += brackets(bytes, at, end);
    if (this.#depth <= 0) {
      this.#closedObject = true;
      this.#state = blockState.none;
    }
    return true;
  }

  #continuesXml(bytes: Uint8Array, at: number, end: number, indented: boolean): boolean {
    const tag = bytes[at] === less;
    // Names in angle brackets begin lines of chats and traces: a tag at the margin ends its line.
    if (!tag && (!indented || this.#lines === 1)) return false;
    if (tag && !indented && bytes[end - 1] !== greater) return false;
    this.#depth += elements(bytes, at, end);
    if (this.#depth <= 0) this.#state = blockState.none;
    return true;
  }

  #continuesSql(bytes: Uint8Array, at: number, end: number, indented: boolean): boolean {
    const clause = startsWithWord(bytes, at, end, clauses);
    const within = indented && (this.#state === blockState.sql || this.#unfinished);
    const closes = this.#state === blockState.sql && bytes[at] === 0x29;
    if (!clause && !within && !closes) return false;
    this.#state = bytes[end - 1] === semicolon ? blockState.none : blockState.sql;
    return true;
  }

  #beginDiff(): void {
    this.#state = blockState.diff;
    this.#oldLines = 0;
    this.#newLines = 0;
  }

  #continuesDiff(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#oldLines > 0 || this.#newLines > 0) {
      const mark = bytes[start]!;
      if (mark === 0x5c) return true;
      if (mark !== plus && mark !== minus && mark !== 0x20) return false;
      if (mark !== plus) this.#oldLines -= 1;
      if (mark !== minus) this.#newLines -= 1;
      return true;
    }
    if (startsWith(bytes, start, end, '@@ -')) return this.#beginHunk(bytes, start + 4, end);
    return diffHeads.some((head) => startsWith(bytes, start, end, head));
  }

  /** `@@ -1,3 +1,4 @@`: how many lines each side has, one where it is not said. */
  #beginHunk(bytes: Uint8Array, at: number, end: number): boolean {
    const counts = [1, 1];
    let next = at;
    for (let side = 0; side < 2; side += 1) {
      if (side === 1 && bytes[next] === 0x20 && bytes[next + 1] === plus) next += 2;
      next = digitsEnd(bytes, next, end);
      if (bytes[next] === 0x2c) {
        const from = next + 1;
        next = digitsEnd(bytes, from, end);
        counts[side] = numberAt(bytes, from, next);
      }
    }
    if (!startsWith(bytes, next, end, ' @@')) return false;
    [this.#oldLines = 0, this.#newLines = 0] = counts;
    return true;
  }
}

const brace = 0x7b;
const bracket = 0x5b;
const quote = 0x22;
const less = 0x3c;
const greater = 0x3e;
const minus = 0x2d;
const plus = 0x2b;
const colon = 0x3a;
const semicolon = 0x3b;

const diffHeads = [
  'diff -',
  'index ',
  '--- ',
  '+++ ',
  'new file mode ',
  'deleted file mode ',
  'old mode ',
  'new mode ',
  'similarity index ',
  'rename ',
  'copy ',
  'Binary files ',
  '\\ No newline',
];

const statements = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'ALTER', 'WITH', 'MERGE'];

const clauses = [
  'FROM',
  'WHERE',
  'JOIN',
  'LEFT',
  'RIGHT',
  'INNER',
  'OUTER',
  'CROSS',
  'FULL',
  'ON',
  'AND',
  'OR',
  'GROUP',
  'ORDER',
  'HAVING',
  'LIMIT',
  'OFFSET',
  'UNION',
  'VALUES',
  'SET',
  'INTO',
  'RETURNING',
  'SELECT',
  'USING',
];

/** A keyword in one case, as statements are written; `Select` and `Update` begin sentences. */
function startsStatement(bytes: Uint8Array, at: number, end: number): boolean {
  return startsWithWord(bytes, at, end, statements);
}

function startsWithWord(
  bytes: Uint8Array,
  at: number,
  end: number,
  words: readonly string[],
): boolean {
  const first = bytes[at]!;
  const lower = first >= 0x61;
  for (const word of words) {
    if (word.charCodeAt(0) !== (lower ? first - 0x20 : first)) continue;
    if (!startsWith(bytes, at, end, lower ? word.toLowerCase() : word)) continue;
    const behind = at + word.length;
    if (behind >= end || bytes[behind] === 0x20 || bytes[behind] === 0x28) return true;
  }
  return false;
}

/** A list goes on below: the line is the keyword alone, or ends in a comma or an opening bracket. */
function isUnfinished(bytes: Uint8Array, at: number, end: number): boolean {
  const last = bytes[end - 1]!;
  return last === 0x2c || last === 0x28 || end - at <= 'SELECT'.length;
}

/** A string, a number, a bracket or a word of JSON. */
function beginsJsonLine(bytes: Uint8Array, at: number, end: number): boolean {
  const byte = bytes[at]!;
  if (byte === quote || byte === 0x7d || byte === 0x5d) return true;
  if (byte === brace || byte === bracket) {
    // `[INFO] done` is a line of a log.
    const last = bytes[end - 1]!;
    return last === brace || last === bracket || last === 0x7d || last === 0x5d || last === 0x2c;
  }
  if (byte === minus || (byte >= 0x30 && byte <= 0x39)) {
    let next = at + 1;
    while (next < end && next - at < 40 && isNumberByte(bytes[next]!)) next += 1;
    return next === end || (bytes[next] === 0x2c && next + 1 === end);
  }
  return ['true', 'false', 'null'].some(
    (word) =>
      startsWith(bytes, at, end, word) &&
      (at + word.length === end ||
        (bytes[at + word.length] === 0x2c && at + word.length + 1 === end)),
  );
}

function isNumberByte(byte: number): boolean {
  const digit = byte >= 0x30 && byte <= 0x39;
  return digit || byte === 0x2e || byte === minus || byte === plus || (byte | 0x20) === 0x65;
}

/** Opening less closing brackets outside strings. */
function brackets(bytes: Uint8Array, at: number, end: number): number {
  const limit = Math.min(end, at + reach);
  let depth = 0;
  let inString = false;
  for (let next = at; next < limit; next += 1) {
    const byte = bytes[next]!;
    if (inString) {
      if (byte === 0x5c) next += 1;
      else if (byte === quote) inString = false;
    } else if (byte === quote) {
      inString = true;
    } else if (byte === brace || byte === bracket) {
      depth += 1;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
    }
  }
  return depth;
}

/** Opened less closed elements; comments and declarations count as neither. */
function elements(bytes: Uint8Array, at: number, end: number): number {
  const limit = Math.min(end, at + reach);
  let depth = 0;
  for (let next = at; next + 1 < limit; next += 1) {
    const byte = bytes[next]!;
    const behind = bytes[next + 1]!;
    if (byte === less) {
      if (behind === 0x2f) depth -= 1;
      else if ((behind | 0x20) >= 0x61 && (behind | 0x20) <= 0x7a) depth += 1;
    } else if (byte === 0x2f && behind === greater) {
      depth -= 1;
    }
  }
  return depth;
}

/** `- item`, `key: value`, `key:`, or a comment. */
function isYamlLine(bytes: Uint8Array, at: number, end: number): boolean {
  const byte = bytes[at]!;
  if (byte === 0x23) return true;
  if (byte === minus) return at + 1 === end || bytes[at + 1] === 0x20;
  const key = keyEnd(bytes, at, end);
  return key > at && (key === end || bytes[key] === 0x20);
}

/** Offset behind the colon of a plain key, `at` where there is none. */
function keyEnd(bytes: Uint8Array, at: number, end: number): number {
  const limit = Math.min(end, at + 80);
  let next = at;
  while (next < limit && isKeyByte(bytes[next]!)) next += 1;
  return next > at && next < end && bytes[next] === colon ? next + 1 : at;
}

function isKeyByte(byte: number): boolean {
  const letter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return (
    letter || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f || byte === 0x2e || byte === minus
  );
}

function digitsEnd(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && next - at < 7 && bytes[next]! >= 0x30 && bytes[next]! <= 0x39) next += 1;
  return next;
}

function numberAt(bytes: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let next = at; next < end; next += 1) value = value * 10 + bytes[next]! - 0x30;
  return value;
}
