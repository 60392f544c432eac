import { nameOf } from './patternRows.ts';
import type { PatternRow, PatternRows } from './patternRows.ts';
import { plainWord } from './tokenClasses.ts';

/** Rows that must agree in all but their rare words for these to be values. */
const leastRows = 12;
/** Rows in which a rare word may occur. */
const rare = 2;
/** Words that must remain, so that what remains is still a sentence. */
const leastWords = 2;

/**
 * Values at several places at once: where many rows agree in everything but words that hardly any
 * other row has, those words are values. Looking at one place at a time never finds them, because no
 * two such rows agree in all other places. Linear in the number of tokens.
 */
export function slotSparseWords(patterns: PatternRows): void {
  const { classes } = patterns.vocabulary;
  const isWord = (id: number): boolean => classes[id]! >= plainWord;
  const rowsOf = new Uint32Array(classes.length);
  for (const { tokens } of patterns.rows) {
    for (const id of new Set(tokens)) rowsOf[id]!++;
  }
  // The first word says what happened.
  const isRare = (id: number, at: number): boolean => at > 0 && isWord(id) && rowsOf[id]! <= rare;
  const sizes = new Map<string, number>();
  const shortened = patterns.rows.map((row) => {
    const tokens = withoutRare(row, isRare, isWord, patterns);
    if (tokens === null) return null;
    const name = nameOf(tokens);
    sizes.set(name, (sizes.get(name) ?? 0) + 1);
    return { tokens, name };
  });
  patterns.rewrite((_, index) => {
    const short = shortened[index] ?? null;
    return short !== null && sizes.get(short.name)! >= leastRows ? short.tokens : null;
  });
}

/** The tokens with rare words as slots; null without any, or where they are most of the words. */
function withoutRare(
  { tokens }: PatternRow,
  isRare: (id: number, at: number) => boolean,
  isWord: (id: number) => boolean,
  patterns: PatternRows,
): readonly number[] | null {
  let words = 0;
  let rares = 0;
  tokens.forEach((id, at) => {
    if (isWord(id)) words++;
    if (isRare(id, at)) rares++;
  });
  const remaining = words - rares;
  if (rares === 0 || remaining < leastWords || remaining < rares) return null;
  return tokens.map((id, at) => (isRare(id, at) ? patterns.slotFor(id) : id));
}
