import { RpcError } from '../../src/protocol/rpc.ts';
import type { Hit, SearchCount, SearchQuery } from '../../src/protocol/viewerApi.ts';
import type { FindModel } from './chrome.ts';
import type { ViewerHost } from './host.ts';
import { positionIn } from './matches.ts';

/** Milliseconds without a key before a search begins: every letter would search the whole log. */
const settle = 180;

/** What a search needs from the view. */
export interface FinderOptions {
  /** Where a search begins, in bytes of a line and columns of its stored text. */
  readonly from: () => { readonly byte: number; readonly column: number };
  readonly onHit: (hit: Hit) => void;
  readonly onChange: () => void;
}

/** The search: what is looked for, the counts as they come, and the match that was gone to. */
export class Finder {
  readonly #peer: ViewerHost['peer'];
  readonly #options: FinderOptions;
  #open = false;
  #query: SearchQuery;
  #found: SearchCount | null = null;
  #hit: Hit | null = null;
  #problem = '';
  #run = 0;
  #timer = 0;
  #abort = new AbortController();

  constructor(peer: ViewerHost['peer'], query: SearchQuery, options: FinderOptions) {
    this.#peer = peer;
    this.#query = query;
    this.#options = options;
  }

  get query(): SearchQuery {
    return this.#query;
  }

  get found(): SearchCount | null {
    return this.#open ? this.#found : null;
  }

  /** The match that was gone to last. */
  get hit(): Hit | null {
    return this.#open ? this.#hit : null;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  get model(): FindModel | null {
    if (!this.#open) return null;
    const position =
      this.#hit === null || this.#found === null
        ? null
        : positionIn(this.#found.hits, this.#hit.byte);
    return { query: this.#query, found: this.#found, position, problem: this.#problem };
  }

  /** Opens the box, with a text to look for where one is selected. */
  open(text: string): void {
    const fresh = text !== '' && text !== this.#query.text;
    const begins = !this.#open || fresh;
    this.#open = true;
    if (fresh) this.#query = { ...this.#query, text, regex: false };
    if (begins && this.#query.text !== '') void this.#search();
    this.#options.onChange();
  }

  close(): void {
    window.clearTimeout(this.#timer);
    this.#abort.abort();
    this.#open = false;
    this.#options.onChange();
  }

  look(query: SearchQuery): void {
    this.#query = query;
    this.#hit = null;
    this.#found = null;
    this.#problem = '';
    this.#abort.abort();
    window.clearTimeout(this.#timer);
    if (query.text !== '') {
      this.#timer = window.setTimeout(() => {
        void this.#search();
        void this.step('next');
      }, settle);
    }
    this.#options.onChange();
  }

  /** The log is another one now: what was found is gone. */
  again(): void {
    this.#hit = null;
    this.#found = null;
    if (this.#open && this.#query.text !== '') void this.#search();
  }

  /** Counts of a search; those of an earlier one come too late. */
  tell(found: SearchCount): void {
    if (found.run !== this.#run) return;
    this.#found = found;
    this.#options.onChange();
  }

  /** Goes to the next match or the one before. */
  async step(direction: 'next' | 'previous'): Promise<void> {
    if (this.#query.text === '') {
      this.open('');
      return;
    }
    const query = this.#query;
    const hit = this.#hit;
    const start =
      hit === null
        ? this.#options.from()
        : { byte: hit.byte, column: direction === 'next' ? hit.to : hit.from };
    try {
      const next = await this.#peer.request('find', { query, ...start, direction });
      if (query !== this.#query) return;
      this.#hit = next;
      if (next !== null) this.#options.onHit(next);
      this.#options.onChange();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #search(): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#run += 1;
    const params = { run: this.#run, query: this.#query };
    try {
      this.tell(await this.#peer.request('search', params, abort.signal));
    } catch (error) {
      if (!abort.signal.aborted) this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#problem = error instanceof RpcError ? `${error.message} ${error.advice}` : String(error);
    this.#options.onChange();
  }
}
