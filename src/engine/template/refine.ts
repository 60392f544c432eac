import { slotAssignments, slotQuotedValues } from './assignments.ts';
import { fillEmptyBrackets, joinCompounds } from './compounds.ts';
import { slotIdentifiers } from './identifierSlots.ts';
import { collapseLists } from './lists.ts';
import type { PatternRows } from './patternRows.ts';
import { wipePositions } from './positionalSlots.ts';
import { slotSparseWords } from './sparseWords.ts';
import { slotUnits } from './units.ts';

/** Wiping one position can reveal the next. A bound, for logs made to need many rounds. */
const maxRounds = 8;

/**
 * Turns masked keys into templates by what they have in common. Works on the distinct keys with
 * their counts, so its cost does not depend on the length of the log. The order of the keys decides
 * nothing but the order of the rows.
 */
export function refine(patterns: PatternRows): void {
  slotQuotedValues(patterns);
  slotAssignments(patterns);
  slotUnits(patterns);
  collapseLists(patterns);
  fillEmptyBrackets(patterns);
  const names = new Set<string>();
  slotIdentifiers(patterns);
  slotSparseWords(patterns);
  for (let round = 0; round < maxRounds; round++) {
    if (!wipePositions(patterns, names)) break;
  }
  joinCompounds(patterns);
  collapseLists(patterns);
  fillEmptyBrackets(patterns);
}
