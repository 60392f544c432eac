/** A piece of a sentence: words, or what stands between backticks. */
export interface TextPiece {
  readonly kind: 'words' | 'code';
  readonly text: string;
}

/** A sentence split at pairs of backticks; one without a partner stays a character. */
export function textPieces(text: string): readonly TextPiece[] {
  const parts = text.split('`');
  // An even number of parts means that the last backtick has no partner.
  if (parts.length % 2 === 0) {
    const last = parts.pop() ?? '';
    parts.push(`${parts.pop() ?? ''}\`${last}`);
  }
  return parts.flatMap((part, index): TextPiece[] =>
    part === '' ? [] : [{ kind: index % 2 === 1 ? 'code' : 'words', text: part }],
  );
}
