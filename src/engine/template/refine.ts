import { slotIdentifiers } from './identifierSlots.ts';
import { NamesInContext, slotKnownNames } from './namesInContext.ts';
import { wipePositions } from './positionalSlots.ts';
import { isSlotId } from './patternRows.ts';
import type { PatternRow, PatternRows } from './patternRows.ts';

/** Wiping one position can reveal the next; more rounds than this never changed a result. */
const maxRounds = 8;

/** Records in which an assignment must have shown one word only to be taken for constant. */
const constantSupport = 20;

/**
 * Turns masked keys into templates by what they have in common. Works on the distinct keys with
 * their counts, so its cost does not depend on the length of the log. The order of the keys decides
 * nothing but the order of the rows.
 */
export function refine(patterns: PatternRows): void {
  slotQuotedValues(patterns);
  slotAssignments(patterns);
  slotUnits(patterns);
  collapseLists(patterns);
  fillEmptyBrackets(patterns);
  const names = new NamesInContext();
  slotIdentifiers(patterns);
  for (let round = 0; round < maxRounds; round++) {
    if (!wipePositions(patterns, names)) break;
  }
  slotKnownNames(patterns, names);
  joinCompounds(patterns);
  collapseLists(patterns);
  fillEmptyBrackets(patterns);
}

/** Tokens between quotes that are still one value, and not a sentence with a stray quote. */
const maxQuoted = 24;

/** `name="any words"`: what the quotes hold is a value. */
function slotQuotedValues(patterns: PatternRows): void {
  const texts = patterns.vocabulary.texts;
  patterns.rewrite((row) => {
    const { tokens } = row;
    const kept: number[] = [];
    let at = 0;
    while (at < tokens.length) {
      const quote = texts[tokens[at]!]!;
      kept.push(tokens[at]!);
      at++;
      if ((quote !== '"' && quote !== "'") || at < 2 || texts[tokens[at - 2]!] !== '=') continue;
      const close = tokens.indexOf(tokens[at - 1]!, at);
      if (close <= at || close - at > maxQuoted) continue;
      kept.push(0, tokens[close]!);
      at = close + 1;
    }
    return kept.length < tokens.length || kept.some((id, index) => id !== tokens[index])
      ? kept
      : null;
  });
}

/** Places in one row that are tried: each costs as much as the row is long. */
const maxCompounds = 16;

/**
 * `localhost:<*>` is the same value as `<*>` where another row has a slot in its place: a word tied
 * to a slot by one mark is taken in when that makes the row equal to a known one.
 */
