/** A piece of a sentence: words, or what stands between backticks. */
export interface TextPiece {
  readonly kind: 'words' | 'code';
  readonly text: string;
}

/**
 * A sentence split at pairs of backticks; one without a partner stays a character. A sentence that
 * quotes a log is words only: its backticks may be the log's, and a log offers no commands.
 */
export function textPieces(text: string): readonly TextPiece[] {
  if (text.includes('“')) return [{ kind: 'words', text }];
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
