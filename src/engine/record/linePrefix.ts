import { isSpace } from './headerCell.ts';
import { headerReach } from './headerLayout.ts';
import type { SampleLine } from './inferLayout.ts';
import { stringEnd, unescapeJson } from './jsonString.ts';

/** What a runtime writes in front of each line of a program. */
export const prefixKind = {
  none: 0,
  /** `web-1  | `, as Docker Compose shows its containers. */
  compose: 1,
  /** `[pod/web-7d9/app] `, as `kubectl logs --prefix` does. */
  pod: 2,
  /** `build<tab>Run tests<tab>2024-05-14T09:30:12.2501234Z `, as `gh run view --log` shows jobs and steps. */
  step: 3,
  /** `2024-05-14T09:30:12.250123456Z stdout F `, as container runtimes keep lines. */
  cri: 4,
  /** `2024-05-14T09:30:12.250123456Z `, as `docker logs --timestamps` and `kubectl logs --timestamps` do. */
  timestamps: 5,
  /** `{"log":"…","stream":"stdout","time":"…"}`: what a program wrote is a JSON string. */
  dockerJson: 6,
} as const;

/** Added to a kind: behind the name of the container stands a time as `timestamps` has it. */
const stamped = 8;

const names = [
  '',
  'docker-compose',
  'kubernetes',
  'github-cli',
  'cri',
  'timestamps',
  'docker-json',
] as const;

/** The first part of a format's name where lines have the prefix. */
export function prefixName(kind: number): string {
  return names[kind & ~stamped]!;
}

/** Whether the prefix states a time. */
export function isTimed(kind: number): boolean {
  return kind >= prefixKind.cri;
}

/** A longer name belongs to the line. */
const longestPrefix = 200;

/** Reads the prefix of a line. Results stand in the fields: a log has millions of lines. */
export class LinePrefix {
  readonly #kind: number;
  /** Range of the name that the prefix gives; empty where it gives none. */
  nameStart = 0;
  nameEnd = 0;
  /** Range of the time that the prefix states; empty where it states none. */
  timeStart = 0;
  timeEnd = 0;
  /** Range of the JSON string that holds the program's own text, as `read` found it; empty for other kinds. */
  textStart = 0;
  textEnd = 0;
  /** Decimals of the second in the time of `timestamps`. */
  decimals = 0;

  constructor(kind: number) {
    this.#kind = kind;
  }

  /** Offset of the program's own text, or -1 where the line has no such prefix. */
  read(bytes: Uint8Array, start: number, end: number): number {
    this.nameStart = start;
    this.nameEnd = start;
    this.timeStart = start;
    this.timeEnd = start;
    this.textEnd = 0;
    const limit = Math.min(end, start + longestPrefix);
    switch (this.#kind & ~stamped) {
      case prefixKind.compose:
        return this.#stamped(bytes, this.#compose(bytes, start, limit), end);
      case prefixKind.pod:
        return this.#stamped(bytes, this.#pod(bytes, start, limit), end);
      case prefixKind.step:
        return this.#step(bytes, start, limit);
      case prefixKind.cri:
        return this.#cri(bytes, start, limit);
      case prefixKind.timestamps:
        return this.#stamp(bytes, start, limit);
      default:
        return this.#docker(bytes, start, end);
    }
  }

  /** The time behind the name of the container, where the kind has one. */
  #stamped(bytes: Uint8Array, at: number, end: number): number {
    if (at < 0 || (this.#kind & stamped) === 0) return at;
    const behind = this.#stamp(bytes, at, Math.min(end, at + 40));
    return behind < 0 ? at : behind;
  }

  /** RFC 3339 with a fraction: containers write nanoseconds. */
  #stamp(bytes: Uint8Array, start: number, limit: number): number {
    if (start + 21 >= limit || bytes[start + 10] !== 0x54 || bytes[start + 19] !== 0x2e) return -1;
    let at = start + 20;
    while (at < limit && isDigit(bytes[at]!)) at += 1;
    if (at < start + 26 || at >= limit) return -1;
    const zone = bytes[at] === 0x5a ? 1 : isSign(bytes[at]!) && bytes[at + 3] === 0x3a ? 6 : 0;
    const end = at + zone;
    if (zone === 0 || end > limit || (end < limit && bytes[end] !== 0x20)) return -1;
    this.timeStart = start;
    this.timeEnd = end;
    this.decimals = at - start - 20;
    return behindSpace(bytes, end, limit);
  }

