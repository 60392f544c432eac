import { throwIfAborted } from '../engine/base/abort.ts';
import { lineMatcher } from '../engine/page/lineMatcher.ts';
import { matchingLines, mostHits, SearchResult, searchLog } from '../engine/page/searchLog.ts';
import type { ByteSource } from '../engine/source/byteSource.ts';
import type { SearchCount, SearchQuery } from '../protocol/readerApi.ts';

/** The search of a view: the newest, and what it has found so far. */
export class Searches {
  readonly #source: ByteSource;
  #query = '';
  #result = new SearchResult(0);
  #current = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /**
   * Searches the log as it is now; a search that runs is given up.
   * @throws EngineError `aborted`, `invalid-argument`, and as `ByteSource.read`
   */
  async run(query: SearchQuery, signal: AbortSignal, onProgress: () => void): Promise<void> {
    const matcher = lineMatcher(query, this.#source.encoding);
    this.forget();
    const current = new AbortController();
    this.#current = current;
    const result = new SearchResult(this.#source.size);
    this.#query = JSON.stringify(query);
    this.#result = result;
    const both = AbortSignal.any([signal, current.signal]);
    const searching = searchLog(this.#source, matcher, result, onProgress, both);
    this.#running = searching.catch(() => undefined);
    await searching;
    throwIfAborted(both);
  }

  /** What the newest search has found so far, as a copy. */
  count(): Omit<SearchCount, 'view' | 'run'> {
    const { matches, lines, scanned, of, strip, hits, done } = this.#result;
    return { matches, lines, scanned, of, strip: strip.slice(), hits: hits.slice(), done };
  }

  /**
   * Where `count` matching lines begin, from the line of number `first` on, counted from 0.
   * @throws EngineError `aborted`, `invalid-argument`, and as `ByteSource.read`
   */
  async lines(
    query: SearchQuery,
    first: number,
    count: number,
    signal: AbortSignal,
  ): Promise<number[]> {
    const same = JSON.stringify(query) === this.#query;
    const result = same ? this.#result : null;
    if (result !== null && first + count <= result.hits.length) {
      return [...result.hits.subarray(first, first + count)];
    }
    const known = result?.before(first) ?? null;
    const skipped = first - (known?.number ?? 0);
    const matcher = lineMatcher(query, this.#source.encoding);
    const wanted = skipped + Math.min(count, mostHits);
    const lines = await matchingLines(this.#source, matcher, known?.byte ?? 0, wanted, signal);
    return lines.slice(skipped);
  }

  /** Ends the search that runs; what it has found is no longer true. */
  forget(): void {
    this.#current.abort();
    this.#query = '';
  }

  /** Waits for a search that was given up to let go of the source. */
  async settled(): Promise<void> {
    await this.#running;
  }
}
