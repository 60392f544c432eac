import type { PatternHolders } from './patternHolders.ts';
import { signatureOf, type Signature } from './signature.ts';
import type { IncidentQuery } from './incident.ts';

/** What two incidents share. */
export interface Likeness {
  /** 0..1. */
  readonly similarity: number;
  readonly sharedTemplates: number;
  readonly sharedExceptions: number;
  readonly sharedComponents: number;
  /** All patterns and exceptions are the same. */
  readonly exact: boolean;
}

/** An incident, prepared to be compared. */
export interface Comparable {
  readonly signature: Signature;
  /** Numbers of its patterns. */
  readonly patterns: readonly number[];
  readonly components: readonly string[];
}

/** How often patterns and exceptions occur in a memory; what every incident has tells none apart. */
export interface Frequencies {
  readonly patterns: PatternHolders;
  /** Incidents that hold an exception, by its name. */
  readonly exceptions: ReadonlyMap<string, number>;
  /** Incidents of different signatures. */
  readonly total: number;
}

/** A pattern that is looked for. */
interface Wanted {
  /** How telling it is, 0..1. */
  readonly weight: number;
  /** Numbers of the patterns that count as the same. */
  readonly alike: ReadonlySet<number>;
}

/** A query, prepared to be compared with many incidents. */
export interface Prepared {
  readonly query: IncidentQuery;
  readonly signature: Signature;
  readonly wanted: readonly Wanted[];
  readonly ofException: (name: string) => number;
}

/** Constant words from which on a pattern says something of its own. */
const tellingWords = 3;
/** Weight that a query lacks in any case: one shared pattern is less than several. */
const missingWeight = 0.3;
/** What an embedder gives unrelated texts; only what is above counts. */
const unrelatedCosine = 0.5;
/**
 * How sure each sign makes by itself. Chosen on 20 labelled fault injections into OpenStack and checked
 * on 20 others (2026-11-21): of the incidents called similar, 93 % and 83 % had the same faulty file;
 * 2 of 40 healthy runs found one. Without rarity it was 12 %, 13 % and 38 of 40.
 */
const trust = { patterns: 0.9, exceptions: 0.8, meaning: 0.4 };

/**
 * Prepares a query: which patterns of the memory it means, and how telling each is. Rarity is inverse
 * document frequency (Spärck Jones, 1972): 1 for what one incident has, near 0 for what all have.
 * Incidents of the same patterns and exceptions count once, so that a failure that came back often does
 * not pass for daily business; patterns that are nearly the same count together, since each log finds
 * its own slots.
 */
export function prepare(query: IncidentQuery, frequencies: Frequencies): Prepared {
  const { patterns, exceptions } = frequencies;
  const total = Math.max(1, frequencies.total);
  const rarity = (holders: number): number =>
    Math.log((total + 1) / Math.min(total, Math.max(1, holders))) / Math.log(total + 1);
  const signature = signatureOf(query);
  const wanted = [...signature.patterns.values()].map((pattern) => {
    const alike = patterns.alike(pattern);
    const holders = alike.reduce((sum, id) => sum + patterns.holders(id), 0);
    const weight = Math.min(1, pattern.words.size / tellingWords) * rarity(holders);
    return { weight, alike: new Set(alike) };
  });
  return {
    query,
    signature,
    wanted,
    ofException: (name) => rarity(exceptions.get(name) ?? 1),
  };
}

/**
 * How alike an incident and a query are, as independent signs joined ("noisy or"): the share of the
 * query's patterns that the incident has, the exceptions that both have, both weighted by rarity,
 * and the vectors' cosine (null where there is none).
 */
export function likeness(
  incident: Comparable,
  { query, signature, wanted, ofException }: Prepared,
  cosine: number | null,
): Likeness {
  let shared = 0;
  let sharedWeight = 0;
  let weight = missingWeight;
  for (const pattern of wanted) {
    weight += pattern.weight;
    if (!incident.patterns.some((id) => pattern.alike.has(id))) continue;
    shared += 1;
    sharedWeight += pattern.weight;
  }
  const sumOf = (names: Iterable<string>): number => {
    let sum = 0;
    for (const name of names) sum += ofException(name);
    return sum;
  };
  const theirs = incident.signature.exceptions;
  const both = [...signature.exceptions].filter((name) => theirs.has(name));
  const allExceptions = sumOf(signature.exceptions) + sumOf(theirs);
  const byExceptions = allExceptions > 0 ? (2 * sumOf(both)) / allExceptions : 0;
  const byMeaning =
    cosine === null ? 0 : Math.max(0, (cosine - unrelatedCosine) / (1 - unrelatedCosine));
  const known = signature.patterns.size + signature.exceptions.size > 0;
  const exact = known && incident.signature.key === signature.key;
  return {
    similarity: exact
      ? 1
      : 1 -
        (1 - (trust.patterns * sharedWeight) / weight) *
          (1 - trust.exceptions * byExceptions) *
          (1 - trust.meaning * byMeaning),
    sharedTemplates: shared,
    sharedExceptions: both.length,
    sharedComponents: count(incident.components, query.components),
    exact,
  };
}

function count(a: readonly string[], b: readonly string[]): number {
  const known = new Set(b);
  return new Set(a.filter((item) => known.has(item))).size;
}
