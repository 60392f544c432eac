import { calmly } from './calmly.ts';
import type { Cursor } from './cursor.ts';
import type { ViewerHost } from './host.ts';
import type { Kept } from './kept.ts';
import type { LogView } from './logView.ts';
import { ordered } from './selection.ts';

/** What the extension is told without asking, and what survives a reload of the page; each now and then. */
export class HostWords {
  readonly #host: ViewerHost;
  readonly #view: LogView;
  readonly #cursor: Cursor;
  readonly #rest: () => Pick<Kept, 'name' | 'query'> | null;
  #seenTo = 0;
  readonly keep = calmly(() => {
    this.keepNow();
  });
  readonly tellSelection = calmly(() => {
    this.#tellSelection();
  });
  readonly tellSeen = calmly(() => {
    this.#tellSeen();
  });

  /** @param rest what is kept beside the place; null before the log is known */
  constructor(
    host: ViewerHost,
    view: LogView,
    cursor: Cursor,
    rest: () => Pick<Kept, 'name' | 'query'> | null,
  ) {
    this.#host = host;
    this.#view = view;
    this.#cursor = cursor;
    this.#rest = rest;
    window.addEventListener('pagehide', () => {
      this.keepNow();
    });
  }

  keepNow(): void {
    const top = this.#view.topRow;
    const rest = this.#rest();
    if (top === null || rest === null) return;
    this.#host.keep({ ...rest, byte: top.row.byte, offset: top.offset });
  }

  #tellSelection(): void {
    const { selection } = this.#cursor;
    if (selection === null) return;
    const { from, to } = ordered(selection);
    const { cache } = this.#view;
    // A selection of whole lines ends before the first character of the next one.
    const ends = to.at === to.byte && to.line > from.line;
    const above = ends ? cache.rows[cache.indexOf(to.byte - 1)] : undefined;
    this.#host.peer.emit('selected', {
      line: from.line,
      endLine: ends ? to.line - 1 : to.line,
      time: from.time,
      endTime: above?.time ?? to.time,
      characters: to.at - from.at,
      from: from.at,
      to: to.at,
    });
  }

  #tellSeen(): void {
    const bytes = Math.round(this.#view.seen.to);
    if (document.hidden || bytes <= this.#seenTo) return;
    this.#seenTo = bytes;
    this.#host.peer.emit('seen', { bytes });
  }
}
