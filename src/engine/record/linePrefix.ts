import { isSpace } from './headerCell.ts';
import type { SampleLine } from './inferLayout.ts';

/** What a runtime writes in front of each line of a program. */
export const prefixKind = {
  none: 0,
  /** `web-1  | `, as Docker Compose shows its containers. */
  compose: 1,
  /** `[pod/web-7d9/app] `, as `kubectl logs --prefix` does. */
  pod: 2,
  /** `2024-05-14T09:30:12.250123456Z stdout F `, as container runtimes keep lines. */
  cri: 3,
} as const;

/** Names of the prefixes, for the names of formats. */
export const prefixNames = ['', 'docker-compose', 'kubernetes', 'cri'] as const;

/** A longer name belongs to the line. */
const longestPrefix = 200;

/** Reads the prefix of a line. Results stand in the fields: a log has millions of lines. */
export class LinePrefix {
  readonly #kind: number;
  /** Range of the name that the prefix gives; empty where it gives none. */
  nameStart = 0;
  nameEnd = 0;

  constructor(kind: number) {
    this.#kind = kind;
  }

  /** Offset of the program's own text, or -1 where the line has no such prefix. */
  read(bytes: Uint8Array, start: number, end: number): number {
    this.nameStart = start;
    this.nameEnd = start;
    const limit = Math.min(end, start + longestPrefix);
    if (this.#kind === prefixKind.compose) return this.#compose(bytes, start, limit);
    if (this.#kind === prefixKind.pod) return this.#pod(bytes, start, limit);
    return this.#kind === prefixKind.cri ? stream(bytes, start, limit) : -1;
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

/** The prefix that nine of ten lines have; `lines` are not blank. */
export function inferPrefix(lines: readonly SampleLine[]): number {
  for (const kind of [prefixKind.compose, prefixKind.pod, prefixKind.cri]) {
    const prefix = new LinePrefix(kind);
    const found = lines.filter(({ bytes, start, end }) => prefix.read(bytes, start, end) >= 0);
    if (found.length > 0 && 10 * found.length >= 9 * lines.length) return kind;
  }
  return prefixKind.none;
}

/** The line behind its prefix; as it stands where it has none. */
export function withoutPrefix(kind: number, line: SampleLine): SampleLine {
  if (kind === prefixKind.none) return line;
  const at = new LinePrefix(kind).read(line.bytes, line.start, line.end);
  return at < 0 ? line : { ...line, start: at };
}

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

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isNameByte(byte: number): boolean {
  const letter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return letter || isDigit(byte) || byte === 0x2d || byte === 0x5f || byte === 0x2e;
}
