import { tokenize } from './tokenize.ts';

/** Saturation of repeated words and weight of the text length: the usual values of BM25. */
const k1 = 1.2;
const b = 0.75;

interface Posting {
  /** Document and count of the word in it, by turns. */
  readonly pairs: number[];
  /** Documents that hold the word and were not removed. */
  holders: number;
}

/** A document that was found by words. */
export interface FoundWords {
  readonly document: number;
  /** Of the words looked for, weighted by rarity, 0..1. */
  readonly share: number;
  readonly found: readonly string[];
}

/**
 * An inverted index for BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
 * Documents are numbered from 0 in the order in which they are added. Adding or removing one costs its
 * words, a search the holders of the words that are looked for.
 */
export class WordIndex {
  readonly #postings = new Map<string, Posting>();
  /** Words of each document, for its removal; null once it is removed. */
  readonly #words: (readonly Posting[] | null)[] = [];
  readonly #lengths: number[] = [];
  #live = 0;
  #allWords = 0;

  /** @returns the document's number */
  add(text: string): number {
    const document = this.#words.length;
    const counts = new Map<string, number>();
    let length = 0;
    for (const token of tokenize(text)) {
      length += 1;
      counts.set(token, (counts.get(token) ?? 0) + 1);
    }
    const held: Posting[] = [];
    for (const [word, count] of counts) {
      let posting = this.#postings.get(word);
      if (posting === undefined) {
        posting = { pairs: [], holders: 0 };
        this.#postings.set(word, posting);
      }
      posting.pairs.push(document, count);
      posting.holders += 1;
      held.push(posting);
    }
    this.#words.push(held);
    this.#lengths.push(length);
    this.#live += 1;
    this.#allWords += length;
    return document;
  }

  remove(document: number): void {
    const held = this.#words[document];
    if (held === undefined || held === null) return;
    for (const posting of held) posting.holders -= 1;
    this.#words[document] = null;
    this.#live -= 1;
    this.#allWords -= this.#lengths[document] ?? 0;
  }

  /** The score of each document, by its number; 0 where it shares no word or was removed. */
  scores(query: string): Float64Array {
    const scores = new Float64Array(this.#words.length);
    const usual = Math.max(1, this.#allWords / Math.max(1, this.#live));
    for (const word of new Set(tokenize(query))) {
      const posting = this.#postings.get(word);
      if (posting === undefined) continue;
      const { pairs, holders } = posting;
      const rarity = Math.log(1 + (this.#live - holders + 0.5) / (holders + 0.5));
      for (let at = 0; at < pairs.length; at += 2) {
        const document = pairs[at] ?? 0;
        if (this.#words[document] === null) continue;
        const count = pairs[at + 1] ?? 0;
        const length = this.#lengths[document] ?? 0;
        const saturated = (count * (k1 + 1)) / (count + k1 * (1 - b + (b * length) / usual));
        scores[document] = (scores[document] ?? 0) + rarity * saturated;
      }
    }
    return scores;
  }

  /**
   * Documents that hold at least one of the words or a word that begins with it, best first: those
   * with the greater share of the words, weighted by rarity.
   */
  find(query: string): FoundWords[] {
    const wanted = [...new Set(tokenize(query))].map((word) => {
      const held = new Set<number>();
      for (const [known, { pairs }] of this.#postings) {
        if (!known.startsWith(word)) continue;
        for (let at = 0; at < pairs.length; at += 2) {
          const document = pairs[at] ?? 0;
          if (this.#words[document] !== null) held.add(document);
        }
      }
      return { word, held, weight: Math.log(1 + (this.#live + 1) / (held.size + 1)) };
    });
    const all = wanted.reduce((sum, { weight }) => sum + weight, 0);
    const found = new Map<number, FoundWords>();
    for (const { word, held, weight } of wanted) {
      for (const document of held) {
        const before = found.get(document) ?? { document, share: 0, found: [] };
        found.set(document, {
          document,
          share: Math.min(1, before.share + weight / all),
          found: [...before.found, word],
        });
      }
    }
    const scores = this.scores(query);
    return [...found.values()].sort(
      (a, b) =>
        b.share - a.share ||
        (scores[b.document] ?? 0) - (scores[a.document] ?? 0) ||
        b.document - a.document,
    );
  }
}
