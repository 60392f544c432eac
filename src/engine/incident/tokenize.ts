/** Tokens shorter than this say nothing, unless they are codes. */
const shortest = 2;
/** Bounds the work on one text. */
const mostTokens = 2000;

/**
 * Words of a log text for lexical search: lower case, camelCase and paths taken apart beside the
 * whole, error codes and exception names kept, slots and bare numbers of one digit dropped. Linear
 * in the length of the text.
 */
export function tokenize(text: string): string[] {
  const tokens: string[] = [];
  for (const [word] of text.matchAll(/[\p{L}\p{N}_$]+/gu)) {
    if (tokens.length >= mostTokens) break;
    const whole = word.toLowerCase();
    if (whole.length >= shortest) tokens.push(whole);
    const parts = word.split(/_|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{L})(?=\p{N})/u);
    if (parts.length < 2) continue;
    for (const part of parts) if (part.length > shortest) tokens.push(part.toLowerCase());
  }
  return tokens;
}
