import type { Place, Row, Rows } from '../../src/protocol/viewerApi.ts';
import type { HiddenPatterns } from './hiddenPatterns.ts';
import { RowCache } from './rowCache.ts';

/** Rows that are read ahead in either direction, in screens. */
const screensAhead = 5;

/** Most lines that are asked for at once: some ten milliseconds of work. */
const mostAtOnce = 2000;

/** Milliseconds after a jump before more is read: while a thumb is dragged nobody stays anywhere. */
const afterJump = 100;

export type FetchRows = (
  place: Place,
  before: number,
  after: number,
  signal: AbortSignal,
) => Promise<Rows>;

/** What an answer did to the rows: added some beside them or not, or took the place of all. */
export type RowsChange = 'same' | 'more' | 'other';

export interface RowReaderOptions {
  readonly fetch: FetchRows;
  readonly hidden: HiddenPatterns;
  readonly onRows: (answer: Rows, change: RowsChange) => void;
  readonly onProblem: (error: unknown) => void;
}

/**
 * Reads the rows around what is seen. One request at a time, and the latest wins: a jump takes the
 * place of whatever was asked before, since nobody looks at that any more.
 */
export class RowReader {
  readonly cache: RowCache;
  readonly #options: RowReaderOptions;
  #bytes = 0;
  #current: AbortController | null = null;
  #jumping = false;
  #outdated = false;
  #jumped = -afterJump;
  #later = 0;

  constructor(options: RowReaderOptions) {
    this.#options = options;
    this.cache = new RowCache(options.hidden.join);
  }

  /** Bytes of the log as far as they are known. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Forgets all: another file, or one that was cut. */
  reset(): void {
    this.#stop();
    this.cache.clear();
    this.#bytes = 0;
  }

  /** What is beyond the last row is read when it comes near. */
  grew(bytes: number): void {
    this.#bytes = Math.max(this.#bytes, bytes);
  }

  /** Gives up a jump that is under way. */
  stay(): void {
    if (this.#jumping) this.#stop();
  }

  /**
   * Reads around a place.
   * @returns the row that was asked for; null where another jump came before its answer
   */
  async goTo(place: Place, before: number, after: number): Promise<Row | null> {
    this.#jumped = performance.now();
    const answer = await this.#ask(place, before, after, true);
    if (answer === null) return null;
    this.#jumped = performance.now();
    const row = answer.rows[answer.anchor];
    this.#options.hidden.except(row?.byte ?? null);
    this.#take(answer);
    return row === undefined ? null : (this.cache.rows[this.cache.indexOf(row.byte)] ?? row);
  }

  /** What was read is to be read again when nothing else is: its line numbers are known now. */
  outdate(): void {
    this.#outdated = true;
  }

  /** Reads rows again at once, as they are to show something else. */
  async again(byte: number, around: number): Promise<void> {
    this.#outdated = false;
    const answer = await this.#ask({ kind: 'byte', byte }, around, around, true);
    if (answer === null) return;
    this.cache.clear();
    this.#take(answer);
  }

  /**
   * Reads on where rows near the edge of what was read: `first` and `last` are what is drawn, `again`
   * is called when it is too early to know.
   */
  ahead(first: Row, last: Row, screen: number, again: () => void): void {
    if (this.#current !== null) return;
    const wait = this.#jumped + afterJump - performance.now();
    if (wait > 0) {
      clearTimeout(this.#later);
      this.#later = setTimeout(again, wait);
      return;
    }
    const enough = screen * screensAhead;
    if (this.#outdated) {
      this.again(first.byte, enough).catch(this.#options.onProblem);
      return;
    }
    const { rows, end } = this.cache;
    const above = this.cache.indexOf(first.byte);
    const below = this.cache.indexOf(last.byte);
    if (above < 0 || below < 0) return;
    const start = this.cache.first?.byte ?? 0;
    // Where most lines are hidden, few of many come to be shown.
    const many = this.#options.hidden.templates.length > 0 ? mostAtOnce : enough * 2;
    if (rows.length - below < enough && end < this.#bytes) {
      void this.#extend({ kind: 'byte', byte: end }, 0, many, first.byte);
    } else if (above < enough && start > 0) {
      void this.#extend({ kind: 'byte', byte: start }, many, 0, first.byte);
    }
  }

  #stop(): void {
    this.#current?.abort();
    this.#current = null;
    this.#jumping = false;
  }

  async #extend(place: Place, before: number, after: number, seen: number): Promise<void> {
    try {
      const answer = await this.#ask(place, before, after, false);
      if (answer === null) return;
      this.#take(answer);
      this.cache.trim(seen);
    } catch (error) {
      this.#options.onProblem(error);
    }
  }

  async #ask(place: Place, before: number, after: number, jump: boolean): Promise<Rows | null> {
    this.#stop();
    const request = new AbortController();
    this.#current = request;
    this.#jumping = jump;
    try {
      const answer = await this.#options.fetch(place, before, after, request.signal);
      return this.#current === request ? answer : null;
    } catch (error) {
      if (request.signal.aborted) return null;
      throw error;
    } finally {
      if (this.#current === request) {
        this.#current = null;
        this.#jumping = false;
      }
    }
  }

  #take(answer: Rows): void {
    this.#bytes = answer.bytes;
    const { first, end } = this.cache;
    const beside = this.cache.add(this.#options.hidden.folded(answer.rows));
    const more = this.cache.first?.byte !== first?.byte || this.cache.end > end;
    this.#options.onRows(answer, !beside ? 'other' : more ? 'more' : 'same');
  }
}
