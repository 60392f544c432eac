import type * as vscode from 'vscode';
import type { Log } from '../../engine/base/log.ts';
import type { TimeContext } from '../../engine/present/timeQuery.ts';
import { RpcError, RpcPeer, toFailure } from '../../protocol/rpc.ts';
import { mostCharacters } from '../../protocol/viewerApi.ts';
import type { Failure } from '../../protocol/rpc.ts';
import type {
  OpenedView,
  Place,
  ReaderEvents,
  Rows,
  SearchCount,
  ViewerCommand,
  ViewerEvents,
  ViewerHostRequests,
  ViewerHostSide,
  ViewerSide,
} from '../../protocol/viewerApi.ts';
import type { AnalysisService } from '../analysisService.ts';
import { DisposableStore } from '../disposables.ts';
import { nameOf } from '../logDocuments.ts';
import { logKey } from '../openLog.ts';
import type { FileLog, OpenLog } from '../openLog.ts';
import type { ReaderClient } from '../readerClient.ts';
import type { SettingsWatcher } from '../settingsWatcher.ts';
import type { Origin, ShownLog } from '../shownLog.ts';
import { MemberMarks } from './memberMarks.ts';
import { pageRequests } from './pageRequests.ts';
import { UnseenLines } from './unseenLines.ts';
import type { ViewerChoices } from './viewerChoices.ts';
import type { ViewerDocument } from './viewerDocument.ts';
import { viewerState } from './viewerState.ts';

/** Lines that are sent ahead: more than a screen has, which only the page can count. */
const firstLines = 200;

/**
 * Milliseconds between the first word of a page and the begin of the analysis. Loading the engine takes
 * a core for as long as a page takes to show its first lines.
 */
const pageComesUp = 300;

/** What views work with. */
export interface ViewServices {
  readonly analyses: AnalysisService;
  readonly reader: ReaderClient;
  readonly settings: SettingsWatcher;
  readonly choices: ViewerChoices;
  readonly log: Log;
}

export interface LogViewOptions {
  /** Names the view towards the reading thread. */
  readonly id: string;
  readonly document: ViewerDocument;
  readonly panel: vscode.WebviewPanel;
  readonly services: ViewServices;
  /** Whether it is the active one, what is selected in it, or whether it is visible changed. */
  readonly onChanged: () => void;
  readonly onClosed: (view: LogView) => void;
}

/**
 * One tab of the log viewer. It passes on what its page asks of the reading thread and keeps nothing of
 * the log's text, so that the memory of the extension host does not depend on the log.
 */
export class LogView implements ShownLog, vscode.Disposable {
  readonly id: string;
  readonly log: ViewerDocument;
  readonly #panel: vscode.WebviewPanel;
  readonly #services: ViewServices;
  readonly #onChanged: () => void;
  readonly #onClosed: (view: LogView) => void;
  readonly #peer: RpcPeer<ViewerHostSide, ViewerSide>;
  readonly #disposables = new DisposableStore();
  #opened: OpenedView | null = null;
  #failure: Failure | null = null;
  #notes: readonly string[] = [];
  /** Bytes of the log, as far as the host was told. */
  #bytes = 0;
  #follow = false;
  readonly #unseen = new UnseenLines();
  #visible: boolean;
  #pageReady = false;
  /** Whether the page has had time to show lines. */
  #pageUp = false;
  #comingUp: ReturnType<typeof setTimeout> | undefined;
  /** Where the page is to go as soon as it is there. */
  #pending: Place | null = null;
  #selected: ViewerEvents['selected'] | null = null;
  /** Null for a single log. */
  readonly #members: MemberMarks | null;
  /** The members that are shown, by their lanes: it reads these, as if there were no others. */
  #shown: readonly FileLog[];