  /** The name is that of the job and the step; the time is the line's own. */
  #step(bytes: Uint8Array, start: number, limit: number): number {
    const job = bytes.subarray(start, limit).indexOf(tab);
    if (job < 1) return -1;
    const step = bytes.subarray(start + job + 1, limit).indexOf(tab);
    if (step < 1) return -1;
    const behind = start + job + step + 2;
    // A byte order mark stands in front of the first line of each step.
    const at = bytes[behind] === 0xef ? behind + 3 : behind;
    if (at + 20 > limit || !isDigit(bytes[at]!) || bytes[at + 10] !== 0x54) return -1;
    this.nameEnd = behind - 1;
    return at;
  }

  #cri(bytes: Uint8Array, start: number, limit: number): number {
    const at = stream(bytes, start, limit);
    if (at < 0) return -1;
    this.timeStart = start;
    this.timeEnd = start + bytes.subarray(start, at).indexOf(0x20);
    return at;
  }

  #docker(bytes: Uint8Array, start: number, end: number): number {
    if (!standsAt(logField, bytes, start, end)) return -1;
    const from = start + logField.length;
    const close = stringEnd(bytes, from, end);
    if (close >= end) return -1;
    this.textStart = from;
    // The line end that Docker keeps is no text.
    const kept = close - from >= 2 && bytes[close - 2] === 0x5c && bytes[close - 1] === 0x6e;
    this.textEnd = kept ? close - 2 : close;
    const last = end - longestTail > close ? end - longestTail : close;
    const field = find(timeField, bytes, last, end);
    if (field >= 0) {
      this.timeStart = field + timeField.length;
      this.timeEnd = stringEnd(bytes, this.timeStart, end);
    }
    return from;
  }

  /** The number of the replica is asked for: `INFO | text` is a level and no container. */
  #compose(bytes: Uint8Array, start: number, limit: number): number {
    let at = start;
    while (at < limit && isNameByte(bytes[at]!)) at += 1;
    const name = at;
    let digits = at;
    while (digits > start && isDigit(bytes[digits - 1]!)) digits -= 1;
    const mark = digits > start ? bytes[digits - 1]! : 0;
    if (digits === name || digits < start + 2 || (mark !== 0x2d && mark !== 0x5f)) return -1;
    if (isDigit(bytes[start]!)) return -1;
    while (at < limit && isSpace(bytes[at]!)) at += 1;
    if (at === name || at >= limit || bytes[at] !== 0x7c) return -1;
    this.nameEnd = name;
    return behindSpace(bytes, at + 1, limit);
  }

  #pod(bytes: Uint8Array, start: number, limit: number): number {
    if (!standsAt(pod, bytes, start, limit)) return -1;
    const close = bytes.subarray(start, limit).indexOf(0x5d);
    if (close < 0) return -1;
    this.nameStart = start + pod.length;
    this.nameEnd = start + close;
    return behindSpace(bytes, start + close + 1, limit);
  }
}

/** Prefixes that nine of ten lines have, the longest first; `lines` are not blank. */
export function inferPrefixes(lines: readonly SampleLine[]): readonly number[] {
  const { compose, pod, step, cri, timestamps, dockerJson } = prefixKind;
  for (const kind of [compose, pod, step, cri, timestamps, dockerJson]) {
    if (!isCommon(kind, lines)) continue;
    if (kind > pod) return [kind];
    const behind = lines.map((line) => withoutPrefix(kind, line));
    return isCommon(timestamps, behind) ? [kind | stamped, kind] : [kind];
  }
  return [];
}

function isCommon(kind: number, lines: readonly SampleLine[]): boolean {
  const prefix = new LinePrefix(kind);
  let found = 0;
  let nanoseconds = 0;
  for (const [index, { bytes, start, end }] of lines.entries()) {
    // Most logs show within some lines that they have none.
    if (index === 20 && found === 0) return false;
    if (prefix.read(bytes, start, end) < 0) continue;
    found += 1;
    if (prefix.decimals === 9) nanoseconds += 1;
  }
  // Go leaves zeros at the end of a fraction away, so that nine digits are common, not the rule.
  const written = kind !== prefixKind.timestamps || 2 * nanoseconds > found;
  return found > 0 && 10 * found >= 9 * lines.length && written;
}

/** The line behind its prefix; as it stands where it has none. */
export function withoutPrefix(kind: number, line: SampleLine): SampleLine {
  if (kind === prefixKind.none) return line;
  const prefix = new LinePrefix(kind);
  const at = prefix.read(line.bytes, line.start, line.end);
  if (at < 0) return line;
  if (prefix.textEnd === 0) return { ...line, start: at };
  const bytes = new Uint8Array(Math.min(prefix.textEnd - prefix.textStart, headerReach * 8));
  const { length } = unescapeJson(line.bytes, prefix.textStart, prefix.textEnd, bytes, null);
  return { bytes, start: 0, end: length };
}

const tab = 0x09;
const logField = new TextEncoder().encode('{"log":"');
const timeField = new TextEncoder().encode('"time":"');

/** Docker writes the time last; names of labels may stand between. */
const longestTail = 64;

const pod = new TextEncoder().encode('[pod/');
const streams = ['stdout F', 'stdout P', 'stderr F', 'stderr P'].map((tag) =>
  new TextEncoder().encode(tag),
);

function stream(bytes: Uint8Array, start: number, limit: number): number {
  if (start >= limit || !isDigit(bytes[start]!)) return -1;
  const space = bytes.subarray(start, Math.min(limit, start + 40)).indexOf(0x20);
  if (space < 0) return -1;
  const at = start + space + 1;
  const tagged = streams.some((tag) => standsAt(tag, bytes, at, limit));
  return tagged ? behindSpace(bytes, at + 8, limit) : -1;
}

function standsAt(word: Uint8Array, bytes: Uint8Array, at: number, limit: number): boolean {
  if (at + word.length > limit) return false;
  for (let index = 0; index < word.length; index += 1) {
    if (bytes[at + index] !== word[index]) return false;
  }
  return true;
}

/** One space belongs to the prefix, further ones to the program: traces are indented. */
function behindSpace(bytes: Uint8Array, at: number, limit: number): number {
  return at < limit && bytes[at] === 0x20 ? at + 1 : at;
}

function find(word: Uint8Array, bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at + word.length <= end; at += 1)
    if (standsAt(word, bytes, at, end)) return at;
  return -1;
}

function isSign(byte: number): boolean {
  return byte === 0x2b || byte === 0x2d;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isNameByte(byte: number): boolean {
  const letter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return letter || isDigit(byte) || byte === 0x2d || byte === 0x5f || byte === 0x2e;
}
