import type { Place, ViewerCommand, ViewerHostRequests } from '../../src/protocol/viewerApi.ts';
import { counted } from '../format.ts';
import type { Announcer } from './announcer.ts';
import type { Cursor } from './cursor.ts';
import type { Follower } from './follower.ts';
import type { ViewerHost } from './host.ts';
import type { LogView } from './logView.ts';
import type { MarkIndex } from './markIndex.ts';
import type { FetchRows } from './rowReader.ts';
import type { Searching } from './searching.ts';

/** The editor hands most keys to its own commands as well: the same command twice within this time is one. */
const sameKey = 300;

export interface CommandOptions {
  readonly host: ViewerHost;
  readonly fetch: FetchRows;
  readonly view: LogView;
  readonly cursor: Cursor;
  readonly searching: Searching;
  readonly follower: Follower;
  readonly announcer: Announcer;
  readonly marks: () => MarkIndex;
  readonly reveal: (place: Place, select: boolean) => void;
  readonly openFind: () => void;
  readonly toggle: (option: 'wrap' | 'deltas' | 'follow') => void;
  readonly run: (command: ViewerHostRequests['run']['params']['command']) => void;
  readonly hide: (line: number) => void;
  readonly onProblem: (error: unknown) => void;
}

/** What keys, buttons and the palette can have done. */
export class Commands {
  readonly #options: CommandOptions;
  #last: { name: string; time: number } = { name: '', time: -sameKey };

  constructor(options: CommandOptions) {
    this.#options = options;
  }

  /** A key of the page asks; the workbench may ask for the same a moment later. */
  byKey(command: ViewerCommand): void {
    this.#last = { name: command, time: performance.now() };
    this.do(command);
  }

  /** A key of the workbench or a title button asks; a key may have come here as well. */
  byWorkbench(command: ViewerCommand): void {
    if (command === this.#last.name && performance.now() - this.#last.time < sameKey) return;
    this.do(command);
  }

  do(command: ViewerCommand): void {
    const { follower, searching, toggle, run, reveal } = this.#options;
    switch (command) {
      case 'find':
        this.#options.openFind();
        return;
      case 'findNext':
      case 'findPrevious':
        void searching.finder.step(command === 'findNext' ? 'next' : 'previous');
        return;
      case 'goToLine':
      case 'goToTime':
        run(command === 'goToLine' ? 'askLine' : 'askTime');
        return;
      case 'nextFinding':
      case 'previousFinding':
        this.#goToFinding(command === 'nextFinding' ? 'next' : 'previous');
        return;
      case 'toggleWrap':
        toggle('wrap');
        return;
      case 'toggleDeltas':
        toggle('deltas');
        return;
      case 'toggleFollow':
        toggle('follow');
        return;
      case 'copy':
        this.#copy();
        return;
      case 'selectAll':
        this.#selectAll().catch(this.#options.onProblem);
        return;
      case 'hidePattern': {
        const { selection } = this.#options.cursor;
        if (selection !== null) this.#options.hide(selection.head.line);
        return;
      }
      case 'goToEnd':
        if (follower.isOn) follower.goOn();
        else reveal({ kind: 'end' }, false);
    }
  }

  #goToFinding(direction: 'next' | 'previous'): void {
    const { announcer, cursor, marks, reveal, view } = this.#options;
    const here = cursor.selection?.head.line ?? view.topRow?.row.line ?? 0;
    const line = marks().next(here, direction);
    if (line === null) announcer.say('No findings');
    else reveal({ kind: 'line', line }, false);
  }

  #copy(): void {
    const { announcer, cursor, host, onProblem } = this.#options;
    const range = cursor.copied();
    if (range === null) return;
    host.peer
      .request('copy', range)
      .then((length) => {
        announcer.say(`${counted(length, 'character')} copied`);
      })
      .catch(onProblem);
  }

  async #selectAll(): Promise<void> {
    const { cursor, fetch } = this.#options;
    const { signal } = new AbortController();
    const [start, end] = await Promise.all([
      fetch({ kind: 'byte', byte: 0 }, 0, 0, signal),
      fetch({ kind: 'end' }, 0, 0, signal),
    ]);
    const first = start.rows[start.anchor];
    const last = end.rows[end.anchor];
    if (first !== undefined && last !== undefined) cursor.selectRows(first, last);
  }
}
