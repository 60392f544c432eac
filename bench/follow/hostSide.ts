import type { Row } from '../../src/protocol/readerApi.ts';
import type { LogMarks } from '../../src/protocol/workerApi.ts';
import { RpcError } from '../../src/protocol/rpc.ts';
import { appendWait, type AppendRun } from '../../src/host/appendPace.ts';
import type { Threads } from './threads.ts';

export interface HostSideOptions {
  readonly threads: Threads;
  readonly path: string;
  /** Lines at the end of the log, as a view that follows it gets them. */
  readonly onShown: (rows: readonly Row[]) => void;
  readonly onScored: (marks: LogMarks) => void;
}

/** Lines of a large screen. */
const screen = 60;

/** What the extension host and a following view do with a log, without an editor. */
export class HostSide {
  readonly #options: HostSideOptions;
  #showing = false;
  #showAgain = false;
  #last: AppendRun | null = null;
  #timer: NodeJS.Timeout | null = null;
  #running = false;
  #waits: 'append' | 'all' | null = null;
  #run = 0;
  #closed = false;

  constructor(options: HostSideOptions) {
    this.#options = options;
  }

  /** Whether nothing is under way. */
  get idle(): boolean {
    return !this.#running && this.#timer === null && this.#waits === null;
  }

  /** Opens the log in both threads; resolves when it is analysed. */
  async open(): Promise<void> {
    const { threads, path } = this.#options;
    const open = { view: 'v', paths: [path], joining: 'concatenated', rotated: false } as const;
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
    const { threads, onShown } = this.#options;
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

  #scoreSoon(): void {
    if (this.#timer !== null || this.#running || this.#waits === null || this.#closed) return;
    const wait = this.#last === null ? 0 : appendWait(this.#last, performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#score();
    }, wait);
  }

  async #score(): Promise<void> {
    const { threads, path, onScored } = this.#options;
    const log = 'faultline-file:log';
    const started = performance.now();
    this.#running = true;
    const work = this.#waits;
    this.#waits = null;
    const run = ++this.#run;
    try {
      const marks =
        work === 'append'
          ? await threads.engine.request('append', { log, run, source: { kind: 'path', path } })
          : await threads.engine.request('analyse', {
              log,
              run,
              name: path,
              source: { kind: 'path', path, lines: 'file' },
            });
      onScored(marks);
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      // Not a continuation of what is known, or gone for a moment: from the start.
      this.#waits = 'all';
    }
    this.#last = { started, took: performance.now() - started };
    this.#running = false;
    this.#scoreSoon();
  }
}
