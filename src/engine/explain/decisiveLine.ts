/** Marks that a build system puts around its sections, not words of the build itself. */
const sectionMark =
  /^(?:travis_(?:fold|time):|##\[(?:group|endgroup|section|command)\]|::(?:group|endgroup)::|section_(?:start|end):|\[(?:Pipeline|INFO)\]|[-=*#_~ ]{3,}$)/;
const errorWord =
  /\b(?:error|errors|fail(?:ed|ure|ures)?|expected|cannot|could not|unable|undefined|exception|not found|missing|denied|refused)\b/i;
/** `Orders.java:14`, `main.c:3:5`, `Orders.java:[14,2]`, `orders.ts(3,7)`. */
const place = /[\w-]\.[A-Za-z]{1,6}(?::\[?[0-9]|\([0-9])/;

/** Says that a step failed, not why. */
const outcome =
  /\b(?:failed to execute|build failed|failed with|exited with|exit code|process completed with|command failed|returned non-zero)\b/i;

/**
 * The line of a block of a build log that says most: one that holds the words which name the
 * failure, or an error word with a place in a file, rather than a heading or a section mark. A
 * heading that ends in a colon is read with the line below it.
 * @param words the words that name the failure, lower case; empty where none do
 */
export function decisiveLine(lines: readonly string[], words: string): string {
  let best = '';
  let bestScore = Number.NEGATIVE_INFINITY;
  lines.forEach((line, index) => {
    const text = line.trim();
    if (text === '' || sectionMark.test(text)) return;
    const heading = text.endsWith(':');
    const score =
      (words !== '' && text.toLowerCase().includes(words) ? 3 : 0) +
      (errorWord.test(text) ? 2 : 0) +
      (place.test(text) ? 2 : 0) -
      (outcome.test(text) ? 2 : 0) -
      (heading ? 1.5 : 0) -
      (/^[([{|^]/.test(text) ? 1 : 0) -
      // Of equal lines the first one counts: later errors often follow from it.
      Math.min(1, index * 0.02);
    if (score <= bestScore) return;
    bestScore = score;
    const below = heading ? (lines.slice(index + 1).find((item) => item.trim() !== '') ?? '') : '';
    best = below === '' ? text : `${text} ${below.trim()}`;
  });
  return best;
}
