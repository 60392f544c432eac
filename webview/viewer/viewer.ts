import { render } from 'lit';
import { RpcError } from '../../src/protocol/rpc.ts';
import type {
  Hit,
  Place,
  Row,
  Rows,
  SearchCount,
  SourceChange,
  SourceEncoding,
  ViewerCommand,
  ViewerHostEvents,
  ViewerMark,
  ViewerOptions,
  ViewerState,
} from '../../src/protocol/viewerApi.ts';
import { visibleIn } from '../visible.ts';
import { count, counted } from '../format.ts';
import { shownColumn, shownText } from './ansi.ts';
import { findBox, head, pausedBar, type ChromeActions, type ChromeModel } from './chrome.ts';
import { Colouring, type RowMatches } from './colouring.ts';
import { Cursor } from './cursor.ts';
import { Finder } from './finder.ts';
import { Follower } from './follower.ts';
import { deltaAt, deltaText, isGap, usualDelta } from './gaps.ts';
import type { ViewerHost } from './host.ts';
import { HoverCard } from './hoverCard.ts';
import { noQuery, restored } from './kept.ts';
import { keyAction, type KeyAction } from './keyMap.ts';
import { LogView } from './logView.ts';
import { MarkIndex } from './markIndex.ts';
import { matchesIn } from './matches.ts';
import { listenToPointer } from './pointer.ts';
import type { RowElement } from './rowElement.ts';
import { ScrollBar } from './scrollBar.ts';
import { wheelPixels } from './scrollMath.ts';
import { isEmpty, ordered } from './selection.ts';
import { changeText } from './words.ts';

/** Characters of a line that are asked for and drawn; a copy takes all of them. */
const mostCharacters = 2000;

/** Milliseconds between two words to the extension or two copies of the state. */
const quiet = 250;

/** The editor hands most keys to its own commands as well: the same command twice within this time is one. */
const sameKey = 300;

/** Line height as the text editor takes it where the reader sets none. */
const lineRatio = 1.4;

const isMac = navigator.platform.startsWith('Mac');

function division(name: string, parent: HTMLElement): HTMLDivElement {
  const element = document.createElement('div');
  element.className = name;
  parent.append(element);
  return element;
}

/** Calls at most every `quiet` milliseconds, the last time for certain. */
function calmly(call: () => void): () => void {
  let timer = 0;
  return () => {
    if (timer !== 0) return;
    timer = window.setTimeout(() => {
      timer = 0;
      call();
    }, quiet);
  };
}

/** Tells two states of a finding apart without looking at each of its occurrences. */
function markKey({ rank, line, endLine, severity, title, note, repeats }: ViewerMark): string {
  return [rank, line, endLine, severity, title, note, repeats.length, repeats.at(-1)].join(':');
}

