import { isSlotId, nameOf } from './patternRows.ts';
import type { PatternRows } from './patternRows.ts';

/**
 * Rows that differ only in the length of a list of slots (`a b c` or `a, b, c`) are one pattern
 * with one slot for the list. A list that always has the same length is a table of columns and
 * keeps them.
 */
export function collapseLists(patterns: PatternRows): void {
  const lengthsOf = new Map<string, { tokens: readonly number[]; first: number; many: boolean }>();
  const short = patterns.rows.map((row) => {
    const tokens = withoutLists(row.tokens, patterns);
    if (tokens === null) return null;
    const name = nameOf(tokens);
    const known = lengthsOf.get(name);
    if (known === undefined) {
      lengthsOf.set(name, { tokens, first: row.tokens.length, many: false });
    } else if (known.first !== row.tokens.length) {
      known.many = true;
    }
    return name;
  });
  for (const row of patterns.rows) {
    const known = lengthsOf.get(row.name);
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
