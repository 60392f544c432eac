import { render } from 'lit/html.js';
import { RpcError } from '../../src/protocol/rpc.ts';
import { mostCharacters } from '../../src/protocol/viewerApi.ts';
import type {
  Place,
  Row,
  Rows,
  SearchCount,
  SourceChange,
  SourceEncoding,
  ViewerCommand,
  ViewerHostEvents,
  ViewerState,
} from '../../src/protocol/viewerApi.ts';
import { visibleIn } from '../visible.ts';
import { Announcer } from './announcer.ts';
import { findBox, head, pausedBar, type ChromeActions, type ChromeModel } from './chrome.ts';
import { Colouring } from './colouring.ts';
import { Commands } from './commands.ts';
import { Cursor } from './cursor.ts';
import { Follower } from './follower.ts';
import { HiddenPatterns } from './hiddenPatterns.ts';
import type { ViewerHost } from './host.ts';
import { HostWords } from './hostWords.ts';
import { HoverCard } from './hoverCard.ts';
import { noQuery, restored } from './kept.ts';
import { Keys } from './keys.ts';
import { nameOf } from './legend.ts';
import { LogView } from './logView.ts';
import { Look } from './look.ts';
import { MarkIndex, markKey } from './markIndex.ts';
import { pageFrame, type PageFrame } from './pageFrame.ts';
import { listenToPointer } from './pointer.ts';
import { factsOf } from './rowFacts.ts';
import type { FetchRows } from './rowReader.ts';
import { ScrollBar } from './scrollBar.ts';
import { wheelPixels } from './scrollMath.ts';
import { Searching } from './searching.ts';
import { Sideways } from './sideways.ts';
import { ThumbJumps } from './thumbJumps.ts';
import { changeText } from './words.ts';

/** The page: it owns the parts, and carries between them and the extension. */
export class Viewer {
  readonly #host: ViewerHost;
  readonly #frame: PageFrame;
  readonly #look: Look;
  readonly #announcer: Announcer;
  readonly #view: LogView;
  readonly #sideways: Sideways;
  readonly #bar: ScrollBar;
  readonly #cursor: Cursor;
  readonly #colouring: Colouring;
  readonly #searching: Searching;
  readonly #follower: Follower;
  readonly #card: HoverCard;
  readonly #words: HostWords;
  readonly #commands: Commands;
  readonly #actions: ChromeActions;
  readonly #hidden = new HiddenPatterns();
  #state: ViewerState | null = null;
  /** The first lines while the page begins with them; they came before it could ask. */
  #first: Rows | null = null;
  #marks = new MarkIndex([], 'low');
  #marksKey = '';
  #lines = 0;
  #exactLines = false;
  #banner: string | null = null;
  #userMoved = false;
  #coloursChanged = false;
  #drawing = 0;
  #asksPattern = false;
  /** Ends when those logs are shown that were asked for last. */
  #showing: Promise<void> = Promise.resolve();

