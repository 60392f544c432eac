import type { LineMatcher } from './lineMatcher.ts';
import type { LogPages } from './logPages.ts';
import { scanPieces } from './scanPieces.ts';

/** A match in the text of its line, in UTF-16 units. */
export interface LogHit {
  /** Where the line begins. */
  readonly byte: number;
  readonly line: number;
  readonly exact: boolean;
  readonly from: number;
  readonly to: number;
}

interface Found {
  readonly byte: number;
  readonly from: number;
  readonly to: number;
}

/** Going up, so many bytes are looked at at once, from their first line to their last. */
const blockUp = 4 << 20;

/**
 * The next match that begins at or behind a column of the line that holds a byte, or the last that
 * begins before it; around the end of the log. Null where there is none at all.
 * @throws EngineError as `ByteSource.read`; `aborted`
 */
export async function findMatch(
  pages: LogPages,
  matcher: LineMatcher,
  place: {
    readonly byte: number;
    readonly column: number;
    readonly direction: 'next' | 'previous';
  },
  signal?: AbortSignal,
): Promise<LogHit | null> {
  const { source } = pages;
  if (source.size === 0) return null;
  const { size } = source;
  const { column, direction } = place;
  const here = await pages.lineOf(place.byte);
  const found =
    direction === 'next'
      ? ((await firstIn(
          pages,
          matcher,
          here.start,
          size,
          ({ byte, from }) => byte > here.start || from >= column,
          signal,
        )) ?? (await firstIn(pages, matcher, 0, here.end, () => true, signal)))
      : ((await lastAbove(
          pages,
          matcher,
          0,
          here.end,
          ({ byte, from }) => byte < here.start || from < column,
          signal,
        )) ?? (await lastAbove(pages, matcher, here.start, size, () => true, signal)));
  if (found === null) return null;
  const { line, exact } = await pages.lineOf(found.byte);
  return { ...found, line, exact };
}

async function firstIn(
  pages: LogPages,
  matcher: LineMatcher,
  from: number,
  until: number,
  wanted: (match: Found) => boolean,
  signal: AbortSignal | undefined,
): Promise<Found | null> {
  let first: Found | null = null;
  await eachMatch(pages, matcher, from, until, signal, (match) => {
    if (first === null && wanted(match)) first = match;
    return first !== null;
  });
  return first;
}

async function lastAbove(
  pages: LogPages,
  matcher: LineMatcher,
  from: number,
  until: number,
  wanted: (match: Found) => boolean,
  signal: AbortSignal | undefined,
): Promise<Found | null> {
  let end = until;
  while (end > from) {
    const { start } = await pages.lineOf(Math.max(from, end - blockUp));
    const last: { match: Found | null } = { match: null };
    await eachMatch(pages, matcher, start, end, signal, (match) => {
      if (wanted(match)) last.match = match;
      return false;
    });
    if (last.match !== null) return last.match;
    end = start;
  }
  return null;
}

async function eachMatch(
  pages: LogPages,
  matcher: LineMatcher,
  start: number,
  until: number,
  signal: AbortSignal | undefined,
  visit: (match: Found) => boolean,
): Promise<void> {
  await scanPieces(pages.source, matcher, start, until, {
    signal,
    visit: async (piece) => {
      const matches = matcher.matches(piece);
      if (matches.length === 0) return false;
      const before = await pages.columns(piece.lineByte, piece.pieceByte);
      return matches.some(({ from, to }) =>
        visit({ byte: piece.lineByte, from: before + from, to: before + to }),
      );
    },
  });
}
