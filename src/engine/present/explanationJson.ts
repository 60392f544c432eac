import type { Explanation } from '../explain/explanation.ts';

/** An explanation as JSON for other programs: the shape that `explain --json` writes, indented. */
export function explanationJson(explanation: Explanation): string {
  return `${JSON.stringify(explanation, null, 2)}\n`;
}
