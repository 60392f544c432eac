import { isSlotId, nameOf } from './patternRows.ts';
import type { PatternRows } from './patternRows.ts';

/** Places in one row that are tried: each costs as much as the row is long. */
const maxCompounds = 16;

/**
 * `localhost:<*>` is the same value as `<*>` where another row has a slot in its place: a word tied
 * to a slot by one mark is taken in when that makes the row equal to a known one.
 */
export function joinCompounds(patterns: PatternRows): void {
  const known = new Set(patterns.rows.map((row) => row.name));
  const { bare, texts } = patterns.vocabulary;
  const isTie = (id: number): boolean => ties.has(texts[id]!);
  const isWord = (id: number): boolean => /^[\p{L}\p{N}][^ ]*$/u.test(bare[id]!);
  patterns.rewrite((row) => {
    let { tokens } = row;
    let found = false;
    let tries = 0;
    for (let at = 0; at + 2 < tokens.length && tries < maxCompounds; at++) {
      const left = tokens[at]!;
      const right = tokens[at + 2]!;
      const tied = isTie(tokens[at + 1]!) && !patterns.isSpaced(right);
      if (!tied || isSlotId(left) === isSlotId(right) || !isWord(isSlotId(left) ? right : left)) {
        continue;
      }
      tries++;
      const joined = [...tokens.slice(0, at), patterns.slotFor(left), ...tokens.slice(at + 3)];
      if (!known.has(nameOf(joined))) continue;
      tokens = joined;
      found = true;
    }
    return found ? tokens : null;
  });
}

/** `()` is a value that was empty where other rows have `(<*>)` at the same place. */
export function fillEmptyBrackets(patterns: PatternRows): void {
  const known = new Set(patterns.rows.map((row) => row.name));
  const { bare, texts } = patterns.vocabulary;
  const isEmpty = (open: number | undefined, close: number): boolean =>
    open !== undefined && closers.has(texts[close]!) && brackets.get(bare[open]!) === texts[close];
  patterns.rewrite(({ tokens }) => {
    if (!tokens.some((close, at) => isEmpty(tokens[at - 1], close))) return null;
    const filled: number[] = [];
    tokens.forEach((token, at) => {
      if (isEmpty(tokens[at - 1], token)) filled.push(0);
      filled.push(token);
    });
    return known.has(nameOf(filled)) ? filled : null;
  });
}

const ties = new Set(':/@|.-');

const brackets = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
  ['"', '"'],
  ["'", "'"],
]);
const closers = new Set(brackets.values());
