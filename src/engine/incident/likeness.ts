import type { Incident, IncidentQuery } from './incident.ts';
import { tokenize } from './tokenize.ts';

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

/** Constant words from which on a pattern says something of its own. */
const tellingWords = 3;
/** Patterns of two runs differ a little, since each log finds its own slots. */
const samePattern = 0.7;
/** What an embedder gives unrelated texts; only what is above counts. */
const unrelatedCosine = 0.5;

/**
 * How alike an incident and a query are, as independent signs joined ("noisy or"): shared patterns,
 * shared exceptions, and the vectors' cosine (null where there is none).
 */
export function likeness(
  incident: Incident,
  query: IncidentQuery,
  cosine: number | null,
): Likeness {
  const theirs = incident.templates.map(patternOf);
  const ours = query.templates.map(patternOf);
  let shared = 0;
  let sharedWeight = 0;
  let weight = 0;
  for (const pattern of ours) {
    weight += pattern.weight;
    if (!theirs.some((other) => overlap(pattern.words, other.words) >= samePattern)) continue;
    shared += 1;
    sharedWeight += pattern.weight;
  }
  const theirWeight = theirs.reduce((sum, pattern) => sum + pattern.weight, 0);
  const smaller = Math.min(weight, theirWeight);
  const byTemplates = smaller > 0 ? Math.min(1, sharedWeight / smaller) : 0;
  const sharedExceptions = count(incident.exceptions, query.exceptions);
  const exceptions = new Set([...incident.exceptions, ...query.exceptions]).size;
  const byExceptions = exceptions > 0 ? sharedExceptions / exceptions : 0;
  const byMeaning =
    cosine === null ? 0 : Math.max(0, (cosine - unrelatedCosine) / (1 - unrelatedCosine));
  const exact =
    query.templates.length > 0 &&
    sameSet(incident.templates, query.templates) &&
    sameSet(incident.exceptions, query.exceptions);
  return {
    similarity: exact
      ? 1
      : 1 - (1 - 0.9 * byTemplates) * (1 - 0.6 * byExceptions) * (1 - 0.8 * byMeaning),
    sharedTemplates: shared,
    sharedExceptions,
    sharedComponents: count(incident.components, query.components),
    exact,
  };
}

interface Pattern {
  readonly words: ReadonlySet<string>;
  /** 0..1: a pattern of one word is shared by chance. */
  readonly weight: number;
}

function patternOf(template: string): Pattern {
  const words = new Set(tokenize(template.replaceAll('<*>', ' ')));
  return { words, weight: Math.min(1, words.size / tellingWords) };
}

/** Jaccard: shared words among all words. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return shared / (a.size + b.size - shared);
}

function count(a: readonly string[], b: readonly string[]): number {
  const known = new Set(b);
  return new Set(a.filter((item) => known.has(item))).size;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const known = new Set(b);
  return known.size === new Set(a).size && a.every((item) => known.has(item));
}
