import type { LogView } from '../detect/logView.ts';
import type { AnalysedLog } from './analysedLog.ts';
import { readMessage } from './readLines.ts';
import { baseName } from './words.ts';

/** A pattern that answers to the words of a question. */
export interface Mention {
  readonly log: number;
  readonly record: number;
  readonly count: number;
  readonly score: number;
  /** Words of the question that it holds. */
  readonly words: readonly string[];
}

const commonWords = new Set(
  'a an and any are as at be been but by can cause caused could did do does for from had has have how i in into is it its log logs me my no not of on or please root say says should so tell than that the their then there these they this to up us was we were what when where which who why will with you your run before happen happened happening problem wrong'.split(
    ' ',
  ),
);

/** Words of a question that can be looked for, lower case, without endings that only bend a word. */
function questionWords(question: string): readonly string[] {
  const words = question
    .toLowerCase()
    .slice(0, 500)
    .split(/[^a-z0-9_.:/-]+/)
    .map((word) => word.replace(/^[.:/-]+|[.:/-]+$/g, ''))
    .filter((word) => word.length > 1 && !commonWords.has(word));
  return [...new Set(words)].slice(0, 24);
}

/** `failing` and `failed` are looked for as `fail`. */
function stem(word: string): string {
  if (/[0-9_.:/-]/.test(word) || word.length < 5) return word;
  return word.replace(/(?:ations?|tions?|ings?|ures?|ed|es|s)$/, '');
}

/** Whether a text holds a word that begins so: `run` is not in `prune`. */
function startsWord(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    if (!/[a-z0-9]/.test(text.charAt(at - 1)) || !/[a-z0-9]/.test(part.charAt(0))) return true;
  }
  return false;
}

/** Words of a question that texts hold; a rare word counts more than a common one (inverse document frequency). */
class WordsAsked {
  readonly words: readonly string[];
  readonly #stems: readonly string[];
  readonly #frequency: Float64Array;
  #texts = 0;

  constructor(question: string) {
    this.words = questionWords(question);
    this.#stems = this.words.map(stem);
    this.#frequency = new Float64Array(this.words.length);
  }

  /** Counts a text; which of the words it holds. */
  heldBy(text: string): readonly number[] {
    this.#texts += 1;
    const lower = ` ${text}`.toLowerCase();
    const held: number[] = [];
    this.#stems.forEach((part, index) => {
      if (!startsWord(lower, part)) return;
      held.push(index);
      this.#frequency[index] = (this.#frequency[index] ?? 0) + 1;
    });
    return held;
  }

  /** What holding some of the words is worth among all texts that were counted. */
  worth(held: readonly number[]): number {
    return held.reduce(
      (sum, index) => sum + Math.log(1 + this.#texts / Math.max(1, this.#frequency[index] ?? 1)),
      0,
    );
  }
}

/** Texts that hold words of a question, best first, at most `limit`; of equal ones the first. */
export function textsAbout(
  question: string,
  texts: Iterable<string>,
  limit: number,
): readonly string[] {
  const asked = new WordsAsked(question);
  if (asked.words.length === 0) return [];
  const holding: { readonly text: string; readonly held: readonly number[] }[] = [];
  for (const text of texts) {
    const held = asked.heldBy(text);
    if (held.length > 0) holding.push({ text, held });
  }
  return holding
    .map(({ text, held }) => ({ text, score: asked.worth(held) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ text }) => text);
}

/** Patterns that hold words of a question, best first, at most `limit`. */
export function findMentions(
  question: string,
  analyses: readonly AnalysedLog[],
  /** Places that already stand out: their values are looked at too, not only their patterns. */
  places: readonly {
    readonly log: number;
    readonly record: number;
    readonly count: number;
    readonly weight: number;
  }[],
  limit: number,
): readonly Mention[] {
  const asked = new WordsAsked(question);
  if (asked.words.length === 0) return [];
  const documents: {
    readonly log: number;
    readonly record: number;
    readonly count: number;
    readonly held: readonly number[];
    readonly gain: number;
  }[] = [];
  const add = (view: LogView, log: number, record: number, count: number, gain: number): void => {
    const source = view.records.sources[view.records.source[record] ?? 0] ?? '';
    const name = baseName(view.log.path);
    const held = asked.heldBy(`${readMessage(view.log, view.records, record)} ${source} ${name}`);
    if (held.length > 0) documents.push({ log, record, count, held, gain });
  };
  for (const { log, record, count, weight } of places) {
    const view = analyses[log]?.view;
    if (view !== undefined) add(view, log, record, count, 1 + 2 * weight);
  }
  const known = new Set(places.map(({ log, record }) => `${log}:${record}`));
  analyses.forEach(({ view }, log) => {
    for (const { firstRecord, count } of view.templates.templates) {
      if (!known.has(`${log}:${firstRecord}`)) add(view, log, firstRecord, count, 1);
    }
  });
  return documents
    .map(({ log, record, count, held, gain }) => ({
      log,
      record,
      count,
      words: held.map((index) => asked.words[index] ?? ''),
      // What stands out answers a question about trouble better than what is ordinary.
      score: gain * asked.worth(held),
    }))
    .sort((a, b) => b.score - a.score || a.log - b.log || a.record - b.record)
    .slice(0, limit);
}
