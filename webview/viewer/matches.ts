import type { SearchQuery } from '../../src/protocol/viewerApi.ts';

/** Columns of a match in a text. */
export interface Match {
  readonly from: number;
  readonly to: number;
}

/** Most matches that are coloured in one line. */
const mostMatches = 500;
const wordCharacter = /[\p{L}\p{N}_]/u;

/**
 * Matches of a plain text in a line, to colour them. Expressions are matched by the reading thread
 * only: one on a hostile line could take for ever here.
 */
export function matchesIn(text: string, query: SearchQuery): readonly Match[] {
  if (query.regex || query.text === '') return [];
  const lower = text.toLowerCase();
  // Letters that change their length with their case would shift all columns behind them.
  const fold = !query.matchCase && lower.length === text.length;
  const where = fold ? lower : text;
  const what = fold ? query.text.toLowerCase() : query.text;
  const found: Match[] = [];
  let at = where.indexOf(what);
  while (at >= 0 && found.length < mostMatches) {
    const to = at + what.length;
    const edge = (index: number): boolean => !wordCharacter.test(where[index] ?? '');
    const whole = !query.wholeWord || (edge(at - 1) && edge(to));
    if (whole) found.push({ from: at, to });
    at = where.indexOf(what, whole ? to : at + 1);
  }
  return found;
}

/** Position of a line among the ascending byte offsets of matching lines, 1-based; null where unknown. */
export function positionIn(hits: Float64Array, byte: number): number | null {
  let low = 0;
  let high = hits.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const hit = hits[middle] ?? 0;
    if (hit === byte) return middle + 1;
    if (hit < byte) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}
