import type { Finder, Span } from './span.ts';

/** Shortest text that is judged by its looks alone, in characters. */
const shortest = 20;

/** Bits of information per character (Shannon, 1948), from the characters of the text itself. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Share of neighbours that are of another class: lower, upper, digit. Signs are left out. */
function changes(text: string): number {
  let last = 0;
  let changed = 0;
  let counted = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind =
      code >= 97 && code <= 122
        ? 1
        : code >= 65 && code <= 90
          ? 2
          : code >= 48 && code <= 57
            ? 3
            : 0;
    if (kind === 0) continue;
    if (last !== 0 && kind !== last) changed += 1;
    last = kind;
    counted += 1;
  }
  return counted < 2 ? 0 : changed / (counted - 1);
}

/**
 * True for what is behind a key that may name a secret and looks drawn by lot: at least twelve
 * characters with letters and digits, no path, number or date.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 12 || value.length > 8192 || /\s/.test(value)) return false;
  if (!/[0-9]/.test(value) || !/[A-Za-z]/.test(value)) return false;
  const plain = value.replace(/%[0-9A-Fa-f]{2}/g, '');
  return entropy(plain) >= 2.8 && changes(plain) >= 0.2;
}

/** Runs of characters of base64, base64url, base32 and hex. */
const run = /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{20,16384}={0,3}/g;
const hex = /^[0-9a-fA-F]+$/;
/** Lengths of digests and identifiers: MD5 and trace ids, SHA-1 and commits, SHA-2, ObjectId, span ids. */
const digestLengths: ReadonlySet<number> = new Set([16, 24, 32, 40, 48, 56, 64, 96, 128]);
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** Shortly before hexadecimal digits these say that they are a secret. */
const secretWord =
  /\b(?:secret|token|password|passwd|credentials?|(?:api|access|auth|private|signing|encryption)[ _-]?key)\b/i;
/** Right before a run these say what it is: something that others may know. */
const publicName =
  /(?:sha-?(?:1|224|256|384|512)|md5|digest|checksum|commit|integrity|etag|fingerprint)["']?\s{0,2}[:=@(/-]?\s{0,2}["']?$/i;

/** Text that looks drawn by lot: neither words nor a name, nor an identifier that others may know. */
export const randomText: Finder = (text) => {
  const spans: Span[] = [];
  for (const { 0: value, index: start } of text.matchAll(run)) {
    const before = text.slice(Math.max(0, start - 40), start);
    if (publicName.test(before)) continue;
    const parts = isPath(value) ? value.split('/') : [value];
    let at = start;
    for (const part of parts) {
      if (isRandom(part.replace(uuid, ''), before)) spans.push(spanAt(at, part));
      at += part.length + 1;
    }
  }
  return spans;
};

function spanAt(start: number, value: string): Span {
  return { start, end: start + value.length, kind: hex.test(value) ? 'HEX' : 'SECRET' };
}

/** Slashes are signs of base64 as well; between words, numbers and digests they are those of a path. */
function isPath(value: string): boolean {
  const parts = value.split('/');
  if (parts.length < 2) return false;
  if (changes(value) >= 0.45 && wordy(value) < 0.3) return false;
  return (
    /^\/[a-z0-9_-]{1,8}\//.test(value) ||
    parts.some(
      (part) =>
        /^(?:[a-z]{3,}|[A-Z]?[a-z]{4,}|[0-9]{2,12}|v[0-9]{1,3}|[a-z]{2,}[-_][a-z_-]{2,})$/.test(
          part,
        ) ||
        (hex.test(part) && part.length >= 16),
    )
  );
}

/** Share of the characters that are in words: names of classes are made of them, lots are not. */
function wordy(text: string): number {
  const words = text.match(/[A-Z]?[a-z]{3,}|[A-Z]{4,}/g) ?? [];
  return words.filter(isSayable).reduce((sum, word) => sum + word.length, 0) / text.length;
}

function isSayable(word: string): boolean {
  return /[aeiouy]/i.test(word) && !/[^aeiouy]{4}/i.test(word);
}

function isRandom(value: string, before: string): boolean {
  const bare = value.replace(/=+$/, '');
  if (bare.length < shortest) return false;
  if (hex.test(bare)) {
    if (!/[0-9]/.test(bare) || !/[a-fA-F]/.test(bare)) return false;
    if (secretWord.test(before)) return true;
    return bare.length >= 32 && !digestLengths.has(bare.length);
  }
  if (!/[0-9]/.test(bare)) {
    // Letters only: base64 of 20 random characters has a digit in 97 of 100 cases.
    return /[a-z]/.test(bare) && entropy(bare) >= 3.9 && changes(bare) >= 0.38 && wordy(bare) < 0.4;
  }
  if (/[a-z]/.test(bare) && /[A-Z]/.test(bare)) {
    const scattered = (bare.match(/[0-9]+/g) ?? []).length > 2;
    return entropy(bare) >= 3.6 && changes(bare) >= 0.27 && wordy(bare) < (scattered ? 0.75 : 0.6);
  }
  // Of one case and digits: not in base64, so signs end it. Random letters change to digits and back
  // in one pair of three or four.
  return bare
    .split(/[-_+/]/)
    .some(
      (part) =>
        part.length >= 24 && !hex.test(part) && entropy(part) >= 3.4 && changes(part) >= 0.24,
    );
}
