import { isSlot, slot, spacedSlot } from './slotTokens.ts';

const months = new Set(
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec January February March April June July August September October November December'.split(
    ' ',
  ),
);
const weekdays = new Set(
  'Mon Tue Wed Thu Fri Sat Sun Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
);

/**
 * Turns values that take several tokens into one slot: dates in words, addresses of the form
 * `host:port` where the host is a name, and `null` where a value stands.
 */
export function slotPhrases(tokens: readonly string[]): string[] {
  const kept: string[] = [];
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at]!;
    const date = dateEnd(tokens, at);
    if (date > at) {
      kept.push(slotLike(token));
      at = date;
    } else if (isNull(tokens, at)) {
      kept.push(slotLike(token));
      at++;
    } else if (isHostName(tokens, at)) {
      kept.push(slotLike(token));
      at += isSlot(tokens[at + 1]!) ? 2 : 1;
    } else {
      kept.push(token);
      at++;
    }
  }
  return kept;
}

function slotLike(token: string): string {
  return token.startsWith(' ') ? spacedSlot : slot;
}

/**
 * End of a date that begins here: `Sat Sep 17 07:49:04 PDT 2005`, `17 Sep 2005`, `Sep 17, 2005`.
 * The given index when there is none.
 */
function dateEnd(tokens: readonly string[], from: number): number {
  let at = from;
  if (weekdays.has(wordAt(tokens, at))) {
    at++;
    if (tokens[at] === ',') at++;
  }
  const dayFirst = tokens[at] === spacedSlot || (tokens[at] === slot && at === from);
  if (dayFirst && months.has(wordAt(tokens, at + 1))) {
    if (tokens[at + 2] !== spacedSlot) return from;
    return clockEnd(tokens, at + 3);
  }
  if (!months.has(wordAt(tokens, at)) || tokens[at + 1] !== spacedSlot) return from;
  at = clockEnd(tokens, at + 2);
  if (/^[A-Z]{3,4}$/.test(wordAt(tokens, at)) && tokens[at + 1] === spacedSlot) at++;
  if (tokens[at] === ',' && tokens[at + 1] === spacedSlot) at++;
  const year = tokens[at] === spacedSlot && tokens[at + 1] !== ':';
  return year ? clockEnd(tokens, at + 1) : at;
}

/** End of ` 07:49:04` or `:07:49:04` when it stands here. */
function clockEnd(tokens: readonly string[], from: number): number {
  let at = from;
  if (tokens[at] === spacedSlot && tokens[at + 1] === ':') at++;
  while (tokens[at] === ':' && tokens[at + 1] === slot) at += 2;
  return at;
}

function wordAt(tokens: readonly string[], at: number): string {
  return tokens[at]?.trimStart() ?? '';
}

/** `null` is a value, but for `null pointer` and the like, where it is part of the language. */
function isNull(tokens: readonly string[], at: number): boolean {
  if (wordAt(tokens, at) !== 'null') return false;
  return !/^(?:pointer|reference|terminat|byte|character|device)/.test(wordAt(tokens, at + 1));
}

/** A name with dots or hyphens, possibly ending in a number, before `:` and a number. */
function isHostName(tokens: readonly string[], at: number): boolean {
  const name = wordAt(tokens, at);
  if (!/^[\p{L}\d]+(?:[.-][\p{L}\d]+)*[.-]?$/u.test(name)) return false;
  const after = tokens[at + 1];
  if (after === ':' && tokens[at + 2] === slot) return name.includes('.') && tokens[at + 3] !== ':';
  const port = after === slot && tokens[at + 2] === ':' && tokens[at + 3] === slot;
  return port && /[.-]$/.test(name) && tokens[at + 4] !== ':';
}