/** The page: it owns the parts, and carries between them and the extension. */
export class Viewer {
  readonly #host: ViewerHost;
  readonly #root: HTMLDivElement;
  readonly #top: HTMLDivElement;
  readonly #log: HTMLDivElement;
  readonly #over: HTMLDivElement;
  readonly #empty: HTMLDivElement;
  readonly #said: HTMLDivElement;
  readonly #view: LogView;
  readonly #bar: ScrollBar;
  readonly #cursor: Cursor;
  readonly #colouring: Colouring;
  readonly #finder: Finder;
  readonly #follower: Follower;
  readonly #card: HoverCard;
  readonly #actions: ChromeActions;
  #state: ViewerState | null = null;
  #marks = new MarkIndex([], 'low');
  #marksKey = '';
  #lines = 0;
  #exactLines = false;
  #banner: string | null = null;
  #seenTo = 0;
  #userMoved = false;
  #coloursChanged = false;
  #chord = false;
  #drawing = 0;
  /** Where the thumb was dragged to and nobody has gone yet. */
  #dragged: number | null = null;
  #dragging = false;
  #sizes = '';
  #widest = 0;
  #ran: { name: string; time: number } = { name: '', time: -sameKey };
  readonly #keep = calmly(() => {
    this.#keepNow();
  });
  readonly #tellSelection = calmly(() => {
    this.#emitSelected();
  });
  readonly #tellSeen = calmly(() => {
    this.#emitSeen();
  });

  constructor(host: ViewerHost, body: HTMLElement) {
    this.#host = host;
    this.#root = division('viewer', body);
    this.#top = division('top', this.#root);
    const area = division('area', this.#root);
    this.#log = division('log', area);
    this.#log.id = 'log';
    this.#log.tabIndex = 0;
    this.#log.setAttribute('role', 'document');
    this.#log.setAttribute('aria-roledescription', 'log');
    this.#log.setAttribute('aria-label', 'Log');
    this.#empty = division('empty', area);
    this.#over = division('over', area);
    this.#said = division('sr-only', this.#root);
    this.#said.setAttribute('aria-live', 'polite');
    this.#actions = this.#makeActions();
    this.#view = new LogView(this.#log, {
      fetch: (place, before, after, signal) =>
        host.peer.request('rows', { place, before, after, maxChars: mostCharacters }, signal),
      draw: (element, row, rows, index) => {
        this.#draw(element, row, rows, index);
      },
      onFrame: (changed) => {
        this.#afterFrame(changed);
      },
      onRows: (answer) => {
        this.#count(answer);
      },
      onProblem: this.#problem,
    });
    this.#colouring = new Colouring(this.#view.content);
    this.#cursor = new Cursor(this.#view, {
      encoding: () => this.#encoding,
      onChange: (row) => {
        this.#onCursor(row);
      },
    });
    this.#finder = new Finder(host.peer, restored(host.kept())?.query ?? noQuery, {
      from: () => this.#searchFrom(),
      onHit: (hit) => {
        this.#run(this.#showHit(hit));
      },
      onChange: () => {
        this.#bar.showFound(this.#finder.found);
        this.#recolour();
        this.#redrawSoon();
      },
    });
    this.#follower = new Follower(
      this.#view,
      (on) => {
        host.peer.emit('following', { on });
        this.#redrawSoon();
      },
      this.#problem,
    );
    this.#bar = new ScrollBar(area, this.#log.id, {
      onByte: (byte) => {
        this.#dragged = byte;
        if (!this.#dragging) this.#run(this.#followThumb());
      },
      onPage: (direction) => {
        this.#scroll(direction * this.#view.screen * this.#view.lineHeight);
      },
      onKey: (event) => {
        this.#onKey(event);
      },
      onLine: (line) => {
        this.reveal({ kind: 'line', line }, true);
      },
      onWheel: (event) => {
        this.#onWheel(event);
      },
    });
    this.#card = new HoverCard(this.#root, host.peer, this.#actions, this.#problem);
    listenToPointer(this.#log, this.#view, this.#cursor);
    this.#listen();
    this.#render();
  }

  /** Asks the extension for everything. */
  start(): void {
    this.#run(
      this.#host.peer.request('ready', null).then((state) => {
        this.tell(visibleIn(state));
      }),
    );
  }

  tell(state: ViewerState): void {
    const before = this.#state;
    this.#state = state;
    // Progress comes many times a second, and its marks are mostly those of the time before.
    const { minimumSeverity } = state.options;
    const marksKey = `${minimumSeverity} ${state.marks.map(markKey).join(' ')}`;
    if (marksKey !== this.#marksKey) {
      this.#marksKey = marksKey;
      this.#marks = new MarkIndex(state.marks, minimumSeverity);
    }
    this.#look(state.options);
    const begins = state.opened !== null && before?.opened?.bytes === undefined;
    if (begins) this.#begin(state);
    else this.#view.redraw();
    this.#follower.switch(state.options.follow);
    this.#bar.showMarks(this.#marks, this.#lines);
    this.#redrawSoon();
  }

  tellIndexed({ bytes, of, lines }: ViewerHostEvents['indexed']): void {
    const exact = bytes >= of;
    const completes = exact && !this.#exactLines;
    this.#exactLines = exact;
    if (exact) this.#lines = lines;
    this.#bar.showMarks(this.#marks, this.#lines);
    if (completes) this.#run(this.#view.refresh());
    this.#redrawSoon();
  }

  tellFound(found: SearchCount): void {
    this.#finder.tell(found);
  }

  tellChanged(change: SourceChange): void {
    this.#banner = changeText(change) ?? this.#banner;
    if (change.kind === 'grew') {
      this.#view.grew(change.to);
      if (this.#follower.follows) this.#follower.toEnd();
    } else if (change.kind === 'truncated' || change.kind === 'replaced') {
      this.#view.reset();
      this.#cursor.clear();
      this.#finder.again();
      this.#exactLines = false;
      if (this.#follower.follows) this.#follower.toEnd();
      else this.#run(this.#view.goTo({ kind: 'byte', byte: 0 }, 'top'));
    }
    this.#redrawSoon();
  }

  reveal(place: Place, select: boolean): void {
    this.#userMoved = true;
    this.#run(
      this.#view.goTo(place, place.kind === 'end' ? 'bottom' : 'centre').then((row) => {
        if (row === null) return;
        if (select) this.#cursor.selectRows(row, row);
        else this.#cursor.put(row, 0, false);
      }),
    );
  }

  /** What a key of the workbench or a title button asks; a key may have come here as well. */
  command(command: ViewerCommand): void {
    if (command === this.#ran.name && performance.now() - this.#ran.time < sameKey) return;
    this.#do(command);
  }

  get #encoding(): SourceEncoding {
    return this.#state?.opened?.encoding ?? 'utf-8';
  }

  get #model(): ChromeModel {
    return {
      state: this.#state,
      bytes: this.#view.bytes,
      lines: this.#lines,
      exactLines: this.#exactLines,
      findings: this.#state?.marks.length ?? 0,
      banner: this.#banner,
      paused: this.#follower.news(this.#view.bytes, this.#exactLines ? this.#lines : null),
      find: this.#finder.model,
    };
  }

  #makeActions(): ChromeActions {
    return {
      toggle: (option) => {
        this.#toggle(option);
      },
      find: () => {
        this.#do('find');
      },
      run: (command, line) => {
        this.#card.hide();
        this.#run(this.#host.peer.request('run', { command, line: line ?? null }));
      },
      goToEnd: () => {
        this.#do('goToEnd');
      },
      dismissBanner: () => {
        this.#banner = null;
        this.#redrawSoon();
      },
      closeFind: () => {
        this.#finder.close();
        this.#log.focus({ preventScroll: true });
      },
      query: (query) => {
        this.#finder.look(query);
        this.#keep();
      },
      step: (direction) => {
        void this.#finder.step(direction);
      },
    };
  }

  /** The log can be shown: where it was before a reload, at its end when it is followed, else at its start. */
  #begin({ opened, name, options }: ViewerState): void {
    if (opened === null) return;
    this.#log.setAttribute('aria-label', `Log ${name}`);
    this.#view.reset();
    this.#view.grew(opened.bytes);
    const kept = restored(this.#host.kept());
    if (options.follow) return;
    const back = kept?.name === name && kept.byte <= opened.bytes ? kept : null;
    this.#run(
      this.#view.goTo({ kind: 'byte', byte: back?.byte ?? 0 }, { offset: back?.offset ?? 0 }),
    );
  }

  #look({ fontFamily, fontSize, tabSize, wrap, deltas }: ViewerOptions): void {
    const lineHeight = Math.round(fontSize * lineRatio);
    const { style } = this.#root;
    style.setProperty('--log-font', fontFamily);
    style.setProperty('--log-size', `${fontSize}px`);
    style.setProperty('--log-line', `${lineHeight}px`);
    style.setProperty('--log-tab', String(tabSize));
    this.#root.classList.toggle('wrapped', wrap);
    this.#root.classList.toggle('with-deltas', deltas);
    this.#root.classList.toggle('with-lanes', (this.#state?.opened?.lanes.length ?? 0) > 1);
    this.#view.setLook(lineHeight, wrap);
  }

  #draw(element: RowElement, row: Row, rows: readonly Row[], index: number): void {
    const state = this.#state;
    const deltas = state?.options.deltas === true;
    const delta = deltas ? deltaAt(rows, index) : null;
    const lane = row.lane === null ? undefined : state?.opened?.lanes[row.lane];
    const seen = state?.seenBytes ?? null;
    const above = rows[index - 1];
    element.show(row, {
      mark: row.exact ? this.#marks.at(row.line) : null,
      notes: state?.options.notes === true,
      delta: delta === null ? '' : deltaText(delta),
      gap: delta !== null && isGap(delta, usualDelta(rows, index)),
      lane: lane === undefined ? null : { index: row.lane ?? 0, name: lane.name },
      fresh: seen !== null && row.byte >= seen && above !== undefined && above.byte < seen,
      encoding: this.#encoding,
    });
    this.#widest = Math.max(this.#widest, Math.min(element.shown.text.length, mostCharacters) + 70);
  }

  #afterFrame(changed: boolean): void {
    this.#bar.showSeen(this.#view.seen);
    if (changed || this.#coloursChanged) {
      this.#coloursChanged = false;
      this.#colouring.show(this.#view, this.#cursor, (element) => this.#matchesOf(element));
    }
    if (!changed) return;
    this.#showSizes();
    const isEmpty = this.#view.laid.length === 0 && this.#state?.opened?.bytes === 0;
    this.#empty.textContent = isEmpty ? 'This log is empty.' : '';
    if (this.#userMoved) {
      this.#userMoved = false;
      this.#follower.moved(this.#exactLines ? this.#lines : null);
    }
    this.#keep();
    this.#tellSeen();
  }

  /** Widths that depend on the rows; set only when they change, as every row is styled anew by them. */
  #showSizes(): void {
    const digits = String(Math.max(this.#lines, this.#view.laid.at(-1)?.row?.line ?? 1)).length + 1;
    const view = this.#view.width;
    const sizes = `${this.#widest} ${digits} ${view}`;
    if (sizes === this.#sizes) return;
    this.#sizes = sizes;
    this.#root.style.setProperty('--log-width', `${this.#widest}ch`);
    this.#root.style.setProperty('--log-view', `${view}px`);
    this.#root.style.setProperty('--log-numbers', `${Math.max(5, digits)}ch`);
  }

  /** Goes where the thumb is, one answer after the other: a mouse moves faster than rows are read. */
  async #followThumb(): Promise<void> {
    this.#dragging = true;
    try {
      while (this.#dragged !== null) {
        const byte = this.#dragged;
        this.#dragged = null;
        this.#userMoved = true;
        await this.#view.goTo({ kind: 'byte', byte }, 'top');
      }
    } finally {
      this.#dragging = false;
    }
  }

  #count({ lines, exactLines }: Rows): void {
    this.#lines = lines;
    this.#exactLines = exactLines;
    this.#bar.showMarks(this.#marks, lines);
    this.#redrawSoon();
  }

  #matchesOf(element: RowElement): RowMatches {
    const { row, shown } = element;
    if (!this.#finder.isOpen || row === null) return { all: [], current: null };
    const { hit } = this.#finder;
    const current =
      hit?.byte === row.byte
        ? { from: shownColumn(shown, hit.from), to: shownColumn(shown, hit.to) }
        : null;
    return { all: matchesIn(shown.text, this.#finder.query), current };
  }

  #searchFrom(): { byte: number; column: number } {
    const { selection } = this.#cursor;
    const spot = selection === null ? null : ordered(selection).from;
    if (spot !== null) return { byte: spot.byte, column: spot.column };
    return { byte: this.#view.topRow?.row.byte ?? 0, column: 0 };
  }

  async #showHit(hit: Hit): Promise<void> {
    this.#userMoved = true;
    const { cache } = this.#view;
    const near = this.#view.elementOf(hit.byte) !== undefined;
    const row = near
      ? cache.rows[cache.indexOf(hit.byte)]
      : await this.#view.goTo({ kind: 'byte', byte: hit.byte }, 'centre');
    if (row === undefined || row === null) return;
    this.#view.nearest(row.byte);
    const shown = shownText(row.text);
    this.#cursor.select(row, shownColumn(shown, hit.from), shownColumn(shown, hit.to));
    this.#showColumn(row.byte, shownColumn(shown, hit.from));
  }

  /** Scrolls sideways so that a column can be seen. */
  #showColumn(byte: number, column: number): void {
    const element = this.#view.elementOf(byte);
    if (element === undefined || this.#state?.options.wrap === true) return;
    const area = this.#log.getBoundingClientRect();
    const caret = element.caretRect(column);
    const start = area.left + element.gutterWidth + 20;
    if (caret.left < start) this.#log.scrollLeft -= start - caret.left;
    else if (caret.left > area.right - 60) this.#log.scrollLeft += caret.left - area.right + 120;
  }

  #onCursor(row: Row): void {
    this.#recolour();
    this.#tellSelection();
    const { mark } = this.#marks.at(row.exact ? row.line : -1) ?? {};
    const finding = mark === undefined ? '' : `, ${mark.severity} finding: ${mark.title}`;
    const selected = this.#cursor.selection;
    const lines = selected === null ? 1 : Math.abs(selected.head.line - selected.anchor.line) + 1;
    this.#said.textContent =
      lines > 1
        ? `${counted(lines, 'line')} selected`
        : `Line ${count(row.line)}${finding}. ${shownText(row.text).text.slice(0, 300)}`;
  }

  #recolour(): void {
    this.#coloursChanged = true;
    this.#view.schedule();
  }

  #scroll(pixels: number): void {
    this.#userMoved = true;
    this.#view.scrollBy(pixels);
  }

  #onWheel(event: WheelEvent): void {
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (event.ctrlKey || sideways) return;
    event.preventDefault();
    this.#card.hide();
    this.#scroll(wheelPixels(event, this.#view.lineHeight, this.#view.height));
  }

  #listen(): void {
    const log = this.#log;
    log.addEventListener(
      'wheel',
      (event) => {
        this.#onWheel(event);
      },
      { passive: false },
    );
    // The browser scrolls what it wants to have seen; only sideways is its business here.
    log.addEventListener('scroll', () => {
      if (log.scrollTop !== 0) log.scrollTop = 0;
    });
    document.addEventListener('keydown', (event) => {
      if (event.target !== this.#bar.bar) this.#onKey(event);
    });
    document.addEventListener('copy', (event) => {
      if (event.target instanceof HTMLInputElement || this.#card.shown) return;
      event.preventDefault();
      this.command('copy');
    });
    log.addEventListener('pointermove', (event) => {
      this.#onRest(event);
    });
    log.addEventListener('pointerleave', () => {
      this.#card.leave();
    });
    window.addEventListener('pagehide', () => {
      this.#keepNow();
    });
  }

  #onRest({ buttons, clientX, clientY }: PointerEvent): void {
    const element = this.#view.elementAt(clientY);
    const row = element?.row;
    const line = row?.exact === true ? row.line : -1;
    if (buttons !== 0 || element === undefined || this.#marks.at(line) === null) {
      this.#card.leave();
      return;
    }
    this.#card.rest(line, element.element.getBoundingClientRect(), clientX);
  }

  #onKey(event: KeyboardEvent): void {
    const inInput = event.target instanceof HTMLInputElement;
    const action = keyAction(event, isMac, this.#chord);
    if (event.key === 'Control' || event.key === 'Meta' || event.key === 'Shift') return;
    this.#chord = action?.kind === 'chord';
    if (action === null || event.isComposing) return;
    // In the box of the search keys that write and move belong to it.
    const moves = action.kind === 'move' || action.kind === 'scroll';
    if (inInput && (moves || action.kind === 'copy' || action.kind === 'selectAll')) return;
    const onButton =
      event.target instanceof HTMLButtonElement || this.#card.element === event.target;
    if (onButton && moves) return;
    event.preventDefault();
    this.#act(action);
  }

  #act(action: KeyAction): void {
    switch (action.kind) {
      case 'move':
        this.#userMoved = true;
        this.#card.hide();
        this.#run(
          this.#cursor.move(action.motion, action.extend).then(() => {
            const head = this.#cursor.selection?.head;
            if (head !== undefined) this.#showColumn(head.byte, head.column);
          }),
        );
        return;
      case 'scroll':
        this.#scroll(action.lines * this.#view.lineHeight);
        return;
      case 'chord':
        return;
      case 'hover':
        this.#hoverAtCursor();
        return;
      case 'escape':
        this.#escape();
        return;
      case 'selectAll':
      case 'copy':
      case 'find':
      case 'findNext':
      case 'findPrevious':
      case 'goToLine':
      case 'nextFinding':
      case 'previousFinding':
      case 'toggleWrap':
        this.#ran = { name: action.kind, time: performance.now() };
        this.#do(action.kind);
    }
  }

  #do(command: ViewerCommand): void {
    switch (command) {
      case 'find':
        this.#openFind();
        return;
      case 'findNext':
      case 'findPrevious':
        void this.#finder.step(command === 'findNext' ? 'next' : 'previous');
        return;
      case 'goToLine':
      case 'goToTime':
        this.#actions.run(command === 'goToLine' ? 'askLine' : 'askTime');
        return;
      case 'nextFinding':
      case 'previousFinding':
        this.#goToFinding(command === 'nextFinding' ? 'next' : 'previous');
        return;
      case 'toggleWrap':
        this.#toggle('wrap');
        return;
      case 'toggleDeltas':
        this.#toggle('deltas');
        return;
      case 'toggleFollow':
        this.#toggle('follow');
        return;
      case 'copy':
        this.#copy();
        return;
      case 'selectAll':
        this.#run(this.#selectAll());
        return;
      case 'goToEnd':
        if (this.#state?.options.follow === true) this.#follower.goOn();
        else this.reveal({ kind: 'end' }, false);
    }
  }

  #toggle(option: 'wrap' | 'follow' | 'deltas'): void {
    const state = this.#state;
    if (state === null) return;
    const changed = { [option]: !state.options[option] };
    this.tell({ ...state, options: { ...state.options, ...changed } });
    this.#run(this.#host.peer.request('setOptions', changed));
  }

  #goToFinding(direction: 'next' | 'previous'): void {
    const here = this.#cursor.selection?.head.line ?? this.#view.topRow?.row.line ?? 0;
    const line = this.#marks.next(here, direction);
    if (line === null) this.#said.textContent = 'No findings';
    else this.reveal({ kind: 'line', line }, false);
  }

  #openFind(): void {
    const { selection } = this.#cursor;
    const element = selection === null ? undefined : this.#view.elementOf(selection.head.byte);
    const oneLine = selection !== null && selection.anchor.byte === selection.head.byte;
    let text = '';
    if (oneLine && element !== undefined && !isEmpty(selection)) {
      const { from, to } = ordered(selection);
      text = element.shown.text.slice(from.column, to.column).slice(0, 500);
    }
    this.#finder.open(text);
    this.#render();
    const input = this.#over.querySelector<HTMLInputElement>('.find input');
    input?.focus();
    input?.select();
  }

  #copy(): void {
    const range = this.#cursor.copied();
    if (range === null) return;
    this.#run(
      this.#host.peer.request('copy', range).then((length) => {
        this.#said.textContent = `${counted(length, 'character')} copied`;
      }),
    );
  }

  async #selectAll(): Promise<void> {
    const { peer } = this.#host;
    const ask = (place: Place): Promise<Rows> =>
      peer.request('rows', { place, before: 0, after: 0, maxChars: mostCharacters });
    const [start, end] = await Promise.all([ask({ kind: 'byte', byte: 0 }), ask({ kind: 'end' })]);
    const first = start.rows[start.anchor];
    const last = end.rows[end.anchor];
    if (first !== undefined && last !== undefined) this.#cursor.selectRows(first, last);
  }

  #hoverAtCursor(): void {
    const head = this.#cursor.selection?.head;
    const element = head === undefined ? undefined : this.#view.elementOf(head.byte);
    if (head === undefined || element === undefined || this.#marks.at(head.line) === null) return;
    const caret = element.caretRect(head.column);
    const row = element.element.getBoundingClientRect();
    this.#run(this.#card.show(head.line, row, caret.left, true));
  }

  #escape(): void {
    const focused = this.#card.element.contains(document.activeElement);
    if (this.#card.hide()) {
      if (focused) this.#log.focus({ preventScroll: true });
    } else if (this.#finder.isOpen) this.#actions.closeFind();
    else if (this.#cursor.collapse()) this.#recolour();
  }

  #keepNow(): void {
    const top = this.#view.topRow;
    if (top === null || this.#state === null) return;
    const { row, offset } = top;
    this.#host.keep({
      name: this.#state.name,
      byte: row.byte,
      offset,
      query: this.#finder.query,
    });
  }

  #emitSelected(): void {
    const { selection } = this.#cursor;
    if (selection === null) return;
    const { from, to } = ordered(selection);
    this.#host.peer.emit('selected', {
      line: from.line,
      endLine: to.line,
      time: from.time,
      endTime: to.time,
      characters: to.at - from.at,
    });
  }

  #emitSeen(): void {
    const bytes = Math.round(this.#view.seen.to);
    if (document.hidden || bytes <= this.#seenTo) return;
    this.#seenTo = bytes;
    this.#host.peer.emit('seen', { bytes });
  }

  /** Runs a request; a failure is told to the reader. What was given up is no failure. */
  #run(request: Promise<unknown>): void {
    request.catch(this.#problem);
  }

  readonly #problem = (error: unknown): void => {
    if (error instanceof RpcError && error.reason === 'aborted') return;
    this.#banner = error instanceof RpcError ? `${error.message} ${error.advice}` : String(error);
    this.#host.peer.emit('problem', { message: this.#banner });
    this.#redrawSoon();
  };

  #redrawSoon(): void {
    if (this.#drawing !== 0) return;
    this.#drawing = window.requestAnimationFrame(() => {
      this.#drawing = 0;
      this.#render();
    });
  }

  #render(): void {
    const model = this.#model;
    render(head(model, this.#actions), this.#top);
    render([findBox(model, this.#actions), pausedBar(model, this.#actions)], this.#over);
  }
}
