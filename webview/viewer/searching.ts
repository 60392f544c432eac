import type { Hit, SearchQuery, SourceEncoding } from '../../src/protocol/viewerApi.ts';
import { shownColumn, shownText } from './ansi.ts';
import type { RowMatches } from './colouring.ts';
import type { Cursor } from './cursor.ts';
import { Finder } from './finder.ts';
import type { ViewerHost } from './host.ts';
import type { LogView } from './logView.ts';
import { matchesIn } from './matches.ts';
import type { RowElement } from './rowElement.ts';
import { columnAt, isEmpty, ordered } from './selection.ts';
import type { Sideways } from './sideways.ts';

/** Characters of a selection that are taken over into the box. */
const mostTaken = 500;

export interface SearchingOptions {
  readonly query: SearchQuery;
  readonly encoding: () => SourceEncoding;
  readonly onChange: () => void;
  readonly onMove: () => void;
  readonly onProblem: (error: unknown) => void;
}

/** The search in the log: where it begins, what it goes to, and what it colours. */
export class Searching {
  readonly finder: Finder;
  readonly #view: LogView;
  readonly #cursor: Cursor;
  readonly #sideways: Sideways;
  readonly #options: SearchingOptions;

  constructor(
    host: ViewerHost,
    view: LogView,
    cursor: Cursor,
    sideways: Sideways,
    options: SearchingOptions,
  ) {
    this.#view = view;
    this.#cursor = cursor;
    this.#sideways = sideways;
    this.#options = options;
    this.finder = new Finder(host.peer, options.query, {
      from: () => this.#from(),
      onHit: (hit) => {
        this.#show(hit).catch(options.onProblem);
      },
      onChange: options.onChange,
    });
  }

  /** Opens the box with what is selected in one line. */
  open(): void {
    const { selection } = this.#cursor;
    const element = selection === null ? undefined : this.#view.elementOf(selection.head.byte);
    const oneLine = selection !== null && selection.anchor.byte === selection.head.byte;
    let text = '';
    if (oneLine && element !== undefined && !isEmpty(selection)) {
      const { from, to } = ordered(selection);
      text = element.shown.text.slice(from.column, to.column).slice(0, mostTaken);
    }
    this.finder.open(text);
  }

  /** What is to be coloured in a row. */
  readonly matchesOf = ({ row, shown }: RowElement): RowMatches => {
    if (!this.finder.isOpen || row === null) return { all: [], current: null };
    const { hit } = this.finder;
    const all = matchesIn(shown.text, this.finder.query);
    if (hit?.byte !== row.byte) return { all, current: null };
    const { selection } = this.#cursor;
    // In a part of a long line columns are others than those of the line: the selection knows them.
    if (row.skipped > 0) {
      const here = selection?.head.byte === row.byte ? ordered(selection) : null;
      const current = here === null ? null : { from: here.from.column, to: here.to.column };
      return { all, current };
    }
    return {
      all,
      current: { from: shownColumn(shown, hit.from), to: shownColumn(shown, hit.to) },
    };
  };

  #from(): { byte: number; column: number } {
    const { selection } = this.#cursor;
    const spot = selection === null ? null : ordered(selection).from;
    if (spot !== null) return { byte: spot.byte, column: spot.column };
    return { byte: this.#view.topRow?.row.byte ?? 0, column: 0 };
  }

  async #show(hit: Hit): Promise<void> {
    this.#options.onMove();
    const { cache } = this.#view;
    const near = this.#view.elementOf(hit.byte) !== undefined;
    const line = near
      ? cache.rows[cache.indexOf(hit.byte)]
      : await this.#view.goTo({ kind: 'byte', byte: hit.byte }, 'centre');
    if (line === undefined || line === null) return;
    this.#view.nearest(line.byte);
    const row = await this.#sideways.reveal(line, hit.at - hit.byte);
    if (row === null) return;
    const shown = shownText(row.text);
    const from = columnAt(row, shown, hit.at, this.#options.encoding());
    this.#cursor.select(row, from, from + (hit.to - hit.from));
    this.#sideways.show(row.byte, from);
  }
}
