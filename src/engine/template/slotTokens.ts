/** The token of a variable position, without and with white space before it. */
export const slot = '<*>';
export const spacedSlot = ' <*>';

export function isSlot(token: string): boolean {
  return token === slot || token === spacedSlot;
}

/** Marks that tie values together: `10.0.0.1:80`, `12:30:01`, `a|b`, `1,293`. */
const joiners = new Set(['.', ':', '#', '/', '@', '-', '|', '_', ',', '::', '--', '..', '://']);

/**
 * Merges slots that only a joining mark, or nothing, keeps apart; a literal `<*>` of the message
 * reads as a slot, so that the text of a template is never ambiguous. Patterns are compared in
 * this form.
 */
export function joinSlots(tokens: readonly string[]): string[] {
  const joined: string[] = [];
  for (const token of tokens) {
    joined.push(token);
    if (token === '>' && isStarInBrackets(joined)) {
      const blank = joined[joined.length - 3]!.startsWith(' ') ? spacedSlot : slot;
      joined.length -= 3;
      joined.push(blank);
    }
    mergeTail(joined);
  }
  return joined;
}

function isStarInBrackets(tokens: readonly string[]): boolean {
  const length = tokens.length;
  const open = tokens[length - 3];
  return length >= 3 && tokens[length - 2] === '*' && (open === '<' || open === ' <');
}

const closing = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

function isBracketed(tokens: readonly string[], at: number): boolean {
  const close = closing.get(tokens[at]!.trimStart());
  return close !== undefined && tokens[at + 1] === slot && tokens[at + 2] === close;
}

function replaceTail(tokens: string[], length: number): void {
  const first = tokens[tokens.length - length]!;
  tokens.length -= length;
  tokens.push(first.startsWith(' ') ? spacedSlot : slot);
}

function mergeTail(tokens: string[]): void {
  const length = tokens.length;
  if (length >= 6 && isBracketed(tokens, length - 3) && isBracketed(tokens, length - 6)) {
    // `[0,1][20,4]`
    if (!tokens[length - 3]!.startsWith(' ')) replaceTail(tokens, 6);
    return;
  }
  if (length < 2 || tokens[length - 1] !== slot) return;
  if (isSlot(tokens[length - 2]!)) {
    tokens.length = length - 1;
  } else if (length >= 3 && isSlot(tokens[length - 3]!) && joiners.has(tokens[length - 2]!)) {
    tokens.length = length - 2;
  } else if (length >= 4 && isBracketed(tokens, length - 4)) {
    // `{guid}\path`: a bracketed value and what is tied to it.
    replaceTail(tokens, 4);
  }
}
