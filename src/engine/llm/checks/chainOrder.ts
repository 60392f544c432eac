import type { SentItem } from '../prompt.ts';

/** One step of a chain of events with the evidence that it cites. */
export interface Step {
  readonly items: readonly SentItem[];
}

/**
 * The steps that stand in an impossible order: one that was over before an earlier one began. Times
 * decide where both state one; within one log its lines do; otherwise nothing is known. As few steps
 * as possible are blamed (the longest chain that is possible stays).
 * @returns positions in the chain, ascending
 */
export function misplacedSteps(chain: readonly Step[]): readonly number[] {
  const best = chain.map(() => 1);
  const before = chain.map(() => -1);
  let last = -1;
  for (const [index, step] of chain.entries()) {
    for (let earlier = 0; earlier < index; earlier++) {
      const chained = chainTo(before, earlier);
      const length = (best[earlier] ?? 0) + 1;
      if (length <= (best[index] ?? 0)) continue;
      if (chained.some((at) => isAfter(chain[at], step))) continue;
      best[index] = length;
      before[index] = earlier;
    }
    if (last < 0 || (best[index] ?? 0) > (best[last] ?? 0)) last = index;
  }
  const kept = new Set(chainTo(before, last));
  return chain.map((_, index) => index).filter((index) => !kept.has(index));
}

function chainTo(before: readonly number[], end: number): readonly number[] {
  const chain = [];
  for (let at = end; at >= 0; at = before[at] ?? -1) chain.push(at);
  return chain;
}

/** Whether everything that the first step cites comes after everything that the second one cites. */
function isAfter(first: Step | undefined, second: Step): boolean {
  if (first === undefined || first.items.length === 0 || second.items.length === 0) return false;
  return first.items.every((late) =>
    second.items.every((early) => {
      if (late.path === early.path) return late.line > early.endLine;
      return late.time > early.time;
    }),
  );
}
