import { isSpace } from './headerCell.ts';
import { stringEnd } from './jsonString.ts';
import { levelLetter, levelWordAt, numericLevel, severityNumber } from './levelWords.ts';
import { TimestampReader } from './timestamp.ts';

/** Work per line: fields behind so many bytes are not looked at. */
const bodyReach = 16_384;

const role = { none: 0, time: 1, level: 2, message: 3, source: 4 } as const;

/**
 * Names of the fields that loggers use, without case and punctuation, best first. A nested field is
 * its parent's name and its own: `{"log":{"level":…}}` reads `loglevel`.
 */
const fieldNames: readonly (readonly [number, string])[] = [
  [
    role.time,
    'timestamp time ts datetime date t tdate timestampdate asctime eventtime timeunixnano observedtimestamp realtimetimestamp sourcerealtimetimestamp logtime created',
  ],
  [
    role.level,
    'level severity loglevel lvl levelname severitytext severitynumber priority s l loglvl',
  ],
  [
    role.message,
    'message msg m mt messagetemplate shortmessage event body bodystringvalue log text error err',
  ],
  [
    role.source,
    'logger name component loggername loglogger c source sourcecontext service servicename syslogidentifier comm module caller target',
  ],
];

interface Field {
  readonly role: number;
  readonly rank: number;
  /** Its value is a severity number of OpenTelemetry. */
  readonly numbered: boolean;
}

const fields = new Map<number, Field>();
for (const [fieldRole, names] of fieldNames) {
  names.split(' ').forEach((name, rank) => {
    let hash = 0;
    for (const letter of name) hash = nextHash(hash, letter.charCodeAt(0));
    fields.set(hash, { role: fieldRole, rank, numbered: name === 'severitynumber' });
  });
}

/** Finds time, level, message and source in a JSON object or in logfmt pairs, without decoding them. */
export class StructuredBody {
  readonly time = new TimestampReader();
  hasTime = false;
  level = 0;
  messageStart = 0;
  messageEnd = 0;
  sourceStart = 0;
  sourceEnd = 0;
  readonly #ranks = new Uint8Array(5);

  /** True when an object begins at `at` (spaces allowed). A cut-off or malformed one gives what it has. */
  readJson(bytes: Uint8Array, at: number, end: number): boolean {
    this.#clear();
    let start = at;
    while (start < end && isSpace(bytes[start]!)) start += 1;
    if (bytes[start] !== 0x7b || start >= end) return false;
    this.#object(bytes, start + 1, Math.min(end, start + bodyReach), 0, 0);
    return true;
  }

  /** True when at least two `key=value` pairs begin at `at`. */
  readLogfmt(bytes: Uint8Array, at: number, end: number): boolean {
    this.#clear();
    const limit = Math.min(end, at + bodyReach);
    let pairs = 0;
    let next = at;
    while (next < limit) {
      while (next < limit && isSpace(bytes[next]!)) next += 1;
      let hash = 0;
      const keyStart = next;
      while (next < limit && isKeyByte(bytes[next]!)) {
        hash = nextHash(hash, bytes[next]!);
        next += 1;
      }
      if (next === keyStart || bytes[next] !== 0x3d) {
        if (pairs === 0) return false;
        // Free words between pairs are passed over.
        while (next < limit && !isSpace(bytes[next]!)) next += 1;
        continue;
      }
      const quoted = bytes[next + 1] === 0x22;
      const valueStart = next + (quoted ? 2 : 1);
      next = valueStart;
      if (quoted) next = stringEnd(bytes, next, limit);
      else while (next < limit && !isSpace(bytes[next]!)) next += 1;
      this.#value(bytes, hash, valueStart, next);
      if (quoted) next += 1;
      pairs += 1;
    }
    return pairs > 1;
  }

