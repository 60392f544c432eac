import { nameOf } from './patternRows.ts';
import type { PatternRow, PatternRows } from './patternRows.ts';
import { identifierWord } from './tokenClasses.ts';

/**
 * Rows that agree in everything but words that look like names of things (`alt0`, `db.orders`,
 * `AcmeFilter$Inner`) are one pattern: the names that differ are values, those that all rows share
 * are not. Several positions may differ at once. The first word is left alone: there a name says
 * who speaks or which setting is meant.
 * @returns whether any row changed.
 */
export function slotIdentifiers(patterns: PatternRows): boolean {
  const { classes } = patterns.vocabulary;
  const isName = (id: number, at: number): boolean => at > 0 && classes[id] === identifierWord;
  const groups = new Map<string, PatternRow[]>();
  const names = patterns.rows.map((row) => {
    const { tokens } = row;
    const name = tokens.some(isName)
      ? nameOf(tokens.map((id, at) => (isName(id, at) ? patterns.slotFor(id) : id)))
      : row.name;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
    return name;
  });
  return patterns.rewrite((row, index) => {
    const group = groups.get(names[index]!)!;
    if (group.length < 2) return null;
    const tokens = row.tokens.map((id, at) =>
      isName(id, at) && group.some((other) => other.tokens[at] !== id) ? patterns.slotFor(id) : id,
    );
    return tokens.some((id, at) => id !== row.tokens[at]) ? tokens : null;
  });
}
