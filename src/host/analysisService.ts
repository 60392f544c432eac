import * as vscode from 'vscode';
import type { Log } from '../engine/base/log.ts';
import { RpcError, toFailure, transferring } from '../protocol/rpc.ts';
import type {
  AppendedSource,
  LogMarks,
  WorkerEvents,
  WorkerOptions,
  WorkerRequests,
} from '../protocol/workerApi.ts';
import { appendWait } from './appendPace.ts';
import type { AppendRun } from './appendPace.ts';
import { DisposableStore } from './disposables.ts';
import { classifyChange, growth, mergeWork } from './documentChange.ts';
import type { PendingWork } from './documentChange.ts';
import type { EngineClient } from './engineClient.ts';
import { isLogDocument, pathOf, slicedText, textLength } from './logDocuments.ts';
import { KeptLogs } from './keptLogs.ts';
import { isSettled, nextState } from './logState.ts';
import type { LogEvent, LogState } from './logState.ts';
import { isFileLog, logKey } from './openLog.ts';
import type { FileLog, OpenLog } from './openLog.ts';
import { utf8Slices } from './textSlices.ts';
import { TrackedLogs, hasLines, sharedBy } from './trackedLogs.ts';
import type { AnalysisRun, TrackedLog } from './trackedLogs.ts';

/** Pause after the last keystroke before a log is read again, in milliseconds. */
const editPause = 500;

/** How long lines typed at the end are collected, in milliseconds: a log that grows all the time is still read. */
const appendPause = 250;

/**
 * Follows every log that is shown in an editor: reads it when it appears, again when it changes (only
 * the new end where it grew), gives up what nobody waits for any more, forgets it when it is closed.
 */