  constructor({ id, document, panel, services, onChanged, onClosed }: LogViewOptions) {
    this.id = id;
    this.log = document;
    this.#panel = panel;
    this.#services = services;
    this.#onChanged = onChanged;
    this.#onClosed = onClosed;
    this.#visible = panel.visible;
    this.#shown = document.members;
    const { analyses, choices, log, reader, settings } = services;
    this.#peer = new RpcPeer<ViewerHostSide, ViewerSide>({
      post: (message) => void panel.webview.postMessage(message),
      requests: pageRequests({
        view: id,
        log: document,
        reader,
        analyses,
        choices,
        ready: () => this.#ready(),
        line: () => this.line,
        origin: (line) => this.origin(line),
        setFollow: (on) => {
          this.#follow = on;
          this.#watch();
        },
        showMembers: (params) => this.#showMembers(params),
        show: () => {
          this.#show();
        },
      }),
      events: {
        selected: (selected) => {
          this.#selected = selected;
          onChanged();
        },
        following: ({ on }) => {
          if (this.#unseen.follows(on)) this.#show();
        },
        seen: ({ bytes }) => {
          this.#unseen.saw(bytes);
        },
        problem: ({ message }) => {
          log.warn(`Viewer of ${nameOf(document.uri)}: ${message}`);
        },
      },
      onProblem: (message, cause) => {
        log.error(message, cause);
      },
    });
    this.#disposables.add(
      panel.webview.onDidReceiveMessage((message) => {
        this.#peer.receive(message);
      }),
    );
    this.#disposables.add(
      panel.onDidChangeViewState(() => {
        this.#viewStateChanged();
      }),
    );
    this.#disposables.add(
      panel.onDidDispose(() => {
        this.dispose();
      }),
    );
    this.#disposables.add(
      analyses.onDidChange((changed) => {
        if (logKey(changed) === logKey(document)) this.#show();
      }),
    );
    this.#disposables.add(
      settings.onDidChange(() => {
        this.#analyse();
        this.#show();
      }),
    );
    this.#members = document.joined === null ? null : this.#watchMembers();
    void this.open();
  }

  get members(): readonly FileLog[] {
    return this.log.members;
  }

  get active(): boolean {
    return this.#panel.active;
  }

  get visible(): boolean {
    return this.#panel.visible;
  }

  get selected(): ViewerEvents['selected'] | null {
    return this.#selected;
  }

  /** Bytes of the log as far as they are known. */
  get bytes(): number {
    return this.#bytes;
  }

  get line(): number {
    return Math.max(0, (this.#selected?.line ?? 1) - 1);
  }

  get viewColumn(): vscode.ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  /** Opens the log in the reading thread; `notes` say why it is done once more. */
  async open(notes: readonly string[] = []): Promise<void> {
    const { reader } = this.#services;
    try {
      this.#notes = [...notes, ...(await this.log.prepare())];
      this.#opened = await reader.request('open', {
        view: this.id,
        paths: this.#shown.map(({ path }) => path),
        joining: this.log.joined?.joining ?? null,
        rotated: this.log.rotated,
      });
      this.#bytes = this.#opened.bytes;
      this.#failure = null;
      if (!this.#pageUp) await this.#sendAhead();
      this.#watch();
      this.#analyse();
    } catch (error) {
      this.#opened = null;
      this.#failure = toFailure(error);
    }
    this.#show();
  }

  command(command: ViewerCommand): void {
    this.#peer.emit('command', { command });
  }

  go(place: Place): void {
    if (this.#pageReady) this.#peer.emit('reveal', { place, select: true });
    else this.#pending = place;
  }

  reveal(line: number): void {
    this.go({ kind: 'line', line: line + 1 });
  }

  jump(line: number): Promise<void> {
    this.#panel.reveal(undefined, false);
    this.reveal(line);
    return Promise.resolve();
  }

  /** @throws RpcError where the reading thread does not know the line of a joined view */
  async origin(line: number): Promise<Origin> {
    if (this.log.joined === null) return { log: this.log, line };
    const found = await this.#services.reader.request('lineOfRow', { view: this.id, row: line });
    const log = found === null ? undefined : this.#shown[found.lane];
    if (found !== null && log !== undefined) return { log, line: found.line };
    throw new RpcError({
      reason: 'not-found',
      message: 'Which log this line is of is not known yet.',
      advice: 'Wait until the lines are counted.',
    });
  }

  /** Goes to a line (0-based) of a log that this view shows with others. @returns whether it does */
  async showMember(uri: vscode.Uri, line: number): Promise<boolean> {
    if (this.log.joined === null) return false;
    const member = this.#shown.find((one) => one.uri.toString() === uri.toString());
    const [row = null] = await this.#rowsOf(member, [line]);
    if (row === null) return false;
    await this.jump(row);
    return true;
  }

  remember(): () => void {
    const { line } = this;
    return () => {
      this.reveal(line);
    };
  }

  /** Times of the lines at the log's start, end and cursor, for going to a time. @throws RpcError */
  async times(): Promise<TimeContext | null> {
    const timesAt = async (place: Place, before: number, after: number): Promise<number[]> => {
      const { rows } = await this.#rows(place, before, after);
      return rows.flatMap(({ time }) => time ?? []);
    };
    // A few lines, since not every line states a time.
    const [first] = await timesAt({ kind: 'byte', byte: 0 }, 0, 100);
    const last = (await timesAt({ kind: 'end' }, 100, 0)).at(-1);
    if (first === undefined || last === undefined) return null;
    return { first, last, at: this.#selected?.time ?? null, zone: this.#opened?.zone ?? 0 };
  }

  /** Whether its lines state times, so that one can go to a time. */
  get timed(): boolean {
    return this.#opened?.timed ?? false;
  }

  /** When the message at a 0-based line was written, milliseconds since the epoch; null where it does not say. */
  async timeAt(line: number): Promise<number | null> {
    const { rows, anchor } = await this.#rows({ kind: 'line', line: line + 1 }, 0, 0);
    return rows[anchor]?.time ?? null;
  }

  /** From the reading thread. */
  indexed({ bytes, of, lines }: ReaderEvents['indexed']): void {
    this.#bytes = of;
    if (bytes === of) this.#members?.moved(true);
    this.#peer.emit('indexed', { bytes, of, lines });
  }

  /** From the reading thread. */
  found(count: SearchCount): void {
    this.#peer.emit('found', count);
  }

  /** From the reading thread: the file is no longer what it was. */
  changed({ change, lanes }: ReaderEvents['changed']): void {
    const { analyses } = this.#services;
    const fileChanged = (appended: boolean): void => {
      if (this.log.joined === null) analyses.fileChanged(this.log, appended);
      for (const { lane, appended: only } of lanes) {
        const member = this.#shown[lane];
        if (member !== undefined) analyses.fileChanged(member, only);
      }
      this.#members?.moved(appended);
    };
    if (change.kind === 'grew') {
      this.#bytes = change.to;
      if (this.#unseen.grew(change.from, this.#panel.visible)) this.#show();
      fileChanged(true);
    }
    if (change.kind === 'truncated' || change.kind === 'replaced') {
      this.#bytes = change.to;
      this.#unseen.reset();
      fileChanged(false);
    }
    this.#peer.emit('changed', { change });
  }

  dispose(): void {
    clearTimeout(this.#comingUp);
    this.#peer.close({
      reason: 'disconnected',
      message: 'The view was closed.',
      advice: 'Open the log again.',
    });
    this.#members?.dispose();
    if (this.#members !== null) this.#services.analyses.present(this.log, null);
    this.#disposables.dispose();
    this.#tellReader('close', () =>
      this.#services.reader.request('close', { view: this.id }).then(() => undefined),
    );
    this.#onClosed(this);
  }

  #ready(): ReturnType<LogView['stateNow']> {
    this.#pageReady = true;
    this.#comingUp ??= setTimeout(() => {
      this.#pageUp = true;
      this.#analyse();
    }, pageComesUp);
    const place = this.#pending;
    this.#pending = null;
    // After the answer: the page shows nothing before it.
    if (place !== null)
      setImmediate(() => {
        this.go(place);
      });
    return this.stateNow();
  }

  stateNow(): ReturnType<typeof viewerState> {
    const { analyses, choices } = this.#services;
    return viewerState({
      name: nameOf(this.log.uri),
      opened: this.#opened,
      members: this.members.map(({ path }) => path),
      shown: this.#shown.map((log) => this.members.indexOf(log)),
      failure: this.#failure,
      state: analyses.stateOf(this.log),
      notes: this.#notes,
      options: choices.options(this.#follow),
      hidden: choices.hidden(this.log.uri.toString()),
      seenBytes: this.#unseen.from,
    });
  }

  #rows(place: Place, before: number, after: number, maxChars = 0): Promise<Rows> {
    const params = { view: this.id, place, before, after, maxChars };
    return this.#services.reader.request('rows', params);
  }

  /** The first lines, for a page that is still coming up: it shows them without having asked. */
  async #sendAhead(): Promise<void> {
    const rows = await this.#rows({ kind: 'byte', byte: 0 }, 0, firstLines, mostCharacters);
    this.#peer.emit('begin', { state: this.stateNow(), rows });
  }

  async #showMembers({
    shown,
    line,
  }: ViewerHostRequests['showMembers']['params']): Promise<number | null> {
    const origin = await this.origin(line - 1).catch(() => null);
    this.#shown = this.members.filter((_, index) => shown.includes(index));
    this.#unseen.reset();
    await this.open();
    // What was written to those that were hidden nobody has told.
    for (const log of this.members) this.#services.analyses.fileChanged(log, true);
    if (origin === null || this.#opened === null) return null;
    return (await this.#rowsOf(origin.log, [origin.line]))[0] ?? null;
  }

  #show(): void {
    if (this.#pageReady) this.#peer.emit('state', this.stateNow());
  }

  #analyse(): void {
    const { analyses, settings } = this.#services;
    if (this.#opened === null || !this.#pageUp || !settings.current.enable) return;
    for (const log of this.members) analyses.follow(log);
    this.#members?.moved(false);
  }

  #watchMembers(): MemberMarks {
    const { analyses, log } = this.#services;
    return new MemberMarks({
      members: this.members,
      analyses,
      rowsOf: (index, lines) => this.#rowsOf(this.members[index], lines),
      onChanged: (state) => {
        analyses.present(this.log, state);
      },
      onProblem: (message) => {
        log.debug(`Marks of ${nameOf(this.log.uri)}: ${message}`);
      },
    });
  }

  /** The rows that show lines of a member; none for one that is hidden. */
  async #rowsOf(
    member: OpenLog | undefined,
    lines: readonly number[],
  ): Promise<readonly (number | null)[]> {
    const lane = this.#shown.findIndex((log) => log === member);
    if (lane < 0) return lines.map(() => null);
    const params = { view: this.id, lane, lines };
    return (await this.#services.reader.request('rowsOfLane', params)).rows;
  }

  /** The file is looked at while somebody looks at the view, or wants to find it followed. */
  #watch(): void {
    if (this.#opened === null || !this.log.isFile) return;
    const on = this.#follow || this.#panel.visible;
    this.#tellReader('follow', () =>
      this.#services.reader.request('follow', { view: this.id, on }).then(() => undefined),
    );
  }

  #viewStateChanged(): void {
    if (this.#visible !== this.#panel.visible) {
      this.#visible = this.#panel.visible;
      if (!this.#visible) {
        // The editor drops the page of a hidden tab; it asks for everything when it is back.
        this.#pageReady = false;
        this.#unseen.left(this.#bytes);
      }
      this.#watch();
    }
    this.#onChanged();
  }

  #tellReader(what: string, tell: () => Promise<void>): void {
    const { log, reader } = this.#services;
    if (!reader.running) return;
    tell().catch((error: unknown) => {
      log.debug(`Viewer, ${what}: ${toFailure(error).message}`);
    });
  }
}
