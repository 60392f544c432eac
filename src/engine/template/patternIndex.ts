import { isSlotId } from './patternRows.ts';

/** Patterns compared per message: beyond this a message counts as new, which costs a key, not an error. */
const maxCandidates = 64;

/**
 * Finds the pattern that a masked message follows: a tree of fixed depth as in Drain (He et al.
 * 2017), keyed by the number of tokens and the first two, each literal or slot.
 */
export class PatternIndex {
  readonly #byStart = new Map<string, number[]>();
  readonly #patterns: readonly (readonly number[])[];

  constructor(patterns: readonly (readonly number[])[]) {
    this.#patterns = patterns;
    patterns.forEach((tokens, index) => {
      if (!tokens.some(isSlotId)) return;
      const name = startOf(tokens.length, tokens[0], tokens[1]);
      const known = this.#byStart.get(name);
      if (known === undefined) this.#byStart.set(name, [index]);
      else known.push(index);
    });
  }

  /** Index of the pattern with the most literal tokens that covers these tokens, or -1. */
  find(tokens: readonly number[]): number {
    let best = -1;
    let bestLiterals = -1;
    for (const first of variants(tokens[0])) {
      for (const second of variants(tokens[1])) {
        const candidates = this.#byStart.get(startOf(tokens.length, first, second)) ?? [];
        for (const index of candidates.slice(0, maxCandidates)) {
          const literals = literalsWhenCovered(this.#patterns[index]!, tokens);
          if (literals <= bestLiterals) continue;
          best = index;
          bestLiterals = literals;
        }
      }
    }
    return best;
  }
}

function startOf(length: number, first: number | undefined, second: number | undefined): string {
  return `${length},${first ?? -1},${second ?? -1}`;
}

function variants(token: number | undefined): readonly (number | undefined)[] {
  return token === undefined || isSlotId(token) ? [token] : [token, 0, 1];
}

function literalsWhenCovered(pattern: readonly number[], tokens: readonly number[]): number {
  let literals = 0;
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === tokens[at]) literals++;
    else if (!isSlotId(pattern[at]!)) return -1;
  }
  return literals;
}
