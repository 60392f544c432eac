import { tokenize } from './tokenize.ts';

/** A pattern as the set of its constant words. */
export interface Pattern {
  /** The words in order of the alphabet: patterns that differ in their slots only have one key. */
  readonly key: string;
  readonly words: ReadonlySet<string>;
}

export interface Signature {
  /** The same for two incidents of the same patterns and exceptions. */
  readonly key: string;
  /** By key; patterns without words are left out. */
  readonly patterns: ReadonlyMap<string, Pattern>;
  /** Constant words of all patterns. */
  readonly words: ReadonlySet<string>;
  /** Kinds of exceptions, and places in code as `file function`. */
  readonly exceptions: ReadonlySet<string>;
  /** Files of the places in code. */
  readonly files: ReadonlySet<string>;
}

interface Signed {
  readonly templates: readonly string[];
  readonly exceptions: readonly string[];
}

/** Templates whose words an embedding is made of, when there are no exceptions. */
const mostMeaningTemplates = 4;
/** Exceptions that an embedding is made of: a model reads some two hundred words. */
const mostMeaningExceptions = 16;

/** Incidents do not change once read, and each is compared in many searches. */
const known = new WeakMap<Signed, Signature>();

/** The patterns and exceptions of an incident or a query, in a form to compare. */
export function signatureOf(signed: Signed): Signature {
  const before = known.get(signed);
  if (before !== undefined) return before;
  const patterns = new Map<string, Pattern>();
  for (const template of signed.templates) {
    const words = new Set(tokenize(template.replaceAll('<*>', ' ')));
    const key = [...words].sort().join(' ');
    if (key !== '') patterns.set(key, { key, words });
  }
  const exceptions = new Set(signed.exceptions);
  const files = [...exceptions].filter((name) => name.includes(' '));
  const signature = {
    key: JSON.stringify([[...patterns.keys()].sort(), [...exceptions].sort()]),
    patterns,
    words: new Set([...patterns.values()].flatMap(({ words }) => [...words])),
    exceptions,
    files: new Set(files.map((name) => name.slice(0, name.indexOf(' ')))),
  };
  known.set(signed, signature);
  return signature;
}

/**
 * What an incident or a query is embedded by: its exceptions or, without any, its first patterns.
 * All patterns together are mostly the daily business of the system and made all incidents alike.
 * @param otherwise for one that has neither
 */
export function meaningText(signed: Signed, otherwise: string): string {
  const telling =
    signed.exceptions.length > 0
      ? signed.exceptions.slice(0, mostMeaningExceptions)
      : signed.templates.slice(0, mostMeaningTemplates);
  return telling.length > 0 ? telling.join('\n') : otherwise;
}
