import type { Finding, Severity } from '../engine/detect/finding.ts';

const order = { high: 0, medium: 1, low: 2 } as const satisfies Record<Severity, number>;

/** Findings of several logs as one list, best first, ranked anew from 1. */
export function mergeFindings(lists: readonly (readonly Finding[])[]): readonly Finding[] {
  const only = lists.length === 1 ? lists[0] : undefined;
  if (only !== undefined) return only;
  return lists
    .flat()
    .sort(
      (a, b) =>
        order[a.severity] - order[b.severity] ||
        b.score - a.score ||
        b.bits - a.bits ||
        a.rank - b.rank,
    )
    .map((finding, index) => ({ ...finding, rank: index + 1 }));
}
