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
  slotAssignments(patterns);
  collapseLists(patterns);
  for (let round = 0; round < maxRounds; round++) {
    if (!wipePositions(patterns)) break;
  }
  collapseLists(patterns);
}

/** `name=word`: a value, unless the name only ever had this one word in many records. */
function slotAssignments(patterns: PatternRows): void {
  const valuesOf = new Map<number, { value: number; count: number; constant: boolean }>();
  const texts = patterns.vocabulary.texts;
  const eachAssignment = (row: PatternRow, visit: (name: number, at: number) => void): void => {
    for (let at = 2; at < row.tokens.length; at++) {
      const id = row.tokens[at]!;
      if (texts[row.tokens[at - 1]!]!.trim() !== '=') continue;
      if (isSlotId(id) || /[\p{L}\p{N}]/u.test(texts[id]!)) visit(row.tokens[at - 2]!, at);
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
      const constant = known.constant && known.count >= constantSupport;
      if (!isSlotId(row.tokens[at]!) && !constant) places.push(at);
    });
    if (places.length === 0) return null;
    const tokens = [...row.tokens];
    for (const at of places) tokens[at] = patterns.slotFor(tokens[at]!);
    return tokens;
  });
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
