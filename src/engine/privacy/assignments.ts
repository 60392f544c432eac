import { isCommonWord } from './commonWords.ts';
import type { Kind } from './kinds.ts';
import { looksRandom } from './randomText.ts';
import { secretKey, type SecretKey } from './secretKeys.ts';
import type { Finder, Span } from './span.ts';

/** The longest key and the longest value in characters; what is longer is random text or no value. */
const longestKey = 64;
const longestValue = 8192;

/** Said instead of a secret: there is none, or it is masked already. */
const noValue =
  /^(?:null|nil|none|undefined|n\/a|true|false|yes|no|on|off|empty|blank|unset|missing|redacted|masked|hidden|filtered|removed|secret|protected|omitted|secure|encrypted|\[?(?:redacted|filtered|masked|hidden|protected|secret)\]?|<[a-z _-]{0,24}>|[*•x.\-_?#]{1,64}|\$\{[A-Za-z_][A-Za-z0-9_.:-]{0,64}\}|\$\(?[A-Za-z]+(?:_[A-Za-z]+){1,8}\)?|%[sdv]|\{\}|\[\]|\(\))$/i;

/**
 * Secrets by the name that they are assigned to: `password=…`, `"api_key": "…"`, `token => …`,
 * `session_id%3D…`. A key that surely names a secret masks whatever follows it.
 */
export const assignments: Finder = (text) => {
  const spans: Span[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = signAt(text, at);
    if (sign === 0) continue;
    const key = keyBefore(text, at);
    if (key !== null) {
      const said = secretKey(key.name);
      if (said !== null) {
        const span = valueAfter(text, at + sign, { ...key, said, equals: text[at] === '=' });
        if (span !== null) spans.push(span);
      }
    }
    at += sign - 1;
  }
  return spans;
};

/** Length of the sign of assignment at a place: `=`, `:`, `:=`, `=>`, `->`, `==`, `%3D`; 0 for none. */
function signAt(text: string, at: number): number {
  const char = text[at];
  if (char === '%') return /^%3[AaDd]/.test(text.slice(at, at + 3)) ? 3 : 0;
  if (char === '-') return text.charAt(at + 1) === '>' ? 2 : 0;
  if (char !== '=' && char !== ':') return 0;
  const next = text[at + 1];
  if (next === '=' || next === '>') return text[at + 2] === '=' ? 3 : 2;
  // Scopes of C++ and Rust are no assignments: their second colon would be taken.
  return 1;
}

interface KeyBefore {
  readonly name: string;
  /** The quote before the key, where there is one. */
  readonly quote: string;
  /** Nothing stands before it in its line but blanks and dashes. */
  readonly first: boolean;
}

function keyBefore(text: string, at: number): KeyBefore | null {
  let end = at;
  const least = Math.max(0, at - longestKey - 16);
  while (end > least && (text[end - 1] === ' ' || text[end - 1] === '\t') && at - end < 16)
    end -= 1;
  while (end > least && '"\'`\\])'.includes(text.charAt(end - 1))) end -= 1;
  if (end > least + 3 && /%2[27]$/i.test(text.slice(end - 3, end))) end -= 3;
  let start = end;
  while (start > least && /[\p{L}0-9_.$-]/u.test(text.charAt(start - 1))) start -= 1;
  if (start === end) return null;
  // In an encoded address the key begins behind the code of the sign before it: `%3Fkey`, `%26key`.
  if (text.charAt(start - 1) === '%' && /^[0-9A-F]{2}/i.test(text.slice(start, end))) start += 2;
  let name = text.slice(start, end);
  // `api key: …`, `access token = …`, `session id: …`
  const before = /([A-Za-z]{1,16}(?: de)?)[ ]$/.exec(text.slice(Math.max(0, start - 20), start));
  if (before !== null && /^(?:key|token|id|code|word|phrase|passe|secret|string)$/i.test(name)) {
    name = `${(before[1] ?? '').replace(' ', '_')}_${name}`;
    start -= before[0].length;
  }
  const lead = text.slice(Math.max(0, start - 4), start);
  const quote = /["'`]$/.exec(lead)?.[0] ?? '';
  let line = start;
  while (line > 0 && start - line < 64 && ' \t-"\''.includes(text.charAt(line - 1))) line -= 1;
  const exported = /(?:^|\n)(?:export|set|ENV|env|declare -x) $/.test(
    text.slice(Math.max(0, line - 12), line),
  );
  return { name, quote, first: line === 0 || text[line - 1] === '\n' || exported };
}

interface Assignment extends KeyBefore {
  readonly said: SecretKey;
  readonly equals: boolean;
}

function valueAfter(text: string, from: number, key: Assignment): Span | null {
  let start = from;
  while (
    start < text.length &&
    (text[start] === ' ' || text[start] === '\t') &&
    start - from < 64
  ) {
    start += 1;
  }
  if (/[|>][+-]?\r?\n/y.test(text.slice(start, start + 4)) && start > from) {
    // A block of YAML: its first line.
    start = text.indexOf('\n', start) + 1;
    while (text[start] === ' ') start += 1;
    return masked(text, start, lineEnd(text, start), key);
  }
  const opening = /^(?:[bBuUrRfF@]|\\{1,4}|%22|%27)?(?:\\{0,4}["'`]|(?<=%2[27]))/.exec(
    text.slice(start, start + 12),
  );
  if (opening !== null && opening[0] !== '') {
    const quote = opening[0];
    const valueStart = start + quote.length;
    return masked(text, valueStart, closing(text, valueStart, quote), key, true);
  }
  const bracket = text[start];
  if (bracket === '[' || (bracket === '{' && key.equals)) {
    const end = text.indexOf(bracket === '[' ? ']' : '}', start);
    const inside = end === -1 ? '' : text.slice(start + 1, end);
    if (end !== -1 && end - start < longestValue && !/[\n]|[:=]\s?["'\w]/.test(inside)) {
      return masked(text, start + 1, end, key, true);
    }
    return null;
  }
  if (bracket === '{') return null;
  // `Some("…")`, `Optional[…]`: the value is what is inside.
  const wrapper =
    /^(?:Some|Just|Optional|Ok|String|Secret|SecretString|SecretStr|Password|Redacted|Masked|Value|str|repr|new String)(?:\.of)?[ ]?[([{]/.exec(
      text.slice(start, start + 24),
    );
  if (wrapper !== null)
    return valueAfter(text, start + wrapper[0].length, { ...key, first: false });
  const scheme = /^(?:bearer|basic|token|apikey|negotiate|digest|ssws|key)[ ]{1,4}(?=\S)/i.exec(
    text.slice(start, start + 16),
  );
  if (scheme !== null && key.said.trust !== 'random') start += scheme[0].length;
  return masked(text, start, bareEnd(text, start, key), key);
}

/** Where the quoted text ends: at the same quote, not escaped deeper, or at the end of the line. */
function closing(text: string, start: number, opening: string): number {
  const quote = opening.at(-1) ?? '';
  const depth = opening.length - 1;
  const limit = Math.min(text.length, start + longestValue);
  if (opening.startsWith('%')) {
    const end = text.toLowerCase().indexOf(opening.toLowerCase(), start);
    return end === -1 || end > limit ? lineEnd(text, start) : end;
  }
  let slashes = 0;
  for (let at = start; at < limit; at += 1) {
    const char = text[at];
    if (char === '\n') return at;
    if (char === quote && slashes <= Math.max(0, opening.includes('\\') ? depth : 0))
      return at - slashes;
    slashes = char === '\\' ? slashes + 1 : 0;
    if (slashes === 2 && !opening.includes('\\')) slashes = 0;
  }
  return limit;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  const last = end === -1 ? text.length : end;
  return text[last - 1] === '\r' && last > start ? last - 1 : last;
}

/** Where a value without quotes ends. */
function bareEnd(text: string, start: number, key: Assignment): number {
  const limit = Math.min(lineEnd(text, start), start + longestValue);
  const apart = !key.equals || /\s/.test(text.charAt(start - 1));
  if (key.said.trust === 'sure' && key.first && apart && !/[;&]/.test(text.slice(start, limit))) {
    let end = limit;
    while (end > start && /[\s,]/.test(text.charAt(end - 1))) end -= 1;
    return end;
  }
  for (let at = start; at < limit; at += 1) {
    const char = text.charAt(at);
    if (/[\s"'<>`]/.test(char)) return stripped(text, start, at);
    if (char === key.quote) return at;
    if (!/[,;&|]/.test(char)) continue;
    // A password may hold such a sign; it ends only where another key, a blank or the line ends it.
    if (
      key.said.trust !== 'sure' ||
      /^[,;&|](?:\s|$|["'<]|[A-Za-z_][\w.-]{0,40}[=:])/.test(text.slice(at, at + 44))
    ) {
      return stripped(text, start, at);
    }
  }
  return stripped(text, start, limit);
}

/** Without brackets that close what was opened before the key, and the full stop of a sentence. */
function stripped(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /[)\]}.]/.test(text.charAt(last - 1))) {
    const char = text.charAt(last - 1);
    const opened = { ')': '(', ']': '[', '}': '{', '.': '' }[char] ?? '';
    if (opened !== '' && text.slice(start, last).includes(opened)) break;
    last -= 1;
  }
  return last;
}

function masked(
  text: string,
  start: number,
  end: number,
  { said, equals, quote }: Assignment,
  quoted = false,
): Span | null {
  const value = text.slice(start, end);
  if (value === '' || noValue.test(value)) return null;
  if (said.trust === 'random') return looksRandom(value) ? spanOf(start, end, said.kind) : null;
  // How often a password was asked for.
  if (!quoted && quote === '' && /^[0-9]{1,2}$/.test(value)) return null;
  if (said.trust === 'likely') {
    // An object that has such a name: `token=Token{a64f992`.
    if (/^[A-Za-z][A-Za-z.$]{0,120}[{(@]/.test(value)) return null;
    if (/^-?[0-9]{1,7}(?:\.[0-9]+)?(?:ms|s|k|kb|mb|%)?$/i.test(value)) return null;
    if (!quoted && quote === '' && !equals && isCommonWord(value)) return null;
  }
  return spanOf(start, end, said.kind);
}

function spanOf(start: number, end: number, kind: Kind): Span {
  return { start, end, kind };
}
