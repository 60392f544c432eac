import type { Pattern } from './signature.ts';

/** Patterns of two runs differ a little, since each log finds its own slots. */
const samePattern = 0.7;

interface Known {
  readonly pattern: Pattern;
  holders: number;
}

/**
 * The distinct patterns of a memory with the number of incidents that hold each. Patterns are numbered
 * in the order in which they come up.
 */
export class PatternHolders {
  readonly #known: Known[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #byWord = new Map<string, number[]>();

  /** @returns the number of the pattern */
  idOf(pattern: Pattern): number {
    const known = this.#byKey.get(pattern.key);
    if (known !== undefined) return known;
    const id = this.#known.length;
    this.#known.push({ pattern, holders: 0 });
    this.#byKey.set(pattern.key, id);
    for (const word of pattern.words) {
      const ids = this.#byWord.get(word);
      if (ids === undefined) this.#byWord.set(word, [id]);
      else ids.push(id);
    }
    return id;
  }

  /** One incident more (1) or less (-1) holds a pattern. */
  hold(id: number, change: 1 | -1): void {
    const known = this.#known[id];
    if (known !== undefined) known.holders += change;
  }

  holders(id: number): number {
    return this.#known[id]?.holders ?? 0;
  }

  /**
   * Numbers of the patterns of about the same words: at least 70 % of all words of both are shared.
   * Such a pattern holds at least one of any `n - ceil(0.7 n) + 1` of the `n` words looked for
   * ("prefix filter", Chaudhuri, Ganti and Kaushik, 2006), so that only the rarest words are looked up.
   */
  alike({ key, words }: Pattern): number[] {
    const lists = [...words]
      .map((word) => this.#byWord.get(word) ?? [])
      .sort((a, b) => a.length - b.length);
    const enough = words.size - Math.ceil(samePattern * words.size) + 1;
    const found = new Set<number>();
    const exact = this.#byKey.get(key);
    if (exact !== undefined) found.add(exact);
    const tried = new Set<number>();
    for (const ids of lists.slice(0, enough)) {
      for (const id of ids) {
        if (tried.has(id)) continue;
        tried.add(id);
        const other = this.#known[id]?.pattern.words;
        if (other !== undefined && overlap(other, words) >= samePattern) found.add(id);
      }
    }
    return [...found];
  }
}

/** Jaccard: shared words among all words. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  // The bound on the result from the sizes alone spares most comparisons.
  if (Math.min(a.size, b.size) < samePattern * Math.max(a.size, b.size)) return 0;
  if (a.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return shared / (a.size + b.size - shared);
}
