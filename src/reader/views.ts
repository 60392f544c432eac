import { EngineError } from '../engine/base/engineError.ts';
import { checkFormats } from '../engine/record/checkFormats.ts';
import { useFormats } from '../engine/record/formatsInUse.ts';
import type { ReaderRequests } from '../protocol/readerApi.ts';
import type { Handlers } from '../protocol/rpc.ts';
import { View } from './view.ts';
import type { ViewsOptions } from './viewsOptions.ts';

/** The views that are open, by their names. */
export class Views {
  readonly #options: ViewsOptions;
  readonly #views = new Map<string, View>();

  constructor(options: ViewsOptions) {
    this.#options = options;
  }

  handlers(): Handlers<ReaderRequests> {
    return {
      open: async (params, signal) => {
        const start = performance.now();
        await this.#close(params.view);
        const opened = await this.#options.open(params, signal);
        const view = await View.open(params.view, opened, this.#options.emit);
        this.#views.set(params.view, view);
        return view.describe(performance.now() - start);
      },
      configure: ({ formats }) => {
        useFormats(checkFormats(formats).formats);
        return null;
      },
      close: async ({ view }) => {
        await this.#close(view);
        return null;
      },
      rows: (params, signal) => this.#view(params.view).rows(params, signal),
      text: async ({ view, from, to }) => ({ text: await this.#view(view).text(from, to) }),
      find: (params, signal) => this.#view(params.view).find(params, signal),
      search: ({ view, run, query }, signal) => this.#view(view).search(run, query, signal),
      hits: (params, signal) => this.#view(params.view).hits(params, signal),
      rowsOfLane: async (params) => ({ rows: await this.#view(params.view).rowsOfLane(params) }),
      lineOfRow: ({ view, row }) => this.#view(view).lineOfRow(row),
      followIdentifier: (params, signal) => this.#options.followIdentifier(params, signal),
      follow: ({ view, on }) => {
        this.#view(view).follow(on);
        return null;
      },
    };
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#views.keys()].map((name) => this.#close(name)));
  }

  async #close(name: string): Promise<void> {
    const view = this.#views.get(name);
    this.#views.delete(name);
    await view?.close();
  }

  #view(name: string): View {
    const view = this.#views.get(name);
    if (view !== undefined) return view;
    throw new EngineError('invalid-argument', 'This view is not open.', 'Open the log again.');
  }
}
