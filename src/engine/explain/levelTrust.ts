import { levelRank } from '../record/levels.ts';
import { noAnswer } from './attempts.ts';
import type { Hit } from './knowledge/rule.ts';

const { notice, warning, error, fatal } = levelRank;

/** How much a level alone speaks of trouble, and how far words are believed at that level. */
export function levelPrior(level: number): { readonly base: number; readonly trust: number } {
  if (level >= fatal) return { base: 0.8, trust: 1 };
  if (level === error) return { base: 0.5, trust: 1 };
  if (level === warning) return { base: 0.2, trust: 0.7 };
  if (level === levelRank.unknown) return { base: 0.05, trust: 0.75 };
  if (level === notice) return { base: 0.04, trust: 0.5 };
  return level === levelRank.info ? { base: 0.02, trust: 0.4 } : { base: 0.01, trust: 0.15 };
}

/** A status or exit code is a fact at every level: access logs state a 500 as information. */
export function isStated(hit: Hit): boolean {
  return hit.words.startsWith('HTTP 5');
}

/** How far a fact is believed at any level: a scheduler states a lost node as information. */
export function leastTrust(hit: Hit): number {
  if (isStated(hit)) return 0.9;
  if (hit.says === noAnswer) return 0.8;
  return hit.category === 'node.down' && hit.strength >= 0.8 ? 1 : 0;
}
