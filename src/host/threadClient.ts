import type { RequestTable, RpcPeer, Side } from '../protocol/rpc.ts';
import { SupervisedThread } from './supervisedThread.ts';
import type { SupervisedThreadOptions } from './supervisedThread.ts';

/** A supervised worker as seen from the host: what is asked of it, and when it runs. */
export class ThreadClient<
  Own extends Side<RequestTable<Own['requests']>, unknown>,
  Other extends Side<RequestTable<Other['requests']>, unknown>,
> {
  readonly #thread: SupervisedThread<RpcPeer<Own, Other>>;

  constructor(options: SupervisedThreadOptions<RpcPeer<Own, Other>>) {
    this.#thread = new SupervisedThread(options);
  }

  /** @throws RpcError with the worker's reason; `disconnected` while it is not running. */
  async request<K extends keyof Other['requests'] & string>(
    name: K,
    params: Other['requests'][K]['params'],
    signal?: AbortSignal,
  ): Promise<Other['requests'][K]['result']> {
    return this.#thread.peer.request(name, params, signal);
  }

  /** Starts the worker before anybody asks for something, so that the first request finds it loaded. */
  warmUp(): void {
    this.#thread.warmUp();
  }

  /** True once a worker was asked for and has not ended. */
  get running(): boolean {
    return this.#thread.running;
  }

  /** Forgets past crashes, so that the next request starts the worker at once. */
  revive(): void {
    this.#thread.revive();
  }

  dispose(): void {
    this.#thread.dispose();
  }
}
