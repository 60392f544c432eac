import type { Row } from '../../src/protocol/readerApi.ts';
import type { LogMarks } from '../../src/protocol/workerApi.ts';
import { RpcError } from '../../src/protocol/rpc.ts';
import { appendWait, type AppendRun } from '../../src/host/appendPace.ts';
import type { Threads } from './threads.ts';

export interface HostSideOptions {
  readonly threads: Threads;
  readonly path: string;
  /** Lines that are shown; those of a large screen when absent. */
  readonly screen?: number;
  /** Lines at the end of the log, as a view that follows it gets them. */
  readonly onShown: (rows: readonly Row[]) => void;
  readonly onScored: (marks: LogMarks) => void;
}

const largeScreen = 60;

/** A run of the engine. */
interface Running {
  readonly id: number;
  readonly work: 'append' | 'all';
  readonly started: number;
  readonly controller: AbortController;
  /** All of it is: what remains is refinement, and new lines matter more. */
  marked: boolean;
}

/** What the extension host and a following view do with a log, without an editor. */
export class HostSide {
  readonly #options: HostSideOptions;
  #showing = false;
  #showAgain = false;
  #last: AppendRun | null = null;
  #timer: NodeJS.Timeout | null = null;
  #running: Running | null = null;
  #waits: 'append' | 'all' | null = null;
  #run = 0;
  #closed = false;

  constructor(options: HostSideOptions) {
    this.#options = options;
  }

  /** Whether nothing is under way. */
  get idle(): boolean {
    return this.#running === null && this.#timer === null && this.#waits === null;
  }

  /** Opens the log in both threads; resolves when it is analysed. */
  async open(): Promise<void> {
    const { threads, path } = this.#options;
    const open = { view: 'v', paths: [path], joining: null, rotated: false } as const;
    await threads.reader.request('open', open);
    this.#waits = 'all';
    await this.#score();
    await threads.reader.request('follow', { view: 'v', on: true });
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  changed(kind: string): void {
    if (this.#closed) return;
    this.#showAgain = true;
    if (!this.#showing) void this.#show();
    if (kind === 'grew') this.#waits ??= 'append';
    else if (kind === 'replaced' || kind === 'truncated') this.#waits = 'all';
    this.#scoreSoon();
  }

  /** While one answer is awaited, further growth asks once more behind it. */
  async #show(): Promise<void> {
    const { threads, onShown, screen = largeScreen } = this.#options;
    this.#showing = true;
    while (this.#showAgain && !this.#closed) {
      this.#showAgain = false;
      try {
        const { rows } = await threads.reader.request('rows', {
          view: 'v',
          place: { kind: 'end' },
          before: screen,
          after: 0,
          maxChars: 2000,
        });
        onShown(rows);
      } catch (error) {
        // It was rotated while it was read: the next change says so.
        if (!(error instanceof RpcError)) throw error;
      }
    }
    this.#showing = false;
  }

  /** Findings of a stage of a run. */
  marked(run: number, marks: LogMarks): void {
    const running = this.#running;
    if (running?.id !== run) return;
    const { started } = running;
    running.marked = marks.read.bytes === marks.read.of;
    this.#last = { started, took: performance.now() - started };
    this.#options.onScored(marks);
    this.#scoreSoon();
  }

  #scoreSoon(): void {
    if (this.#timer !== null || this.#waits === null || this.#closed) return;
    const wait = this.#last === null ? 0 : appendWait(this.#last, performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const running = this.#running;
      if (running === null) void this.#score();
      else if (running.marked && running.work === 'append') running.controller.abort();
    }, wait);
  }

  async #score(): Promise<void> {
    const { threads, path, onScored } = this.#options;
    const log = 'faultline-file:log';
    const work = this.#waits ?? 'append';
    const started = performance.now();
    const id = ++this.#run;
    const controller = new AbortController();
    const running = { id, work, started, controller, marked: false };
    this.#running = running;
    this.#waits = null;
    const { signal } = controller;
    const source = { kind: 'path', path } as const;
    try {
      const marks =
        work === 'append'
          ? await threads.engine.request('append', { log, run: id, source }, signal)
          : await threads.engine.request(
              'analyse',
              { log, run: id, name: path, source: { ...source, lines: 'file' } },
              signal,
            );
      onScored(marks);
      this.#last = { started, took: performance.now() - started };
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      // Not a continuation of what is known, or gone for a moment: from the start.
      if (error.reason !== 'aborted') this.#waits = 'all';
    }
    this.#running = null;
    if (signal.aborted && !this.#closed) void this.#score();
    else this.#scoreSoon();
  }
}
