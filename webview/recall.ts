/** Where a reader is among earlier questions. */
export interface Recall {
  /** How many questions back, 0 for the reader's own words. */
  readonly back: number;
  /** What stood in the box before the first step back. */
  readonly draft: string;
}

export const notRecalling: Recall = { back: 0, draft: '' };

/**
 * One step through the questions asked before, as in a shell: back to the oldest, forward to what
 * the reader had typed.
 * @param history oldest first
 * @param typed what stands in the box now
 */
export function recall(
  history: readonly string[],
  from: Recall,
  typed: string,
  step: -1 | 1,
): { readonly text: string; readonly recall: Recall } {
  const back = Math.min(history.length, Math.max(0, from.back - step));
  if (back === from.back) return { text: typed, recall: from };
  const draft = from.back === 0 ? typed : from.draft;
  return back === 0
    ? { text: draft, recall: notRecalling }
    : { text: history[history.length - back] ?? '', recall: { back, draft } };
}
