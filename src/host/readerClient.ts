import type { Log } from '../engine/base/log.ts';
import { RpcPeer } from '../protocol/rpc.ts';
import type { EventHandlers, SilentSide } from '../protocol/rpc.ts';
import type { ReaderEvents, ReaderRequests, ReaderSide } from '../protocol/readerApi.ts';
import { SupervisedThread } from './supervisedThread.ts';
import type { ThreadListeners, ThreadPort } from './supervisedThread.ts';

export interface ReaderClientOptions {
  readonly start: (listeners: ThreadListeners) => ThreadPort;
  readonly events: Omit<EventHandlers<ReaderEvents>, 'output'>;
  /** Views can be opened again after the thread had stopped; what it knew is gone. */
  readonly onRestart: () => void;
  readonly log: Log;
}

/** The reading thread as seen from the host: started with the first view that is opened. */
export class ReaderClient {
  readonly #thread: SupervisedThread<RpcPeer<SilentSide, ReaderSide>>;

  constructor({ start, events, onRestart, log }: ReaderClientOptions) {
    this.#thread = new SupervisedThread({
      name: 'The thread that reads logs',
      advice: 'Open the log again to try once more; "Faultline: Show Output" says why.',
      start,
      connect: (post) =>
        new RpcPeer<SilentSide, ReaderSide>({
          post,
          requests: {},
          events: {
            ...events,
            output: ({ level, message }) => {
              log[level](message);
            },
          },
          onProblem: (message, cause) => {
            log.error(message, cause);
          },
        }),
      onRestart,
      log,
    });
  }

  /** @throws RpcError with the thread's reason; `disconnected` while it is not running. */
  async request<K extends keyof ReaderRequests>(
    name: K,
    params: ReaderRequests[K]['params'],
    signal?: AbortSignal,
  ): Promise<ReaderRequests[K]['result']> {
    return this.#thread.peer.request(name, params, signal);
  }

  get running(): boolean {
    return this.#thread.running;
  }

  /** Forgets past crashes, so that the next request starts the thread at once. */
  revive(): void {
    this.#thread.revive();
  }

  dispose(): void {
    this.#thread.dispose();
  }
}
