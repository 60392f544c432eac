import type { Template } from '../template/templateTable.ts';

/** Templates that are told apart by one word only, so that each session takes one or the other. */
export interface SessionStep {
  /** Pattern of all of them: `<*>` where they differ. */
  readonly text: string;
  /** Columns of the templates, at least two. */
  readonly columns: readonly number[];
}

/** Two templates that this share of the sessions holding the rarer one hold both are two steps. */
const together = 0.8;
/** Words of the shortest pattern that is compared: below, one word is half of what it says. */
const fewestWords = 3;
const mostAlternatives = 24;

/**
 * Finds templates that are one step of a session in several wordings (`accepted GET …`, `accepted
 * POST …`): equal but for one word, and not both expected of the same session, as `opened` and
 * `closed` are.
 *
 * @param templates template of each column, null for shared columns
 * @param presence sessions that hold a column
 * @param both sessions that hold both columns
 */
export function findSteps(
  templates: readonly (Template | null)[],
  presence: (column: number) => number,
  both: (left: number, right: number) => number,
): SessionStep[] {
  const byShape = new Map<string, number[]>();
  for (const [column, template] of templates.entries()) {
    if (template === null) continue;
    const words = template.text.split(' ');
    if (words.length < fewestWords) continue;
    for (const [at, word] of words.entries()) {
      if (word.includes('<*>')) continue;
      const shape = words.with(at, '<*>').join(' ');
      const list = byShape.get(shape);
      if (list === undefined) byShape.set(shape, [column]);
      else list.push(column);
    }
  }
  const shapes = [...byShape]
    .filter(([, columns]) => columns.length > 1)
    .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const taken = new Set<number>();
  const steps: SessionStep[] = [];
  for (const [text, columns] of shapes) {
    const alternatives: number[] = [];
    for (const column of columns) {
      if (taken.has(column) || alternatives.length === mostAlternatives) continue;
      const fits = alternatives.every(
        (other) => both(column, other) < together * Math.min(presence(column), presence(other)),
      );
      if (fits) alternatives.push(column);
    }
    if (alternatives.length < 2) continue;
    for (const column of alternatives) taken.add(column);
    steps.push({ text, columns: alternatives });
  }
  return steps;
}
