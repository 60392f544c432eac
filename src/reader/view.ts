import { yieldToEventLoop } from '../engine/base/abort.ts';
import { EngineError } from '../engine/base/engineError.ts';
import { lineMatcher } from '../engine/page/lineMatcher.ts';
import { findMatch } from '../engine/page/findMatch.ts';
import { LogPages } from '../engine/page/logPages.ts';
import type { LogRow } from '../engine/page/logPages.ts';
import type { SourceChange } from '../engine/source/byteSource.ts';
import type {
  Hit,
  LaneLine,
  OpenedView,
  ReaderRequests,
  Row,
  Rows,
  SearchCount,
  SearchQuery,
} from '../protocol/readerApi.ts';
import { Follower } from './follower.ts';
import type { LanePlaces } from './lanePlaces.ts';
import type { Opened } from './openJoined.ts';
import { Searches } from './searches.ts';
import type { ViewsOptions } from './viewsOptions.ts';

type Params<K extends keyof ReaderRequests> = ReaderRequests[K]['params'];

/** Milliseconds between two events that tell how far something is. */
const pace = 100;

/**
 * Milliseconds before the lines of a large log are counted: the page that shows the first of them comes
 * up at that time, and counting takes a core. A log below so many bytes is counted in a few frames.
 */
const pageComesUp = 400;
const countedAtOnce = 32 << 20;

/** Rows that are looked up before others get their turn. */
const rowsAtOnce = 256;

/** Characters of a line in the list of matches. */
const hitChars = 2000;

/** A log that somebody looks at. */
export class View {
  readonly #name: string;
  readonly #opened: Opened;
  readonly #pages: LogPages;
  readonly #emit: ViewsOptions['emit'];
  readonly #searches: Searches;
  readonly #follower: Follower;
  readonly #closing = new AbortController();
  readonly #places: LanePlaces | null;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #indexing: Promise<void> = Promise.resolve();
  #stopIndexing = new AbortController();

  private constructor(name: string, opened: Opened, pages: LogPages, emit: ViewsOptions['emit']) {
    this.#name = name;
    this.#opened = opened;
    this.#pages = pages;
    this.#emit = emit;
    this.#places = opened.joined?.places(pages) ?? null;
    this.#searches = new Searches(pages.source);
    this.#follower = new Follower(pages.source, (change) => this.#changed(change));
  }

  /** Answers as soon as lines can be read; the index goes on. Closes the source where that fails. */
  static async open(name: string, opened: Opened, emit: ViewsOptions['emit']): Promise<View> {
    try {
      const view = new View(
        name,
        opened,
        await LogPages.open(opened.source, opened.joined?.infer),
        emit,
      );
      view.#indexSoon();
      return view;
    } catch (error) {
      await opened.source.close();
      throw error;
    }
  }

  describe(milliseconds: number): OpenedView {
    const { source, joined } = this.#opened;
    const { name, confidence, hasTime, clock } = this.#pages.format;
    return {
      bytes: source.size,
      encoding: source.encoding,
      parts: source.parts,
      lanes: joined?.lanes ?? [],
      growth: joined?.growth ?? '',
      format: name,
      confidence,
      timed: hasTime,
      zone: clock?.offset ?? 0,
      notes: source.notes,
      milliseconds,
    };
  }

