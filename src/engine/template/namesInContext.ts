import { isSlotId } from './patternRows.ts';
import type { PatternRows } from './patternRows.ts';

/** How many times more records must show a word as a value than as a constant. */
const dominance = 5;

/**
 * Words that turned out to be values, by the word they followed: after `user`, `root` is a name
 * even in a sentence that no one else appears in.
 */
export class NamesInContext {
  readonly #records = new Map<number, number>();

  /** Notes that `word` was a value after `before` in this many records. */
  add(before: number, word: number, records: number): void {
    const name = pairOf(before, word);
    this.#records.set(name, (this.#records.get(name) ?? 0) + records);
  }

  records(before: number, word: number): number {
    return this.#records.get(pairOf(before, word)) ?? 0;
  }

  get empty(): boolean {
    return this.#records.size === 0;
  }
}

/** Token numbers stay far below 2 to the 26th: 65,536 keys of at most 256 tokens. */
function pairOf(before: number, word: number): number {
  return before * 2 ** 26 + word;
}

/** Turns known names into slots where far more records show them as values than as constants. */
export function slotKnownNames(patterns: PatternRows, names: NamesInContext): void {
  if (names.empty) return;
  const constant = new NamesInContext();
  for (const row of patterns.rows) {
    for (let at = 1; at < row.tokens.length; at++) {
      if (names.records(row.tokens[at - 1]!, row.tokens[at]!) > 0) {
        constant.add(row.tokens[at - 1]!, row.tokens[at]!, row.count);
      }
    }
  }
  patterns.rewrite((row) => {
    const tokens = [...row.tokens];
    let found = false;
    for (let at = 1; at < tokens.length; at++) {
      const before = row.tokens[at - 1]!;
      const word = row.tokens[at]!;
      const asValue = isSlotId(word) ? 0 : names.records(before, word);
      if (asValue < dominance * constant.records(before, word) || asValue === 0) continue;
      tokens[at] = patterns.slotFor(word);
      found = true;
    }
    return found ? tokens : null;
  });
}
