import { isSlotId, nameOf } from './patternRows.ts';
import type { PatternRows } from './patternRows.ts';

const unit =
  /^(?:bytes?|[kmgtp]?i?b|[kmg]?bits?|[numµ]?s|msecs?|secs?|seconds?|mins?|minutes?|hours?|hrs?|days?|milliseconds?|microseconds?|nanoseconds?)$/i;

/**
 * A unit belongs to the value where it varies: rows that become equal without the units after
 * values, without a second statement in brackets (`1293 bytes (1.26 KB)`) and without a limit sign
 * before a value (`<1 sec`) are one pattern.
 */
export function slotUnits(patterns: PatternRows): void {
  const bare = patterns.rows.map((row) => withoutUnits(row.tokens, patterns));
  const names = patterns.rows.map((row, index) => {
    const tokens = bare[index] ?? null;
    return tokens === null ? row.name : nameOf(tokens);
  });
  const rowsOf = new Map<string, number>();
  for (const name of names) rowsOf.set(name, (rowsOf.get(name) ?? 0) + 1);
  patterns.rewrite((_, index) => (rowsOf.get(names[index]!)! > 1 ? (bare[index] ?? null) : null));
}

/** The tokens with the units of values taken into them, or null when there are none. */
function withoutUnits(tokens: readonly number[], patterns: PatternRows): readonly number[] | null {
  const { bare, texts } = patterns.vocabulary;
  const isUnit = (at: number): boolean => {
    const id = tokens[at];
    return id !== undefined && patterns.isSpaced(id) && unit.test(bare[id]!);
  };
  const kept: number[] = [];
  let found = false;
  let at = 0;
  while (at < tokens.length) {
    const limit = tokens[at + 1] === 0 && /^[<>]$/.test(bare[tokens[at]!]!) && isUnit(at + 2);
    const value = limit ? at + 1 : at;
    if (!isSlotId(tokens[value]!) || !isUnit(value + 1)) {
      kept.push(tokens[at]!);
      at++;
      continue;
    }
    kept.push(patterns.slotFor(tokens[at]!));
    found = true;
    at = value + 2;
    const opens = at + 3 < tokens.length && texts[tokens[at]!] === ' (' && tokens[at + 1] === 0;
    if (opens && isUnit(at + 2) && texts[tokens[at + 3]!] === ')') at += 4;
  }
  return found ? kept : null;
}
