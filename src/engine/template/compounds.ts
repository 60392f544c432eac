import { isSlotId } from './patternRows.ts';
import type { PatternRows } from './patternRows.ts';

/** Places in one row that are tried: each costs as much as the row is long. */
const maxCompounds = 16;

/**
 * `localhost:<*>` is the same value as `<*>` where another row has a slot in its place: a word tied
 * to a slot by one mark is taken in when that makes the row equal to a known one.
 */
export function joinCompounds(patterns: PatternRows): void {
  const known = new Set(patterns.rows.map((row) => row.tokens.join()));
  const texts = patterns.vocabulary.texts;
  const isTie = (id: number | undefined): boolean =>
    id !== undefined && /^[:/@|.-]$/.test(texts[id]!);
  const isWord = (id: number): boolean => /^ ?[\p{L}\p{N}][^ ]*$/u.test(texts[id]!);
  patterns.rewrite((row) => {
    let { tokens } = row;
    let found = false;
    let tries = 0;
    for (let at = 0; at + 2 < tokens.length && tries < maxCompounds; at++) {
      const left = tokens[at]!;
      const right = tokens[at + 2]!;
      const tied = isTie(tokens[at + 1]) && !texts[right]!.startsWith(' ');
      if (!tied || isSlotId(left) === isSlotId(right) || !isWord(isSlotId(left) ? right : left)) {
        continue;
      }
      tries++;
      const joined = [...tokens.slice(0, at), patterns.slotFor(left), ...tokens.slice(at + 3)];
      if (!known.has(joined.join())) continue;
      tokens = joined;
      found = true;
    }
    return found ? tokens : null;
  });
}

/** `()` is a value that was empty where other rows have `(<*>)` at the same place. */
export function fillEmptyBrackets(patterns: PatternRows): void {
  const known = new Set(patterns.rows.map((row) => row.tokens.join()));
  patterns.rewrite((row) => {
    const filled: number[] = [];
    row.tokens.forEach((token, at) => {
      const open = at > 0 ? patterns.text(row.tokens[at - 1]!).trimStart() : '';
      if (open !== '' && brackets.get(open) === patterns.text(token)) filled.push(0);
      filled.push(token);
    });
    return filled.length > row.tokens.length && known.has(filled.join()) ? filled : null;
  });
}

const brackets = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
  ['"', '"'],
  ["'", "'"],
]);