  constructor(host: ViewerHost, body: HTMLElement) {
    this.#host = host;
    this.#frame = pageFrame(body);
    const { root, area, lines, gutter, log, said } = this.#frame;
    const encoding = (): SourceEncoding => this.#state?.opened?.encoding ?? 'utf-8';
    const onProblem = this.#problem;
    const fetch: FetchRows = (place, before, after, signal) => {
      const first = place.kind === 'byte' && place.byte === 0 ? this.#first : null;
      if (first !== null) return Promise.resolve(first);
      const { skip } = this.#sideways;
      const params = { place, before, after, maxChars: mostCharacters, skip };
      return host.peer.request('rows', params, signal);
    };
    this.#actions = this.#makeActions();
    this.#look = new Look(root);
    this.#announcer = new Announcer(said);
    this.#view = new LogView(log, gutter, {
      fetch,
      hidden: this.#hidden,
      draw: (element, row, rows, index) => {
        element.show(row, factsOf(row, rows, index, this.#known));
        this.#look.holds(element.shown.text.length);
      },
      onFrame: (moved, drawn) => {
        this.#afterFrame(moved, drawn);
      },
      onRows: (answer) => {
        this.#count(answer);
      },
      onProblem,
    });
    this.#sideways = new Sideways(log, this.#view, {
      wrapped: () => this.#state?.options.wrap === true,
      encoding,
      onPart: () => {
        this.#cursor.again();
        this.#recolour();
      },
      onProblem,
    });
    this.#colouring = new Colouring(this.#view.content);
    this.#cursor = new Cursor(this.#view, {
      encoding,
      reach: (row, within) => this.#sideways.reveal(row, within),
      onChange: (row) => {
        this.#onCursor(row);
      },
    });
    this.#searching = new Searching(host, this.#view, this.#cursor, this.#sideways, {
      query: restored(host.kept())?.query ?? noQuery,
      encoding,
      onChange: () => {
        this.#bar.showFound(this.#searching.finder.found);
        this.#recolour();
        this.#redrawSoon();
      },
      onMove: () => {
        this.#userMoved = true;
      },
      onProblem,
    });
    this.#follower = new Follower(
      this.#view,
      (on) => {
        host.peer.emit('following', { on });
        this.#redrawSoon();
      },
      onProblem,
    );
    this.#words = new HostWords(host, this.#view, this.#cursor, () => {
      const { query } = this.#searching.finder;
      return this.#state === null ? null : { name: this.#state.name, query };
    });
    this.#bar = this.#makeBar(area, log.id);
    this.#card = new HoverCard(root, host.peer, this.#actions, onProblem);
    this.#commands = new Commands({
      host,
      fetch,
      view: this.#view,
      cursor: this.#cursor,
      searching: this.#searching,
      follower: this.#follower,
      announcer: this.#announcer,
      marks: () => this.#marks,
      reveal: (place, select) => {
        this.reveal(place, select);
      },
      openFind: () => {
        this.#openFind();
      },
      toggle: this.#actions.toggle,
      run: this.#actions.run,
      hide: this.#actions.hide,
      onProblem,
    });
    listenToPointer(lines, log, this.#view, this.#cursor);
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

  /** The log was opened, and its first lines came with the word. */
  begin(state: ViewerState, rows: Rows): void {
    this.#first = rows;
    this.tell(state);
    this.#first = null;
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
    this.#view.setLook(this.#look.apply(state), state.options.wrap);
    const begins = state.opened !== null && before?.opened?.bytes === undefined;
    const others = before !== null && before.shown.join(' ') !== state.shown.join(' ');
    if (begins) this.#begin(state);
    else if (others) this.#showOthers(state);
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
    if (completes) this.#view.renumber();
    this.#redrawSoon();
  }

  tellFound(found: SearchCount): void {
    this.#searching.finder.tell(found);
  }

  tellChanged(change: SourceChange): void {
    this.#banner = changeText(change) ?? this.#banner;
    if (change.kind === 'grew') {
      this.#view.grew(change.to);
      if (this.#follower.follows) this.#follower.toEnd();
    } else if (change.kind === 'truncated' || change.kind === 'replaced') {
      this.#forget();
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

  /** What a key of the workbench or a title button asks. */
  command(command: ViewerCommand): void {
    this.#commands.byWorkbench(command);
  }

  get #known(): Parameters<typeof factsOf>[3] {
    return {
      state: this.#state,
      marks: this.#marks,
      lines: this.#exactLines ? this.#lines : null,
      skip: this.#sideways.skip,
      hidden: this.#hidden,
    };
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
      find: this.#searching.finder.model,
      hidden: this.#hidden.templates,
    };
  }

  #makeActions(): ChromeActions {
    return {
      toggle: (option) => {
        const state = this.#state;
        if (state === null) return;
        const changed = { [option]: !state.options[option] };
        this.tell({ ...state, options: { ...state.options, ...changed } });
        this.#run(this.#host.peer.request('setOptions', changed));
      },
      find: () => {
        this.#commands.do('find');
      },
      run: (command, line) => {
        this.#card.hide();
        this.#run(this.#host.peer.request('run', { command, line: line ?? null }));
      },
      goToEnd: () => {
        this.#commands.do('goToEnd');
      },
      dismissBanner: () => {
        this.#banner = null;
        this.#redrawSoon();
      },
      closeFind: () => {
        this.#searching.finder.close();
        this.#frame.log.focus({ preventScroll: true });
      },
      query: (query) => {
        this.#searching.finder.look(query);
        this.#words.keep();
      },
      hide: (line) => {
        this.#run(this.#hide(line));
      },
      switchMember: (index) => {
        this.#showMembers((one, isShown) => (one === index ? !isShown : isShown));
      },
      showAllMembers: () => {
        this.#showMembers(() => true);
      },
      showHidden: () => {
        this.#run(this.#setHidden([]));
      },
      step: (direction) => {
        void this.#searching.finder.step(direction);
      },
    };
  }

  #makeBar(area: HTMLElement, controls: string): ScrollBar {
    const moved = (): void => {
      this.#userMoved = true;
    };
    const jumps = new ThumbJumps(this.#view, moved, this.#problem);
    return new ScrollBar(area, controls, {
      onByte: (byte) => {
        jumps.to(byte);
      },
      onPage: (direction) => {
        this.#scroll(direction * this.#view.screen * this.#view.lineHeight);
      },
      onLine: (line) => {
        this.reveal({ kind: 'line', line }, true);
      },
      onWheel: (event) => {
        this.#onWheel(event);
      },
    });
  }

  /** The log can be shown: where it was before a reload, at its end when it is followed, else at its start. */
  #begin({ opened, name, options, hidden }: ViewerState): void {
    if (opened === null) return;
    this.#frame.log.setAttribute('aria-label', `Log ${name}`);
    this.#view.reset();
    this.#view.grew(opened.bytes);
    this.#hidden.set(hidden);
    const kept = restored(this.#host.kept());
    if (options.follow) return;
    const back = kept?.name === name && kept.byte <= opened.bytes ? kept : null;
    this.#run(
      this.#view.goTo({ kind: 'byte', byte: back?.byte ?? 0 }, { offset: back?.offset ?? 0 }),
    );
  }

  /** The view shows other logs than before; whoever asked for them goes to where the reader was. */
  #showOthers({ opened }: ViewerState): void {
    this.#forget();
    this.#view.grew(opened?.bytes ?? 0);
    if (this.#follower.follows) this.#follower.toEnd();
  }

  /** What was shown is no longer there. */
  #forget(): void {
    this.#view.reset();
    this.#sideways.reset();
    this.#cursor.clear();
    this.#searching.finder.again();
    this.#exactLines = false;
  }

  #afterFrame(moved: boolean, drawn: boolean): void {
    this.#bar.showSeen(this.#view.seen);
    if (drawn || this.#coloursChanged) {
      this.#coloursChanged = false;
      this.#colouring.show(this.#view, this.#cursor, this.#searching.matchesOf);
    }
    if (!moved && !drawn) return;
    this.#look.fit(Math.max(this.#lines, this.#view.laid.at(-1)?.row?.line ?? 1), this.#view.width);
    const isEmpty = this.#view.laid.length === 0 && this.#state?.opened?.bytes === 0;
    this.#frame.empty.textContent = isEmpty ? 'This log is empty.' : '';
    if (this.#userMoved) {
      this.#userMoved = false;
      this.#follower.moved(this.#exactLines ? this.#lines : null);
    }
    this.#words.keep();
    this.#words.tellSeen();
  }

  #count({ lines, exactLines }: Rows): void {
    if (lines === this.#lines && exactLines === this.#exactLines) return;
    this.#lines = lines;
    this.#exactLines = exactLines;
    this.#bar.showMarks(this.#marks, lines);
    this.#redrawSoon();
  }

  #onCursor(row: Row): void {
    this.#recolour();
    this.#words.tellSelection();
    this.#announcer.sayCursor(row, this.#cursor.selection, this.#marks);
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
    const { lines, log } = this.#frame;
    lines.addEventListener(
      'wheel',
      (event) => {
        this.#onWheel(event);
      },
      { passive: false },
    );
    new Keys({
      onMove: (motion, extend) => {
        this.#userMoved = true;
        this.#card.hide();
        this.#run(
          this.#cursor.move(motion, extend).then(() => {
            const head = this.#cursor.selection?.head;
            if (head !== undefined) this.#sideways.show(head.byte, head.column);
          }),
        );
      },
      onScroll: (many) => {
        this.#scroll(many * this.#view.lineHeight);
      },
      onHover: () => {
        this.#hoverAtCursor();
      },
      onEscape: () => {
        this.#escape();
      },
      onCommand: (command) => {
        this.#commands.byKey(command);
      },
      isOwn: (target) => target === this.#card.element,
    });
    document.addEventListener('copy', (event) => {
      if (event.target instanceof HTMLInputElement || this.#card.shown) return;
      event.preventDefault();
      this.#commands.byWorkbench('copy');
    });
    lines.addEventListener('pointermove', (event) => {
      this.#onRest(event);
    });
    log.addEventListener('pointerleave', () => {
      this.#card.leave();
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
    this.#card.rest(line, element.line.getBoundingClientRect(), clientX);
  }

  #openFind(): void {
    this.#searching.open();
    this.#render();
    const input = this.#frame.over.querySelector<HTMLInputElement>('.find input');
    input?.focus();
    input?.select();
  }

  /** Hides the lines that follow the pattern of a line (1-based). */
  async #hide(line: number): Promise<void> {
    this.#card.hide();
    // Pressed again while the answer is awaited, it would hide what was shown again meanwhile.
    if (this.#asksPattern) return;
    this.#asksPattern = true;
    const template = await this.#host.peer.request('pattern', { line }).finally(() => {
      this.#asksPattern = false;
    });
    const known = this.#hidden.templates;
    if (template === null || template === '') {
      this.#tellBanner('No pattern is known for this line: it is known once the log is analysed.');
    } else if (!known.includes(template)) await this.#setHidden([...known, template]);
  }

  /** Shows some logs of a joined view; one change after the other, as each opens the log anew. */
  #showMembers(wanted: (index: number, isShown: boolean) => boolean): void {
    this.#showing = this.#showing
      .then(async () => {
        const state = this.#state;
        const all = [...(state?.members.keys() ?? [])];
        const next = all.filter((index) => wanted(index, state?.shown.includes(index) === true));
        if (next.length > 0) await this.#openMembers(next);
      })
      .catch(this.#problem);
  }

  /** The reader stays at the same line, or at the same time where that line is hidden. */
  async #openMembers(shown: readonly number[]): Promise<void> {
    const row = this.#cursorRow ?? this.#view.topRow?.row;
    const line = (row?.line ?? 1) - 1;
    const found = await this.#host.peer.request('showMembers', { shown, line });
    const time = row?.time ?? null;
    const hidden = (this.#state?.members ?? []).filter((_, index) => !shown.includes(index));
    this.#announcer.say(
      hidden.length === 0 ? 'All logs are shown' : `${hidden.map(nameOf).join(', ')} hidden`,
    );
    if (this.#follower.follows) return;
    const place: Place =
      found !== null
        ? { kind: 'line', line: found + 1 }
        : time !== null
          ? { kind: 'time', time }
          : { kind: 'byte', byte: 0 };
    await this.#view.goTo(place, 'centre');
  }

  /** The row of the cursor, where it is on the screen. */
  get #cursorRow(): Row | null {
    const byte = this.#cursor.selection?.head.byte;
    return byte === undefined ? null : (this.#view.elementOf(byte)?.row ?? null);
  }

  async #setHidden(templates: readonly string[]): Promise<void> {
    if (!this.#hidden.set(templates)) {
      this.#tellBanner('This pattern has too few words of its own: it would hide other lines too.');
      return;
    }
    this.#hidden.except(null);
    await this.#view.reread();
    this.#redrawSoon();
    await this.#host.peer.request('setHidden', { patterns: templates });
  }

  #tellBanner(text: string): void {
    this.#banner = text;
    this.#redrawSoon();
  }

  #hoverAtCursor(): void {
    const head = this.#cursor.selection?.head;
    const element = head === undefined ? undefined : this.#view.elementOf(head.byte);
    if (head === undefined || element === undefined || this.#marks.at(head.line) === null) return;
    const caret = element.caretRect(head.column);
    this.#run(this.#card.show(head.line, element.line.getBoundingClientRect(), caret.left, true));
  }

  #escape(): void {
    const focused = this.#card.element.contains(document.activeElement);
    if (this.#card.hide()) {
      if (focused) this.#frame.log.focus({ preventScroll: true });
    } else if (this.#searching.finder.isOpen) this.#actions.closeFind();
    else if (this.#cursor.collapse()) this.#recolour();
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
    render(head(model, this.#actions), this.#frame.top);
    render([findBox(model, this.#actions), pausedBar(model, this.#actions)], this.#frame.over);
  }
}
