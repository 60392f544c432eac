import { EngineError } from '../engine/base/engineError.ts';
import type { Log } from '../engine/base/log.ts';
import type { OpenEmbedder } from '../engine/embed/openEmbedder.ts';
import type { EmbedderSide } from '../protocol/embedderApi.ts';
import { RpcError, RpcPeer } from '../protocol/rpc.ts';
import type { Failure, SilentSide } from '../protocol/rpc.ts';
import type { ThreadListeners, ThreadPort } from './startThread.ts';

export interface EmbedderThreadOptions {
  readonly start: (listeners: ThreadListeners) => ThreadPort;
  readonly log: Log;
  /** Milliseconds without work after which the thread ends; 30 s when absent. */
  readonly idle?: number;
}

type Peer = RpcPeer<SilentSide, EmbedderSide>;

const ended: Failure = {
  reason: 'model-failed',
  message: 'The thread of the embedding model ended.',
  advice: 'Findings rest on statistics. Run "Faultline: Analyse Again" to try once more.',
};

/**
 * The embedder in a thread of its own. A model holds about 300 MB, which WebAssembly gives back only
 * with its thread: after a while without work the thread ends, and the next call starts another.
 */
class EmbedderThread {
  readonly #options: EmbedderThreadOptions;
  #running: { readonly peer: Peer; readonly port: ThreadPort } | null = null;
  #calls = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: EmbedderThreadOptions) {
    this.#options = options;
  }

  /** Runs `work` with a thread that lives at least as long. */
  async use<T>(work: (peer: Peer) => Promise<T>): Promise<T> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#calls++;
    try {
      return await work((this.#running ?? this.#start()).peer);
    } catch (error) {
      throw asEngineError(error);
    } finally {
      this.#calls--;
      if (this.#calls === 0) this.#rest();
    }
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const running = this.#running;
    this.#running = null;
    running?.peer.close(ended);
    running?.port.terminate();
  }

  #rest(): void {
    const { idle = 30_000 } = this.#options;
    this.#timer = setTimeout(() => {
      this.end();
    }, idle);
    this.#timer.unref();
  }

  #start(): { readonly peer: Peer; readonly port: ThreadPort } {
    const { start, log } = this.#options;
    const peer: Peer = new RpcPeer<SilentSide, EmbedderSide>({
      post: (message, transfer) => {
        port.post(message, transfer);
      },
      requests: {},
      events: {
        output: ({ level, message }) => {
          log[level](message);
        },
      },
      onProblem: (message, cause) => {
        log.error(message, cause);
      },
    });
    const port = start({
      onMessage: (message) => {
        peer.receive(message);
      },
      onExit: (error) => {
        if (this.#running?.peer !== peer) return;
        this.#running = null;
        log.error(ended.message, error ?? undefined);
        peer.close(ended);
      },
    });
    this.#running = { peer, port };
    return this.#running;
  }
}

/**
 * Opens the embedder in a thread. Where the thread cannot even open a model, it answers with what
 * stands in for it, as `openEmbedder` does.
 * @throws EngineError `model-failed` when the thread ended
 */
export async function openEmbedderThread(options: EmbedderThreadOptions): Promise<OpenEmbedder> {
  const thread = new EmbedderThread(options);
  const { id, dimensions, status } = await thread.use((peer) => peer.request('open', null));
  return {
    status,
    embedder: {
      id,
      dimensions,
      embed: async (texts, signal) => {
        const { vectors } = await thread.use((peer) => peer.request('embed', { texts }, signal));
        return texts.map((_, at) => vectors.subarray(at * dimensions, (at + 1) * dimensions));
      },
    },
    close: () => {
      thread.end();
      return Promise.resolve();
    },
  };
}

/** The engine knows its own errors; those of the channel mean that the model did not answer. */
function asEngineError(error: unknown): unknown {
  if (!(error instanceof RpcError)) return error;
  const { reason, message, advice } = error;
  const isKnown =
    reason !== 'disconnected' && reason !== 'unknown-request' && reason !== 'internal';
  return new EngineError(isKnown ? reason : 'model-failed', message, advice, error);
}