  async rows(params: Params<'rows'>, signal: AbortSignal): Promise<Rows> {
    const { place, before, after, maxChars, skip } = params;
    const pages = this.#pages;
    const { rows, anchor } = await pages.window(place, before, after, maxChars, signal, skip);
    return {
      rows: rows.map((row) => this.#row(row)),
      anchor,
      bytes: pages.source.size,
      lines: pages.lines,
      exactLines: pages.exactLines,
    };
  }

  text(from: number, to: number): Promise<string> {
    return this.#pages.text(from, to);
  }

  async find(
    { query, byte, column, direction }: Params<'find'>,
    signal: AbortSignal,
  ): Promise<Hit | null> {
    const matcher = lineMatcher(query, this.#pages.source.encoding);
    const hit = await findMatch(this.#pages, matcher, { byte, column, direction }, signal);
    return hit && { ...hit, at: await this.#pages.byteOfColumn(hit.byte, hit.from) };
  }

  /** Only one search of a view runs: the newest. */
  async search(run: number, query: SearchQuery, signal: AbortSignal): Promise<SearchCount> {
    let told = performance.now();
    const count = (): SearchCount => ({ view: this.#name, run, ...this.#searches.count() });
    await this.#searches.run(query, AbortSignal.any([signal, this.#closing.signal]), () => {
      if (performance.now() - told < pace) return;
      told = performance.now();
      this.#emit('found', count());
    });
    return count();
  }

  async hits(
    { query, first, count }: Params<'hits'>,
    signal: AbortSignal,
  ): Promise<ReaderRequests['hits']['result']> {
    const bytes = await this.#searches.lines(query, first, count, signal);
    const rows: Row[] = [];
    for (const byte of bytes) {
      const { rows: found, anchor } = await this.#pages.window(
        { kind: 'byte', byte },
        0,
        0,
        hitChars,
        signal,
      );
      const row = found[anchor];
      if (row !== undefined) rows.push(this.#row(row));
    }
    return { rows, first };
  }

  async rowsOfLane({ lane, lines }: Params<'rowsOfLane'>): Promise<readonly (number | null)[]> {
    const rows: (number | null)[] = [];
    for (const [index, line] of lines.entries()) {
      // Who scrolls does not wait for marks: a row takes some ten microseconds.
      if (index % rowsAtOnce === 0) await yieldToEventLoop();
      rows.push((await this.#places?.rowOf(lane, line)) ?? null);
    }
    return rows;
  }

  async lineOfRow(row: number): Promise<LaneLine | null> {
    return (await this.#places?.lineAt(row)) ?? null;
  }

  follow(on: boolean): void {
    if (on) this.#follower.start();
    else this.#follower.stop();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#waiting);
    this.#stopIndexing.abort();
    this.#opened.joined?.stop();
    await this.#follower.close();
    await this.#indexing;
    await this.#searches.settled();
    await this.#opened.source.close();
  }

  #row(row: LogRow): Row {
    return { ...row, lane: this.#opened.joined?.laneAt(row.byte) ?? null };
  }

  async #changed(change: SourceChange): Promise<void> {
    if (change.kind === 'truncated' || change.kind === 'replaced') {
      // What runs reads bytes that are gone.
      this.#stopIndexing.abort();
      await this.#indexing;
      this.#searches.forget();
    }
    await this.#pages.take(change);
    this.#index();
    const lanes = this.#opened.joined?.changes(change) ?? [];
    this.#emit('changed', { view: this.#name, change, lanes });
  }

  #indexSoon(): void {
    if (this.#opened.source.size < countedAtOnce) this.#index();
    else {
      this.#waiting = setTimeout(() => {
        this.#index();
      }, pageComesUp);
    }
  }

  /** Indexes what is not yet; one after the other. */
  #index(): void {
    if (this.#closing.signal.aborted) return;
    if (this.#stopIndexing.signal.aborted) this.#stopIndexing = new AbortController();
    const { signal } = this.#stopIndexing;
    this.#indexing = this.#indexing.then(() => this.#extendIndex(signal));
  }

  async #extendIndex(signal: AbortSignal): Promise<void> {
    if (this.#pages.exactLines) return;
    let told = performance.now();
    const tell = (): void => {
      told = performance.now();
      const { indexed, lines, source } = this.#pages;
      this.#emit('indexed', { view: this.#name, bytes: indexed, of: source.size, lines });
    };
    try {
      await this.#pages.extendIndex(() => {
        if (performance.now() - told >= pace) tell();
      }, signal);
      tell();
    } catch (error) {
      // Line numbers stay estimates; a log that cannot be read says so where its lines are asked for.
      if (EngineError.is(error, 'aborted')) return;
      const reason = error instanceof Error ? error.message : String(error);
      this.#emit('output', { level: 'warn', message: `Lines are not counted further: ${reason}` });
    }
  }
}
