import type { Category } from '../explanation.ts';

/**
 * Where a message stands in a chain: a `cause` breaks things, an `effect` is what breaks next, a
 * `symptom` is only how somebody noticed.
 */
export type Role = 'cause' | 'effect' | 'symptom';

/** A fact about log messages in general: when these words stand there, this has happened. */
export interface Rule {
  readonly category: Category;
  readonly role: Role;
  /** How sure the words are on their own, 0..1. */
  readonly strength: number;
  /** What happened, as a clause that can stand in a sentence: "the disk was full". */
  readonly says: string;
  /** Lower-case phrases; one of them must stand in the text, at word boundaries. */
  readonly any: readonly string[];
  /** Lower-case phrases of which one must stand there as well. */
  readonly also?: readonly string[];
  /** Lower-case phrases that speak against it: near misses. */
  readonly not?: readonly string[];
}

/** A rule that holds for a text, and the words that made it hold. */
export interface Hit {
  readonly category: Category;
  readonly role: Role;
  readonly strength: number;
  readonly says: string;
  /** What stood in the text, for the basis of a claim: `no space left on device`, `HTTP 503`. */
  readonly words: string;
  /** Position of the words in the text, in characters. */
  readonly at: number;
  /** The product's rule that matched; absent where general knowledge speaks. */
  readonly rule?: MatchedRule;
}

/** What a product's rule adds to a hit, with the message's own values put in. */
export interface MatchedRule {
  /** `pg-disk-full` */
  readonly id: string;
  /** Name of the product: `PostgreSQL`. */
  readonly product: string;
  readonly title: string;
  /** What its pattern captured, by name; as hostile as the log. */
  readonly captures: Readonly<Record<string, string>>;
  /** Sentences; their commands only read. */
  readonly checks: readonly string[];
  readonly fixes: readonly string[];
  readonly prevents: readonly string[];
  /** Addresses of documentation. */
  readonly refs: readonly string[];
}