  #clear(): void {
    this.hasTime = false;
    this.level = 0;
    this.messageStart = 0;
    this.messageEnd = 0;
    this.sourceStart = 0;
    this.sourceEnd = 0;
    this.#ranks.fill(255);
  }

  /** Reads the members of an object; gives the offset behind it. */
  #object(bytes: Uint8Array, at: number, limit: number, prefix: number, depth: number): number {
    let next = at;
    while (next < limit) {
      const byte = bytes[next]!;
      if (byte === 0x7d) return next + 1;
      if (byte !== 0x22) {
        next += 1;
        continue;
      }
      const keyEnd = stringEnd(bytes, next + 1, limit);
      let hash = prefix;
      for (let index = next + 1; index < keyEnd; index += 1) hash = nextHash(hash, bytes[index]!);
      next = keyEnd + 1;
      while (next < limit && (isSpace(bytes[next]!) || bytes[next] === 0x3a)) next += 1;
      next = this.#member(bytes, next, limit, hash, depth);
    }
    return limit;
  }

  #member(bytes: Uint8Array, at: number, limit: number, hash: number, depth: number): number {
    const byte = at < limit ? bytes[at]! : 0;
    if (byte === 0x22) {
      const end = stringEnd(bytes, at + 1, limit);
      this.#value(bytes, hash, at + 1, end);
      return end + 1;
    }
    if (byte === 0x7b) {
      const inner = depth === 0 && fields.has(hash);
      return inner ? this.#object(bytes, at + 1, limit, hash, 1) : skipNested(bytes, at, limit);
    }
    if (byte === 0x5b) return skipNested(bytes, at, limit);
    let end = at;
    while (end < limit && bytes[end] !== 0x2c && bytes[end] !== 0x7d) end += 1;
    this.#value(bytes, hash, at, end);
    return end;
  }

  #value(bytes: Uint8Array, hash: number, start: number, end: number): void {
    const field = fields.get(hash);
    if (field === undefined || start >= end || field.rank >= this.#ranks[field.role]!) return;
    if (field.role === role.time) {
      if (!this.time.read(bytes, start, end)) return;
      this.hasTime = true;
    } else if (field.role === role.level) {
      const level = field.numbered
        ? severityNumber(digits(bytes, start, Math.min(end, start + 3)))
        : levelOf(bytes, start, end);
      if (level <= 0) return;
      this.level = level;
    } else if (field.role === role.message) {
      this.messageStart = start;
      // Docker keeps the line end of what it wrapped.
      const wrapped = end - start > 2 && bytes[end - 2] === 0x5c && bytes[end - 1] === 0x6e;
      this.messageEnd = wrapped ? end - 2 : end;
    } else {
      this.sourceStart = start;
      this.sourceEnd = end;
    }
    this.#ranks[field.role] = field.rank;
  }
}

/** Level that a field's value states, as a word, a letter or a number; 0 or less for none. */
export function levelOf(bytes: Uint8Array, start: number, end: number): number {
  const word = levelWordAt(bytes, start, end);
  if (word >= 0) return word;
  const first = bytes[start]!;
  if (first >= 0x30 && first <= 0x39) {
    return end - start <= 2 ? numericLevel(digits(bytes, start, end)) : 0;
  }
  return end - start <= 2 ? levelLetter(first & 0xdf) : 0;
}

function digits(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) value = value * 10 + bytes[at]! - 0x30;
  return value;
}

/** Offset behind a nested object or array. */
function skipNested(bytes: Uint8Array, at: number, limit: number): number {
  let depth = 0;
  for (let next = at; next < limit; next += 1) {
    const byte = bytes[next]!;
    if (byte === 0x22) next = stringEnd(bytes, next + 1, limit);
    else if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return next + 1;
  }
  return limit;
}

function isKeyByte(byte: number): boolean {
  const letter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return (
    letter ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x5f ||
    byte === 0x2e ||
    byte === 0x2d ||
    byte === 0x40
  );
}

/** Letters without case and digits count; punctuation does not. */
function nextHash(hash: number, byte: number): number {
  const folded = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
  const counts = (folded >= 0x61 && folded <= 0x7a) || (folded >= 0x30 && folded <= 0x39);
  return counts ? (Math.imul(hash, 31) + folded) | 0 : hash;
}
