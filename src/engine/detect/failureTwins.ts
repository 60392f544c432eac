/** Words that two patterns must share before one more word on either side may differ. */
const sharedWords = 7;
/** Words that must be there where only one side has a further one. */
const fewestWords = 4;

/** The constant words of a pattern, lower case: what is left of it without slots and numbers. */
export function constantWords(pattern: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const part of pattern
    .slice(0, 600)
    .replaceAll('<*>', ' ')
    .toLowerCase()
    .split(/[^\p{L}]+/u)) {
    if (part.length > 1) words.add(part);
  }
  return words;
}

/**
 * Whether two patterns, given by their constant words, state the same failure: their constant words are the same, or one word
 * differs among many, as where the miner took a name for a constant. Two causes behind one opening
 * ("could not connect - …") differ in more than that and stay apart.
 */
export function sameFailure(first: ReadonlySet<string>, second: ReadonlySet<string>): boolean {
  if (Math.abs(first.size - second.size) > 1) return false;
  let shared = 0;
  for (const word of first) if (second.has(word)) shared += 1;
  const onlyFirst = first.size - shared;
  const onlySecond = second.size - shared;
  if (onlyFirst > 1 || onlySecond > 1) return false;
  if (onlyFirst + onlySecond === 0) return shared >= 1;
  return shared >= (onlyFirst + onlySecond === 1 ? fewestWords : sharedWords);
}
