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
  const { size } = pages.source;
  if (size === 0) return null;
  const finder = new Finder(pages, matcher, signal);
  const { column, direction } = place;
  const here = await pages.lineOf(place.byte);
  const found =
    direction === 'next'
      ? ((await finder.first(
          here.start,
          size,
          ({ byte, from }) => byte > here.start || from >= column,
        )) ?? (await finder.first(0, here.end, () => true)))
      : ((await finder.last(0, here.end, ({ byte, from }) => byte < here.start || from < column)) ??
        (await finder.last(here.start, size, () => true)));
  if (found === null) return null;
  const { line, exact } = await pages.lineOf(found.byte);
  return { ...found, line, exact };
}

/** Looks for matches in parts of a log that begin and end with lines. */
class Finder {
  readonly #pages: LogPages;
  readonly #matcher: LineMatcher;
  readonly #signal: AbortSignal | undefined;

  constructor(pages: LogPages, matcher: LineMatcher, signal: AbortSignal | undefined) {
    this.#pages = pages;
    this.#matcher = matcher;
    this.#signal = signal;
  }

  async first(
    from: number,
    until: number,
    wanted: (match: Found) => boolean,
  ): Promise<Found | null> {
    let first: Found | null = null;
    await this.#each(from, until, (match) => {
      if (first === null && wanted(match)) first = match;
      return first !== null;
    });
    return first;
  }

  async last(
    from: number,
    until: number,
    wanted: (match: Found) => boolean,
  ): Promise<Found | null> {
    for (let end = until; end > from;) {
      const { start } = await this.#pages.lineOf(Math.max(from, end - blockUp));
      const last: { match: Found | null } = { match: null };
      await this.#each(start, end, (match) => {
        if (wanted(match)) last.match = match;
        return false;
      });
      if (last.match !== null) return last.match;
      end = start;
    }
    return null;
  }

  /** @param visit answers whether that is enough */
  async #each(from: number, until: number, visit: (match: Found) => boolean): Promise<void> {
    const pages = this.#pages;
    const matcher = this.#matcher;
    await scanPieces(pages.source, matcher, from, until, {
      signal: this.#signal,
      visit: async (piece) => {
        const matches = matcher.matches(piece);
        if (matches.length === 0) return false;
        const before = await pages.columns(piece.lineByte, piece.pieceByte);
        return matches.some((match) =>
          visit({ byte: piece.lineByte, from: before + match.from, to: before + match.to }),
        );
      },
    });
  }
}
