/** One replaced stretch of a document, in UTF-16 units of the text before the change. */
export interface ContentChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** Work that a log waits for. `append` holds what was added at its end, oldest first. */
export type PendingWork =
  { readonly kind: 'all' } | { readonly kind: 'append'; readonly texts: readonly string[] };

/**
 * What one change event asks for; null where the text stayed as it was.
 * @param loaded the editor has loaded a file anew: it replaces a last line without an end by the longer
 * one, and whoever reads the file compares its end with what is known
 */
export function classifyChange(
  lengthBefore: number,
  changes: readonly ContentChange[],
  loaded = false,
): PendingWork | null {
  const real = changes.filter((change) => change.rangeLength > 0 || change.text.length > 0);
  const [only] = real;
  if (only === undefined) return null;
  const { rangeOffset, rangeLength, text } = only;
  const atTheEnd = real.length === 1 && rangeOffset + rangeLength === lengthBefore;
  const onlyAdds = rangeLength === 0 || (loaded && text.length > rangeLength);
  return atTheEnd && onlyAdds && rangeOffset > 0
    ? { kind: 'append', texts: [text] }
    : { kind: 'all' };
}

/** UTF-16 units by which the text became longer. */
export function growth(changes: readonly ContentChange[]): number {
  return changes.reduce((sum, { text, rangeLength }) => sum + text.length - rangeLength, 0);
}

/** Both pieces of work in one: appended texts join, everything else means starting over. */
export function mergeWork(waiting: PendingWork | null, next: PendingWork): PendingWork {
  if (waiting === null) return next;
  if (waiting.kind === 'all' || next.kind === 'all') return { kind: 'all' };
  return { kind: 'append', texts: [...waiting.texts, ...next.texts] };
}
