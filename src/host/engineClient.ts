import type { Log } from '../engine/base/log.ts';
import { RpcError, RpcPeer } from '../protocol/rpc.ts';
import type { EventHandlers, Failure } from '../protocol/rpc.ts';
import type {
  HostRequests,
  HostSide,
  WorkerEvents,
  WorkerRequests,
  WorkerSide,
} from '../protocol/workerApi.ts';

/** A started worker, as far as the client needs it. */
export interface EnginePort {
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  /** Ends the worker; `onExit` follows. */
  terminate(): void;
}

export interface EnginePortListeners {
  readonly onMessage: (message: unknown) => void;
  /** Called once, when the worker has ended for whatever reason. */
  readonly onExit: (error: Error | null) => void;
}

/** Answers the engine with a model of the editor; `onText` is told each piece of its text. */
export type EditorModelPort = (
  params: HostRequests['editorModel']['params'],
  signal: AbortSignal,
  onText: (piece: string) => void,
) => Promise<HostRequests['editorModel']['result']>;

export interface EngineClientOptions {
  readonly start: (listeners: EnginePortListeners) => EnginePort;
  readonly editorModel: EditorModelPort;
  readonly events: Omit<EventHandlers<WorkerEvents>, 'output'>;
  /** The engine can be asked again after it had stopped; what it knew is gone. */
  readonly onRestart: () => void;
  readonly log: Log;
}

type EngineState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly port: EnginePort;
      readonly peer: Peer;
      readonly since: number;
    }
  | { readonly kind: 'resting'; readonly timer: ReturnType<typeof setTimeout> }
  | { readonly kind: 'broken'; readonly failure: Failure }
  | { readonly kind: 'disposed' };

type Peer = RpcPeer<HostSide, WorkerSide>;

/** Pauses before the engine is started again, in milliseconds, one per stop in a row; then it rests. */
const pauses = [250, 1_000, 4_000, 15_000] as const;

/** A worker that ran this long, in milliseconds, stopped for a reason of its own: counting starts again. */
const steady = 120_000;

const stopped: Failure = {
  reason: 'disconnected',
  message: 'The analysis engine stopped.',
  advice: 'It starts again by itself in a moment.',
};

const broken: Failure = {
  reason: 'disconnected',
  message: 'The analysis engine stopped several times in a row.',
  advice: 'Run "Faultline: Analyse Again" to try once more; "Faultline: Show Output" says why.',
};

const disposed: Failure = {
  reason: 'disconnected',
  message: 'Faultline was switched off.',
  advice: 'Reload the window to use it again.',
};

/**
 * The engine as seen from the host: started at the first request or before it, supervised, started again after a
 * crash with growing pauses. Nobody waits for a worker that is gone.
 */
export class EngineClient {
  readonly #options: EngineClientOptions;
  #state: EngineState = { kind: 'idle' };
  #stopsInARow = 0;

  constructor(options: EngineClientOptions) {
    this.#options = options;
  }

  /** @throws RpcError with the engine's reason; `disconnected` while it is not running. */
  async request<K extends keyof WorkerRequests>(
    name: K,
    params: WorkerRequests[K]['params'],
    signal?: AbortSignal,
  ): Promise<WorkerRequests[K]['result']> {
    return this.#peer().request(name, params, signal);
  }

  /** Starts the worker before anybody asks for something, so that the first request finds it loaded. */
  warmUp(): void {
    this.#peer();
  }

  /** True once a worker was asked for and has not ended. */
  get running(): boolean {
    return this.#state.kind === 'running';
  }

  /** Forgets past crashes, so that the next request starts the engine at once. */
  revive(): void {
    if (this.#state.kind !== 'broken' && this.#state.kind !== 'resting') return;
    if (this.#state.kind === 'resting') clearTimeout(this.#state.timer);
    this.#stopsInARow = 0;
    this.#state = { kind: 'idle' };
  }

  dispose(): void {
    const state = this.#state;
    this.#state = { kind: 'disposed' };
    if (state.kind === 'resting') clearTimeout(state.timer);
    if (state.kind !== 'running') return;
    state.peer.close(disposed);
    state.port.terminate();
  }

  /** The channel to the running worker. Where there is none it is one that refuses with the reason. */
  #peer(): Peer {
    switch (this.#state.kind) {
      case 'running':
        return this.#state.peer;
      case 'idle':
        return this.#start();
      case 'resting':
        return closedPeer(stopped);
      case 'broken':
        return closedPeer(this.#state.failure);
      case 'disposed':
        return closedPeer(disposed);
    }
  }

  #start(): Peer {
    const { editorModel, events, log } = this.#options;
    let port: EnginePort | null = null;
    const peer: Peer = new RpcPeer<HostSide, WorkerSide>({
      post: (message, transfer) => port?.post(message, transfer),
      requests: {
        editorModel: (params, signal) =>
          editorModel(params, signal, (piece) => {
            peer.emit('editorModelText', { run: params.run, piece });
          }),
      },
      events: {
        ...events,
        output: ({ level, message }) => {
          log[level](message);
        },
      },
      onProblem: (message, cause) => {
        log.error(message, cause);
      },
    });
    port = this.#options.start({
      onMessage: (message) => {
        peer.receive(message);
      },
      onExit: (error) => {
        this.#stopped(peer, error);
      },
    });
    this.#state = { kind: 'running', port, peer, since: Date.now() };
    log.debug('The analysis engine was started.');
    return peer;
  }

  #stopped(peer: Peer, error: Error | null): void {
    const state = this.#state;
    if (state.kind !== 'running' || state.peer !== peer) return;
    this.#options.log.error('The analysis engine stopped.', error ?? undefined);
    if (Date.now() - state.since > steady) this.#stopsInARow = 0;
    const pause = pauses[this.#stopsInARow];
    this.#stopsInARow++;
    if (pause === undefined) {
      this.#state = { kind: 'broken', failure: broken };
      peer.close(broken);
      return;
    }
    const timer = setTimeout(() => {
      this.#state = { kind: 'idle' };
      this.#options.onRestart();
    }, pause);
    this.#state = { kind: 'resting', timer };
    peer.close(stopped);
  }
}

function closedPeer(failure: Failure): Peer {
  const peer: Peer = new RpcPeer<HostSide, WorkerSide>({
    post: () => undefined,
    requests: { editorModel: () => Promise.reject(new RpcError(failure)) },
    events: {
      progress: () => undefined,
      marks: () => undefined,
      modelText: () => undefined,
      ruleProblems: () => undefined,
      output: () => undefined,
    },
    onProblem: () => undefined,
  });
  peer.close(failure);
  return peer;
}