export class AnalysisService implements vscode.Disposable {
  readonly #engine: EngineClient;
  readonly #log: Log;
  readonly #presented = new Map<string, LogState>();
  readonly #tracked = new TrackedLogs();
  readonly #kept = new KeptLogs((key) => {
    const unused = this.logs().find((log) => logKey(log) === key);
    if (unused !== undefined) this.forget(unused);
  });
  readonly #disposables = new DisposableStore();
  readonly #changed = this.#disposables.add(new vscode.EventEmitter<OpenLog>());
  #enabled: boolean;
  #options: WorkerOptions;
  #lastRun = 0;

  /** Fires when the state of a log changed, also when it is no longer followed. */
  readonly onDidChange = this.#changed.event;

  constructor(engine: EngineClient, log: Log, enabled: boolean, options: WorkerOptions) {
    this.#engine = engine;
    this.#log = log;
    this.#enabled = enabled;
    this.#options = options;
    const { workspace, window } = vscode;
    this.#disposables.add(
      window.onDidChangeVisibleTextEditors(() => {
        this.#followVisible();
      }),
    );
    this.#disposables.add(
      workspace.onDidOpenTextDocument(() => {
        this.#followVisible();
      }),
    );
    this.#disposables.add(
      workspace.onDidCloseTextDocument((closed) => {
        this.forget(closed);
      }),
    );
    this.#disposables.add(
      workspace.onDidChangeTextDocument((change) => {
        this.#edited(change);
      }),
    );
  }

  /** Begins with what is visible; not in the constructor, so that activation returns first. */
  start(): void {
    // The thread loads while the editor still lays out the text of a large log.
    if (this.#enabled) this.#engine.warmUp();
    this.#followVisible();
  }

  /** Takes over what the reader chose. Other marks need no new reading; another embedder
   * and other formats do. */
  async reconfigure(enabled: boolean, options: WorkerOptions): Promise<void> {
    const otherReading =
      options.embeddings !== this.#options.embeddings ||
      JSON.stringify(options.formats) !== JSON.stringify(this.#options.formats);
    this.#options = options;
    this.#setEnabled(enabled);
    if (!this.#engine.running) return;
    try {
      await this.#engine.request('configure', options);
      if (otherReading) for (const log of this.logs()) this.again(log);
      else await this.#refresh();
    } catch (error) {
      this.#log.warn(`Settings: ${toFailure(error).message}`);
    }
  }

  stateOf(source: OpenLog): LogState | null {
    return this.#presented.get(logKey(source)) ?? this.#tracked.find(source)?.state ?? null;
  }

  /** What is known of several logs that are shown as one; null forgets it. They are analysed as themselves. */
  present(source: OpenLog, state: LogState | null): void {
    if (state === null) this.#presented.delete(logKey(source));
    else this.#presented.set(logKey(source), state);
    this.#changed.fire(source);
  }

  /** Every followed log. */
  logs(): readonly OpenLog[] {
    return this.#tracked.all().flatMap(({ sources }) => sources);
  }

  /** How the engine knows a log, which it may share with another one. */
  keyOf(source: OpenLog): string {
    return this.#tracked.find(source)?.key ?? logKey(source);
  }

  /**
   * Follows a log although no editor shows it: a document as long as the editor keeps it, any other
   * until nobody keeps it. The document of a file and its viewer are analysed once.
   */
  follow(source: OpenLog): void {
    if (this.#tracked.find(source) !== undefined) return;
    if (this.#tracked.join(source) !== undefined) this.#changed.fire(source);
    else this.#enqueue(this.#tracked.add(source), { kind: 'all' }, 0);
  }

  /**
   * Has a log that is read by its path known for as long as somebody shows it.
   * @param key as of `logKey`
   * @returns what lets go of it; the last one to do so has it forgotten
   */
  keep(key: string): () => void {
    return this.#kept.keep(key);
  }

  /** Reads a log from its start, whatever is known. */
  again(source: OpenLog): void {
    this.#engine.revive();
    const log = this.#tracked.find(source);
    if (log === undefined) {
      this.follow(source);
      return;
    }
    log.stops = 0;
    this.#apply(log, { kind: 'changed', appended: true });
    this.#enqueue(log, { kind: 'all' }, 0);
  }

  /** A log that is read by its path has grown (`appended`), or is another one by now. */
  fileChanged(file: FileLog, appended: boolean): void {
    const log = this.#tracked.find(file);
    if (log === undefined) return;
    log.stops = 0;
    this.#apply(log, { kind: 'changed', appended });
    if (appended) this.#enqueue(log, { kind: 'append', texts: [] }, pauseBefore(log));
    else this.#enqueue(log, { kind: 'all' }, 0);
  }

  /** The file of a document has grown: what came is scored while the editor still loads it. */
  fileGrew(document: vscode.TextDocument): void {
    const log = this.#tracked.find(document);
    if (log === undefined || pathToRead(document) === null) return;
    this.#apply(log, { kind: 'changed', appended: true });
    this.#enqueue(log, { kind: 'append', texts: [] }, pauseBefore(log));
  }

  /**
   * After the engine has started again. Logs that were done are read again when somebody asks about
   * them; one that stopped the engine twice would do so again and waits for the reader.
   */
  engineRestarted(): void {
    for (const log of this.#tracked.all()) {
      if (log.state.kind === 'failed' && log.stops < 2) this.#enqueue(log, { kind: 'all' }, 0);
    }
  }

  /** Gives up a running analysis; what is marked stays. */
  cancel(source: OpenLog): void {
    const log = this.#tracked.find(source);
    if (log === undefined) return;
    this.#drop(log);
    this.#apply(log, { kind: 'cancelled' });
  }

  /**
   * Resolves when nothing more will happen to the log by itself, when `signal` fires, or when marks of
   * all its present text have been there for `patience` milliseconds. Null where it is not followed.
   */
  settled(source: OpenLog, signal: AbortSignal, patience = Infinity): Promise<LogState | null> {
    const key = logKey(source);
    const isOver = (state: LogState | null): boolean => state === null || isSettled(state);
    const now = this.stateOf(source);
    if (isOver(now) || signal.aborted) return Promise.resolve(now);
    return new Promise((resolve) => {
      let timer: ReturnType<typeof setTimeout> | null = null;
      const look = (): void => {
        const state = this.stateOf(source);
        if (isOver(state)) finish();
        else if (isRead(state) && Number.isFinite(patience)) {
          timer ??= setTimeout(finish, patience);
        }
      };
      const finish = (): void => {
        listener.dispose();
        signal.removeEventListener('abort', finish);
        if (timer !== null) clearTimeout(timer);
        resolve(this.stateOf(source));
      };
      const listener = this.onDidChange((changed) => {
        if (logKey(changed) === key) look();
      });
      signal.addEventListener('abort', finish, { once: true });
      look();
    });
  }

  /**
   * Asks the engine about one log. Where the engine had to forget it, it is read again first.
   * @throws RpcError
   */
  async ask<
    K extends
      | 'marks'
      | 'hover'
      | 'editorLine'
      | 'templateAt'
      | 'outline'
      | 'folds'
      | 'times'
      | 'lineAtTime',
  >(
    source: OpenLog,
    name: K,
    params: Omit<WorkerRequests[K]['params'], 'log'>,
    signal?: AbortSignal,
  ): Promise<WorkerRequests[K]['result']> {
    return this.recovering([source], signal, () =>
      this.#engine.request(name, { ...params, log: this.keyOf(source) }, signal),
    );
  }

  /** Runs `work`; where the engine does not know one of the logs, reads them and runs it once more. */
  async recovering<T>(
    sources: readonly OpenLog[],
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RpcError) || error.reason !== 'not-found') throw error;
      const until = signal ?? new AbortController().signal;
      for (const source of sources) {
        this.again(source);
        await this.settled(source, until);
      }
      return await work();
    }
  }

  /** From the engine: findings of a stage. */
  marked({ log: key, run: id, marks }: WorkerEvents['marks']): void {
    const log = this.#tracked.named(key);
    if (log?.run?.id !== id) return;
    const { run } = log;
    const { bytes, of } = marks.read;
    // A log that is read by its path may be of any size: giving up its first reading would begin it anew.
    run.givesWay = bytes === of && (run.kind === 'append' || !isFileLog(log.source));
    log.known = true;
    log.appended = looked(run);
    this.#apply(log, { kind: 'marked', marks });
    if (log.waiting !== null) this.#wake(log, pauseBefore(log));
  }

  /** From the engine: how far it is. */
  progressed({ log: key, run, progress }: WorkerEvents['progress']): void {
    const log = this.#tracked.named(key);
    if (log?.run?.id === run) this.#apply(log, { kind: 'progressed', progress });
  }

  dispose(): void {
    for (const log of this.#tracked.all()) this.#drop(log);
    this.#tracked.clear();
    this.#enabled = false;
    this.#disposables.dispose();
  }

  /** Follows nothing while it is off. */
  #setEnabled(enabled: boolean): void {
    if (this.#enabled === enabled) return;
    this.#enabled = enabled;
    if (enabled) this.#followVisible();
    else for (const log of this.logs()) this.forget(log);
  }

  /** Shows known logs with the present options. */
  async #refresh(): Promise<void> {
    const known = [...this.#tracked.all()].filter(({ state }) => state.kind === 'done');
    await Promise.all(
      known.map(async (log) => {
        const marks = await this.ask(log.source, 'marks', {});
        this.#apply(log, { kind: 'refreshed', marks });
      }),
    );
  }

  #followVisible(): void {
    if (!this.#enabled) return;
    for (const { document } of vscode.window.visibleTextEditors) {
      if (isLogDocument(document)) this.follow(document);
    }
  }

  /** Nobody looks at the log any more: gives up its analysis and what the engine knows of it. */
  forget(source: OpenLog): void {
    const log = this.#tracked.leave(source);
    if (log === undefined) return;
    if (log.sources.length > 0) {
      this.#changed.fire(source);
      return;
    }
    this.#drop(log);
    this.#changed.fire(source);
    if (!this.#engine.running) return;
    this.#engine.request('close', { log: log.key }).catch((error: unknown) => {
      this.#log.debug(`Closing a log: ${toFailure(error).message}`);
    });
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const log = this.#tracked.find(document);
    if (log === undefined) return;
    const grown = growth(contentChanges);
    const before = log.length ?? textLength(document) - grown;
    log.length = before + grown;
    const isTyped = pathToRead(document) === null;
    const work = classifyChange(before, contentChanges, !isTyped);
    if (work === null) return;
    // What the reader types is in no file.
    if (document.isDirty) this.#part(log);
    log.stops = 0;
    this.#apply(log, { kind: 'changed', appended: work.kind === 'append' });
    const pause = isTyped ? appendPause : pauseBefore(log);
    this.#enqueue(log, work, work.kind === 'append' ? pause : editPause);
  }

  #apply(log: TrackedLog, event: LogEvent): void {
    const next = nextState(log.state, event);
    if (next === log.state) return;
    log.state = next;
    for (const source of log.sources) this.#changed.fire(source);
  }

  /** Gives the viewer of a file an analysis of its own: the document of it has other lines. */
  #part(log: TrackedLog): void {
    const shared = sharedBy(log);
    if (shared === null) return;
    this.#tracked.leave(shared.file);
    this.#enqueue(this.#tracked.add(shared.file), { kind: 'all' }, 0);
  }

  #enqueue(log: TrackedLog, work: PendingWork, pause: number): void {
    log.waiting = mergeWork(log.waiting, work);
    if (work.kind === 'all') {
      log.run?.controller.abort();
      if (log.timer !== null) clearTimeout(log.timer);
      log.timer = null;
    }
    this.#wake(log, pause);
  }

  #wake(log: TrackedLog, pause: number): void {
    log.timer ??= setTimeout(() => {
      log.timer = null;
      if (log.run === null) void this.#work(log);
      else if (log.run.givesWay) log.run.controller.abort();
    }, pause);
  }

  #drop(log: TrackedLog): void {
    if (log.timer !== null) clearTimeout(log.timer);
    log.timer = null;
    log.waiting = null;
    log.run?.controller.abort();
  }

  /** Works until nothing waits: one run after the other, never two on one log. */
  async #work(log: TrackedLog): Promise<void> {
    while (log.waiting !== null && log.timer === null) {
      const work: PendingWork = log.known ? log.waiting : { kind: 'all' };
      log.waiting = null;
      log.known = false;
      const run: AnalysisRun = {
        id: ++this.#lastRun,
        controller: new AbortController(),
        kind: work.kind,
        started: performance.now(),
        givesWay: false,
      };
      log.run = run;
      this.#apply(log, { kind: 'started' });
      try {
        const marks = await this.#analyse(log, work, run);
        log.appended = looked(run);
        log.stops = 0;
        log.known = true;
        this.#apply(log, { kind: 'finished', marks });
        const shared = sharedBy(log);
        if (work.kind === 'all' && shared !== null && !hasLines(shared.document, marks.lines)) {
          this.#part(log);
        }
      } catch (error) {
        this.#failed(log, error);
      } finally {
        log.run = null;
      }
    }
  }

  #failed(log: TrackedLog, error: unknown): void {
    const failure = toFailure(error);
    if (failure.reason === 'aborted') {
      if (log.waiting === null) this.#apply(log, { kind: 'cancelled' });
      return;
    }
    if (failure.reason === 'disconnected') log.stops++;
    this.#log.warn(`${pathOf(log.source.uri)}: ${failure.message} (${failure.reason})`);
    this.#apply(log, { kind: 'failed', failure });
  }

  async #analyse(log: TrackedLog, work: PendingWork, run: AnalysisRun): Promise<LogMarks> {
    if (work.kind === 'append') {
      try {
        return await this.#append(log, work.texts, run);
      } catch (error) {
        if (!isOneOf(error, ['changed-while-reading', 'not-found', 'invalid-argument']))
          throw error;
      }
    }
    const path = pathToRead(log.source);
    if (path !== null) {
      try {
        return await this.#readWhole(log, run, path);
      } catch (error) {
        // Deleted or locked on disk while the editor still shows it: its text is read instead.
        if (isFileLog(log.source) || !isOneOf(error, ['not-found', 'no-permission', 'unreadable']))
          throw error;
      }
    }
    if (!isFileLog(log.source)) await this.#send(log, log.source, run.controller.signal);
    return this.#readWhole(log, run, null);
  }

  #append(log: TrackedLog, texts: readonly string[], run: AnalysisRun): Promise<LogMarks> {
    const path = pathToRead(log.source);
    const source: AppendedSource =
      path === null
        ? { kind: 'bytes', bytes: new TextEncoder().encode(texts.join('')) }
        : { kind: 'path', path };
    return this.#engine.request(
      'append',
      { log: log.key, run: run.id, source },
      run.controller.signal,
    );
  }

  /** `path` is null for the text that the worker received in slices. */
  #readWhole(log: TrackedLog, run: AnalysisRun, path: string | null): Promise<LogMarks> {
    const lines = isFileLog(log.source) ? 'file' : 'editor';
    const rotated = isFileLog(log.source) && log.source.rotated === true;
    return this.#engine.request(
      'analyse',
      {
        log: log.key,
        run: run.id,
        name: pathOf(log.source.uri),
        source: path === null ? { kind: 'slices' } : { kind: 'path', path, lines, rotated },
      },
      run.controller.signal,
    );
  }

  /** Hands the text over slice by slice; waiting for each reply lets the host breathe in between. */
  async #send(
    { key }: TrackedLog,
    document: vscode.TextDocument,
    signal: AbortSignal,
  ): Promise<void> {
    const empty = new Uint8Array(0);
    await this.#engine.request('receive', { log: key, bytes: empty, first: true }, signal);
    for (const bytes of utf8Slices(slicedText(document))) {
      const params = transferring({ log: key, bytes, first: false }, [bytes.buffer]);
      await this.#engine.request('receive', params, signal);
    }
  }
}

/** Everything was looked at; what a first look found in a part of a large log is not enough. */
function isRead(state: LogState | null): boolean {
  return state?.shown?.stale === false && state.shown.marks.stage !== 'first';
}

/** Milliseconds until what was appended to a file is looked at. */
function pauseBefore({ appended }: TrackedLog): number {
  return appended === null ? 0 : appendWait(appended, performance.now());
}

/** The file that holds what the reader sees, so that the engine reads it by path; null where there is none. */
function pathToRead(log: OpenLog): string | null {
  if (isFileLog(log)) return log.path;
  return log.uri.scheme === 'file' && !log.isDirty ? log.uri.fsPath : null;
}

function looked({ started }: AnalysisRun): AppendRun {
  return { started, took: performance.now() - started };
}

function isOneOf(error: unknown, reasons: readonly RpcError['reason'][]): boolean {
  return error instanceof RpcError && reasons.includes(error.reason);
}
