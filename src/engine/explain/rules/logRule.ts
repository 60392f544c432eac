import type { Category } from '../explanation.ts';
import type { Role } from '../knowledge/rule.ts';

/** What one product's message means, and what to do about it: one entry of a rule file. */
export interface LogRule {
  /** Unique among all rules: `pg-disk-full`. */
  readonly id: string;
  /** Key of the rule's family: `postgres`. */
  readonly family: string;
  /** Name of the product for a reader: `PostgreSQL`. */
  readonly product: string;
  readonly title: string;
  readonly role: Role;
  readonly category: Category;
  /** How sure the words are, 0..1. */
  readonly strength: number;
  /** What happened, as a clause without a full stop; `{name}` stands for a capture. */
  readonly says: string;
  /** Literal texts; one of them, or one of the patterns, must stand in a message. Lower case. */
  readonly phrases: readonly string[];
  readonly patterns: readonly RulePattern[];
  /** Literal texts that must all stand there as well. Lower case. */
  readonly all: readonly string[];
  /** Literal texts that speak against it. Lower case. */
  readonly not: readonly string[];
  /** Sentences that tell where to look; their commands only read. */
  readonly checks: readonly string[];
  readonly fixes: readonly string[];
  readonly prevents: readonly string[];
  /** Addresses of the product's documentation. */
  readonly refs: readonly string[];
}

export interface RulePattern {
  /** RE2 syntax; letters match in either case. */
  readonly source: string;
  /** A lower-case text without which the pattern cannot match: it is looked for first. */
  readonly needs: string;
}

/** Messages that a rule must find and must leave alone. */
export interface RuleTests {
  readonly hits: readonly string[];
  readonly misses: readonly string[];
}

/** The rules of one file. */
export interface RuleFamily {
  readonly family: string;
  readonly product: string;
  readonly rules: readonly LogRule[];
}
