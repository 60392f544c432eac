import type { Finder, Span } from './span.ts';

/** Shortest text that is judged by its looks alone, in characters. */
const shortest = 20;

/** Bits of information per character (Shannon, 1948), from the characters of the text itself. */
export function entropy(text: string): number {
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
const uuid =
  /^(?:req-|[a-z]{1,12}[-_])?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
/** Shortly before hexadecimal digits these say that they are a secret. */
const secretWord =
  /\b(?:secret|token|password|passwd|credentials?|(?:api|access|auth|private|signing|encryption)[ _-]?key)\b/i;
/** Right before a run these say what it is: something that others may know. */
const publicName =
  /(?:sha-?(?:1|224|256|384|512)|md5|digest|checksum|commit|integrity|etag|fingerprint)["']?\s{0,2}[:=@(/-]?\s{0,2}["']?$/i;

/** Text that looks drawn by lot: neither words nor a name, nor an identifier that others may know. */
export const randomText: Finder = (text) => {
  const spans: Span[] = [];
  for (const match of text.matchAll(run)) {
    const [value] = match;
    const start = match.index;
    const before = text.slice(Math.max(0, start - 40), start);
    if (uuid.test(value)) continue;
    if (!isPath(value)) {
      if (isRandom(value, before)) spans.push(spanAt(start, value));
      continue;
    }
    let at = 0;
    for (const part of value.split('/')) {
      if (part.length >= shortest && !uuid.test(part) && isRandom(part, before)) {
        spans.push(spanAt(start + at, part));
      }
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
  return value
    .split('/')
    .some(
      (part, _, parts) =>
        parts.length > 1 &&
        (/^(?:[a-z]{3,}|[A-Z]?[a-z]{4,}|v?[0-9]{1,12}|[a-z]{2,}[-_][a-z_-]{2,})$/.test(part) ||
          (hex.test(part) && part.length >= 16)),
    );
}

function isRandom(value: string, before: string): boolean {
  if (publicName.test(before)) return false;
  const bare = value.replace(/=+$/, '');
  if (hex.test(bare)) {
    if (!/[0-9]/.test(bare) || !/[a-fA-F]/.test(bare)) return false;
    if (secretWord.test(before)) return true;
    return bare.length >= 32 && !digestLengths.has(bare.length);
  }
  const lower = /[a-z]/.test(bare);
  const upper = /[A-Z]/.test(bare);
  const digit = /[0-9]/.test(bare);
  const letters = bare.replace(/[^A-Za-z0-9]/g, '');
  if (letters.length < shortest - 2) return false;
  const bits = entropy(letters);
  if (lower && upper && digit) return bits >= 3.6 && changes(bare) >= 0.27;
  // Of one case and digits: random letters change to digits and back in one pair of three or four.
  if ((lower || upper) && digit)
    return letters.length >= 24 && bits >= 3.4 && changes(bare) >= 0.24;
  // Letters only: base64 of 20 random characters has a digit in 97 of 100 cases.
  if (lower && upper) return bits >= 3.9 && changes(bare) >= 0.38;
  return false;
}
