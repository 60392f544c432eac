import { tokenize } from './tokenize.ts';

/** Saturation of repeated words and weight of the text length: the usual values of BM25. */
const k1 = 1.2;
const b = 0.75;

/**
 * BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) of each text for the
 * query, in the order of the texts; 0 where they share no word. Cost grows with the words of all texts.
 */
export function lexicalScores(texts: readonly string[], query: string): number[] {
  const wanted = new Set(tokenize(query));
  const documents = texts.map((text) => {
    const counts = new Map<string, number>();
    let length = 0;
    for (const token of tokenize(text)) {
      length += 1;
      if (wanted.has(token)) counts.set(token, (counts.get(token) ?? 0) + 1);
    }
    return { counts, length };
  });
  const holding = new Map<string, number>();
  let words = 0;
  for (const { counts, length } of documents) {
    words += length;
    for (const token of counts.keys()) holding.set(token, (holding.get(token) ?? 0) + 1);
  }
  const usual = Math.max(1, words / Math.max(1, documents.length));
  return documents.map(({ counts, length }) => {
    let score = 0;
    for (const [token, count] of counts) {
      const held = holding.get(token) ?? 0;
      const rarity = Math.log(1 + (documents.length - held + 0.5) / (held + 0.5));
      score += (rarity * count * (k1 + 1)) / (count + k1 * (1 - b + (b * length) / usual));
    }
    return score;
  });
}
