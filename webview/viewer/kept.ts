import type { SearchQuery } from '../../src/protocol/viewerApi.ts';

/** What survives a reload of the page: where the reader was and what was searched. */
export interface Kept {
  readonly name: string;
  /** First byte of the topmost line, and how much of it is above the edge, in pixels. */
  readonly byte: number;
  readonly offset: number;
  readonly query: SearchQuery;
}

export const noQuery: SearchQuery = { text: '', regex: false, matchCase: false, wholeWord: false };

/** Reads what the editor kept; anything of another shape, from an older version, counts as nothing. */
export function restored(value: unknown): Kept | null {
  if (typeof value !== 'object' || value === null) return null;
  const { name, byte, offset, query } = value as Partial<Record<keyof Kept, unknown>>;
  if (typeof name !== 'string' || typeof byte !== 'number' || typeof offset !== 'number')
    return null;
  if (!Number.isFinite(byte) || byte < 0 || !Number.isFinite(offset)) return null;
  return { name, byte, offset, query: queryOf(query) };
}

function queryOf(value: unknown): SearchQuery {
  if (typeof value !== 'object' || value === null) return noQuery;
  const { text, regex, matchCase, wholeWord } = value as Partial<
    Record<keyof SearchQuery, unknown>
  >;
  return {
    text: typeof text === 'string' ? text : '',
    regex: regex === true,
    matchCase: matchCase === true,
    wholeWord: wholeWord === true,
  };
}