function joinCompounds(patterns: PatternRows): void {
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

/** `name=word`: a value, unless the name only ever had this one word in many records. */
function slotAssignments(patterns: PatternRows): void {
  const valuesOf = new Map<number, { value: number; count: number; constant: boolean }>();
  const texts = patterns.vocabulary.texts;
  const eachAssignment = (row: PatternRow, visit: (name: number, at: number) => void): void => {
    for (let at = 2; at < row.tokens.length; at++) {
      const id = row.tokens[at]!;
      if (texts[row.tokens[at - 1]!]!.trim() !== '=') continue;
      // `a == b` compares; `rect=Rect(…` names a structure.
      if (texts[row.tokens[at - 2]!]!.trim() === '=') continue;
      const next = row.tokens[at + 1];
      if (next !== undefined && '{('.includes(texts[next]!)) continue;
      // `a= b=1`: the first value is empty.
      if (texts[id]!.startsWith(' ') && next !== undefined && texts[next] === '=') continue;
      if (isSlotId(id) || !/^ ?[,;()[\]{}<>"'|=:`]$/.test(texts[id]!))
        visit(row.tokens[at - 2]!, at);
    }
  };
  for (const row of patterns.rows) {
    eachAssignment(row, (name, at) => {
      const value = row.tokens[at]!;
      const known = valuesOf.get(name);
      if (known === undefined) {
        valuesOf.set(name, { value, count: row.count, constant: !isSlotId(value) });
      } else {
        known.count += row.count;
        known.constant &&= known.value === value;
      }
    });
  }
  patterns.rewrite((row) => {
    const places: number[] = [];
    eachAssignment(row, (name, at) => {
      const known = valuesOf.get(name)!;
      const plain = /^ ?[\p{L}_-]+(?:\.[\p{L}_-]+)?$/u.test(texts[row.tokens[at]!]!);
      const constant = plain && known.constant && known.count >= constantSupport;
      if (!isSlotId(row.tokens[at]!) && !constant) places.push(at);
    });
    if (places.length === 0) return null;
    const tokens = [...row.tokens];
    for (const at of places) tokens[at] = patterns.slotFor(tokens[at]!);
    return tokens;
  });
}

/** `()` is a value that was empty where other rows have `(<*>)` at the same place. */
function fillEmptyBrackets(patterns: PatternRows): void {
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

const unit =
  /^(?:bytes?|[kmgtp]?i?b|[kmg]?bits?|[numµ]?s|msecs?|secs?|seconds?|mins?|minutes?|hours?|hrs?|days?|milliseconds?|microseconds?|nanoseconds?)$/i;

/**
 * A unit belongs to the value where it varies: rows that become equal without the units after
 * values, without a second statement in brackets (`1293 bytes (1.26 KB)`) and without a limit sign
 * before a value (`<1 sec`) are one pattern.
 */
function slotUnits(patterns: PatternRows): void {
  const bare = patterns.rows.map((row) => withoutUnits(row.tokens, patterns));
  const rowsOf = new Map<string, number>();
  bare.forEach((tokens, index) => {
    const name = (tokens ?? patterns.rows[index]!.tokens).join();
    rowsOf.set(name, (rowsOf.get(name) ?? 0) + 1);
  });
  patterns.rewrite((_, index) => {
    const tokens = bare[index] ?? null;
    return tokens !== null && rowsOf.get(tokens.join())! > 1 ? tokens : null;
  });
}

/** The tokens with the units of values taken into them, or null when there are none. */
function withoutUnits(tokens: readonly number[], patterns: PatternRows): readonly number[] | null {
  const word = (at: number): string => {
    const id = tokens[at];
    return id === undefined ? '' : patterns.text(id);
  };
  const isUnit = (at: number): boolean => word(at).startsWith(' ') && unit.test(word(at).slice(1));
  const kept: number[] = [];
  let found = false;
  let at = 0;
  while (at < tokens.length) {
    const limit = /^ ?[<>]$/.test(word(at)) && tokens[at + 1] === 0 && isUnit(at + 2);
    const value = limit ? at + 1 : at;
    if (!isSlotId(tokens[value]!) || !isUnit(value + 1)) {
      kept.push(tokens[at]!);
      at++;
      continue;
    }
    kept.push(patterns.slotFor(tokens[at]!));
    found = true;
    at = value + 2;
    if (word(at) === ' (' && tokens[at + 1] === 0 && isUnit(at + 2) && word(at + 3) === ')') {
      at += 4;
    }
  }
  return found ? kept : null;
}

/**
 * Rows that differ only in the length of a list of slots (`a b c` or `a, b, c`) are one pattern
 * with one slot for the list. A list that always has the same length is a table of columns and
 * keeps them.
 */
function collapseLists(patterns: PatternRows): void {
  const lengthsOf = new Map<string, { tokens: readonly number[]; first: number; many: boolean }>();
  const short = patterns.rows.map((row) => {
    const tokens = withoutLists(row.tokens, patterns);
    if (tokens === null) return null;
    const name = tokens.join();
    const known = lengthsOf.get(name);
    if (known === undefined) {
      lengthsOf.set(name, { tokens, first: row.tokens.length, many: false });
    } else if (known.first !== row.tokens.length) {
      known.many = true;
    }
    return name;
  });
  for (const row of patterns.rows) {
    const known = lengthsOf.get(row.tokens.join());
    if (known !== undefined) known.many = true;
  }
  patterns.rewrite((_, index) => {
    const name = short[index] ?? null;
    const known = name === null ? undefined : lengthsOf.get(name);
    return known?.many === true ? known.tokens : null;
  });
}

/** The tokens with each run of three or more like slots as one slot, or null without such a run. */
function withoutLists(tokens: readonly number[], patterns: PatternRows): readonly number[] | null {
  const kept: number[] = [];
  let found = false;
  let at = 0;
  while (at < tokens.length) {
    const id = tokens[at]!;
    kept.push(id);
    at++;
    if (!isSlotId(id)) continue;
    const comma = at + 1 < tokens.length && patterns.text(tokens[at]!) === ',';
    const step = comma ? 2 : 1;
    let end = at;
    while (
      end + step <= tokens.length &&
      tokens[end + step - 1] === 1 &&
      (!comma || tokens[end] === tokens[at])
    ) {
      end += step;
    }
    if ((end - at) / step >= 2) {
      found = true;
      at = end;
    }
  }
  return found ? kept : null;
}
