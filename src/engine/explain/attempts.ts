import type { Hit } from './knowledge/rule.ts';

/** Attempts to reach the same peer from which on they speak of the peer, not of a hiccup. */
const manyAttempts = 10;
export const noAnswer = 'a peer did not answer repeated attempts to connect';

/**
 * A peer that many attempts did not reach. One attempt that is repeated says nothing, and is
 * written as information; only their number tells.
 */
export function attemptFacts(text: string, count: number): readonly Hit[] {
  if (count < manyAttempts) return [];
  const match =
    /\b(?:retrying connect(?:ion)?|reconnect(?:ing)? attempt|connect(?:ion)? attempt [0-9]+)\b/i.exec(
      text,
    );
  if (match === null) return [];
  return [
    {
      category: 'dependency.unavailable',
      role: 'effect',
      strength: 0.75,
      says: noAnswer,
      words: match[0].toLowerCase(),
      at: match.index,
    },
  ];
}
