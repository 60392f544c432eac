import type { Rule } from './rule.ts';

/** One phrase of one rule, found by its first word. */
interface Entry {
  readonly phrase: string;
  /** Position of the first word inside the phrase. */
  readonly lead: number;
  /** The phrase may go on inside a word: written with a trailing `*`. */
  readonly open: boolean;
  readonly rule: number;
  readonly list: 'any' | 'also' | 'not';
}

/** Rules made ready for matching: every phrase is found by its first word, so a text is read once. */
export interface PhraseIndex {
  readonly rules: readonly Rule[];
  readonly byWord: ReadonlyMap<string, readonly Entry[]>;
}

/** A rule whose phrases stand in a text. */
export interface PhraseMatch {
  readonly rule: Rule;
  readonly words: string;
  readonly at: number;
}

const word = /[a-z0-9_]+/g;

/** Prepares rules; the cost is paid once per process. */
export function indexPhrases(rules: readonly Rule[]): PhraseIndex {
  const byWord = new Map<string, Entry[]>();
  const add = (text: string, rule: number, list: Entry['list']): void => {
    const open = text.endsWith('*');
    const phrase = open ? text.slice(0, -1) : text;
    const first = /[a-z0-9_]+/.exec(phrase);
    if (first === null) throw new RangeError(`A phrase needs a word: "${text}"`);
    const entries = byWord.get(first[0]);
    const entry = { phrase, lead: first.index, open, rule, list };
    if (entries === undefined) byWord.set(first[0], [entry]);
    else entries.push(entry);
  };
  rules.forEach((rule, index) => {
    for (const text of rule.any) add(text, index, 'any');
    for (const text of rule.also ?? []) add(text, index, 'also');
    for (const text of rule.not ?? []) add(text, index, 'not');
  });
  return { rules, byWord };
}

/** A phrase ends at a word boundary; a hyphen that leads into another word is no boundary. */
function endsCleanly(text: string, end: number): boolean {
  if (end >= text.length) return true;
  const last = text.charCodeAt(end - 1);
  if (!isWordCode(last)) return true;
  const next = text.charCodeAt(end);
  if (isWordCode(next)) return false;
  return !(next === 45 && isWordCode(text.charCodeAt(end + 1)));
}

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95;
}

/** Rules whose phrases stand in a lower-cased text. Linear in the text for a fixed set of rules. */
export function matchPhrases(index: PhraseIndex, lower: string): readonly PhraseMatch[] {
  const any = new Map<number, { words: string; at: number }>();
  const also = new Set<number>();
  const not = new Set<number>();
  for (const token of lower.matchAll(word)) {
    const entries = index.byWord.get(token[0]);
    if (entries === undefined) continue;
    for (const { phrase, lead, open, rule, list } of entries) {
      const at = token.index - lead;
      if (at < 0 || !lower.startsWith(phrase, at)) continue;
      if (!open && !endsCleanly(lower, at + phrase.length)) continue;
      if (list === 'not') not.add(rule);
      else if (list === 'also') also.add(rule);
      else if (!isNegated(lower, at) && !isSetting(lower, at + phrase.length)) {
        const known = any.get(rule);
        if (known === undefined || phrase.length > known.words.length) {
          any.set(rule, { words: phrase.trim(), at });
        }
      }
    }
  }
  const matches: PhraseMatch[] = [];
  for (const [id, { words, at }] of any) {
    const rule = index.rules[id];
    if (rule === undefined || not.has(id)) continue;
    if (rule.also !== undefined && !also.has(id)) continue;
    matches.push({ rule, words, at });
  }
  return matches;
}

const negations = [
  'no ',
  'not ',
  'without ',
  'zero ',
  'never ',
  'avoid ',
  'avoids ',
  'prevent ',
  'prevents ',
  'preventing ',
  'in case of ',
  'if ',
  'unless ',
  'on ',
  'handle ',
  'handles ',
  'recovered from ',
  'cleared ',
  'resolved ',
  'fixed ',
  'ignore ',
  'allow ',
  'detect ',
  'simulate ',
  'retry on ',
  'without any ',
  'no more ',
] as const;

/** `0 errors`, `no timeout`, `if out of memory`: what is denied or only planned has not happened. */
export function isNegated(lower: string, at: number): boolean {
  const before = lower.slice(Math.max(0, at - 16), at);
  if (/(?:^|[^0-9a-z_.])0 $/.test(before)) return true;
  return negations.some(
    (negation) =>
      before.endsWith(negation) &&
      (before.length === negation.length ||
        !isWordCode(before.charCodeAt(before.length - negation.length - 1))),
  );
}

/** `timeout=30`, `error: null`: a setting or an empty field has not happened either. */
function isSetting(lower: string, end: number): boolean {
  return /^["']?(?:=|: ?)["']?(?:-?[0-9.]+ ?(?:ms|s|sec|seconds|m|min|h|%|mb|gb|kb)?(?=[\s,;"'})\]]|$)|true\b|false\b|null\b|none\b|nil\b|""|'')/.test(
    lower.slice(end, end + 24),
  );
}
