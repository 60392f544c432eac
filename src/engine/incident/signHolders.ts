import type { Signature } from './signature.ts';

/** What is counted of a signature. */
const kinds = ['words', 'exceptions', 'files'] as const;

/** Kinds of signs that incidents are compared by. */
export type SignKind = (typeof kinds)[number];

/**
 * How many incidents of a memory have each sign, for its rarity. Incidents of the same patterns and
 * exceptions count once, so that a failure that came back often does not pass for daily business.
 */
export class SignHolders {
  readonly #holders: Readonly<Record<SignKind, Map<string, number>>> = {
    words: new Map(),
    exceptions: new Map(),
    files: new Map(),
  };
  #total = 0;

  /** A signature comes (1) or goes (-1). */
  count(signature: Signature, change: 1 | -1): void {
    this.#total += change;
    for (const kind of kinds) {
      const counts = this.#holders[kind];
      for (const sign of signature[kind]) {
        const holders = (counts.get(sign) ?? 0) + change;
        if (holders <= 0) counts.delete(sign);
        else counts.set(sign, holders);
      }
    }
  }

  /**
   * How telling a sign is (inverse document frequency, Spärck Jones, 1972): 1 for what one incident has
   * at most, near 0 for what all have.
   */
  rarity(kind: SignKind, sign: string): number {
    const total = Math.max(1, this.#total);
    const holders = Math.min(total, Math.max(1, this.#holders[kind].get(sign) ?? 1));
    return Math.log((total + 1) / holders) / Math.log(total + 1);
  }
}
