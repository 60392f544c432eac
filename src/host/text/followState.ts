/** What following a log has come to. Lines are 0-based. */
export interface FollowState {
  /** False while the reader looks at something above the end. */
  readonly on: boolean;
  /** The first line that came while the reader did not look; null where there is none. */
  readonly news: number | null;
  /** The reader has turned away: what comes next is new. */
  readonly away: boolean;
  /** The first visible line. A log that grows never moves it up; only a reader does. */
  readonly top: number;
}

export type FollowEvent =
  /** `from` is the first line that is new. */
  | { readonly kind: 'grew'; readonly from: number }
  /** Other lines are visible. `lines` counts those of the document. */
  | {
      readonly kind: 'scrolled';
      readonly top: number;
      readonly bottom: number;
      readonly lines: number;
    }
  /** The reader has put the cursor somewhere. */
  | { readonly kind: 'cursor'; readonly line: number; readonly lines: number }
  /** The window or the tab is no longer in front. */
  | { readonly kind: 'left' }
  /** The reader asked for the end. */
  | { readonly kind: 'resumed' }
  /** The log was cut or is another one: nothing of what was seen is there. */
  | { readonly kind: 'restarted' };

export const following: FollowState = { on: true, news: null, away: false, top: 0 };

/** A log that ends with a line end has an empty last line: the one above it is its end as well. */
export function isEnd(line: number, lines: number): boolean {
  return line >= lines - 2;
}

/** Scrolling up and going up pause; being at the end again goes on. */
export function nextFollow(state: FollowState, event: FollowEvent): FollowState {
  switch (event.kind) {
    case 'grew': {
      if (state.away) return { ...state, away: false, news: event.from };
      return state.on || state.news !== null ? state : { ...state, news: event.from };
    }
    case 'scrolled': {
      const { top, bottom, lines } = event;
      const moved = { ...state, top };
      const isAtEnd = bottom >= lines - 1;
      if (state.on) return top < state.top && !isAtEnd ? { ...moved, on: false } : moved;
      return top > state.top && isAtEnd ? { ...following, top } : moved;
    }
    case 'cursor': {
      const isAtEnd = isEnd(event.line, event.lines);
      if (isAtEnd === state.on) return state;
      return isAtEnd ? { ...following, top: state.top } : { ...state, on: false };
    }
    case 'left':
      // Who reads earlier lines has not seen what is marked as new yet.
      return state.on || state.news === null ? { ...state, away: true } : state;
    case 'resumed':
      return { ...following, top: state.top };
    case 'restarted':
      return { ...state, news: null, top: 0 };
  }
}

/** What one change to a document means for somebody who follows it. */
export interface DocumentChange {
  /** First line of what was replaced, and whether that begins with the line. */
  readonly line: number;
  readonly startsLine: boolean;
  readonly rangeOffset: number;
  /** UTF-16 units that were replaced. */
  readonly rangeLength: number;
  readonly textLength: number;
}

/**
 * The first line that is new where text came at the end; null where the document changed otherwise. A
 * last line without an end is replaced as a whole when it goes on.
 * @param length of the document after the change, in UTF-16 units
 */
export function grownFrom(change: DocumentChange, length: number): number | null {
  const { line, startsLine, rangeOffset, rangeLength, textLength } = change;
  const isAtEnd = rangeOffset + textLength === length;
  if (!isAtEnd || textLength <= rangeLength) return null;
  return startsLine ? line : line + 1;
}
