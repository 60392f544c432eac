import type { PatternRow, PatternRows } from './patternRows.ts';
import { identifierWord, tokenClass } from './tokenClasses.ts';

/**
 * Rows that agree in everything but words that look like names of things (`alt0`, `db.orders`,
 * `AcmeFilter$Inner`) are one pattern: the names that differ are values, those that all rows share
 * are not. Several positions may differ at once. The first word is left alone: there a name says
 * who speaks or which setting is meant.
 * @returns whether any row changed.
 */
export function slotIdentifiers(patterns: PatternRows): boolean {
  const isName = patterns.vocabulary.texts.map((text) => tokenClass(text) === identifierWord);
  const groups = new Map<string, PatternRow[]>();
  const names = patterns.rows.map((row) => {
    const shape = row.tokens.map((id, at) =>
      at > 0 && isName[id] === true ? patterns.slotFor(id) : id,
    );
    const name = shape.join();
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
    return name;
  });
  return patterns.rewrite((row, index) => {
    const group = groups.get(names[index]!)!;
    if (group.length < 2) return null;
    const tokens = row.tokens.map((id, at) =>
      at > 0 && isName[id] === true && group.some((other) => other.tokens[at] !== id)
        ? patterns.slotFor(id)
        : id,
    );
    return tokens.some((id, at) => id !== row.tokens[at]) ? tokens : null;
  });
}
