/** What a token of a pattern is. The order matters: from `plainWord` on it is a word. */
export const markToken = 0;
export const slotToken = 1;
export const plainWord = 2;
/** A word with a digit or all in capitals: an abbreviation, a device, a state, a constant. */
export const codeWord = 3;
/** A word that can only be the name of a thing: dotted, a class, an address. */
export const identifierWord = 4;

export type TokenClass =
  typeof markToken | typeof slotToken | typeof plainWord | typeof codeWord | typeof identifierWord;

export function tokenClass(text: string): TokenClass {
  const word = text.trimStart();
  if (word === '<*>') return slotToken;
  if (!/[\p{L}\p{N}]/u.test(word)) return markToken;
  if (/\w[.$@/]\w/.test(word)) return identifierWord;
  return /\d|[A-Z]_[A-Z]/.test(word) ? codeWord : plainWord;
}
