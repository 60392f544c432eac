import type { Log } from '../engine/base/log.ts';
import { RpcPeer } from '../protocol/rpc.ts';
import type { EventHandlers } from '../protocol/rpc.ts';
import type {
  HostRequests,
  HostSide,
  WorkerEvents,
  WorkerRequests,
  WorkerSide,
} from '../protocol/workerApi.ts';
import { SupervisedThread } from './supervisedThread.ts';
import type { ThreadListeners, ThreadPort } from './supervisedThread.ts';

/** Answers the engine with a model of the editor; `onText` is told each piece of its text. */
export type EditorModelPort = (
  params: HostRequests['editorModel']['params'],
  signal: AbortSignal,
  onText: (piece: string) => void,
) => Promise<HostRequests['editorModel']['result']>;

export interface EngineClientOptions {
  readonly start: (listeners: ThreadListeners) => ThreadPort;
  readonly editorModel: EditorModelPort;
  readonly events: Omit<EventHandlers<WorkerEvents>, 'output'>;
  /** The engine can be asked again after it had stopped; what it knew is gone. */
  readonly onRestart: () => void;
  readonly log: Log;
}

/** The engine as seen from the host. */
export class EngineClient {
  readonly #thread: SupervisedThread<RpcPeer<HostSide, WorkerSide>>;

  constructor({ start, editorModel, events, onRestart, log }: EngineClientOptions) {
    this.#thread = new SupervisedThread({
      name: 'The analysis engine',
      advice: 'Run "Faultline: Analyse Again" to try once more; "Faultline: Show Output" says why.',
      start,
      connect: (post) => {
        const peer: RpcPeer<HostSide, WorkerSide> = new RpcPeer<HostSide, WorkerSide>({
          post,
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
        return peer;
      },
      onRestart,
      log,
    });
  }

  /** @throws RpcError with the engine's reason; `disconnected` while it is not running. */
  async request<K extends keyof WorkerRequests>(
    name: K,
    params: WorkerRequests[K]['params'],
    signal?: AbortSignal,
  ): Promise<WorkerRequests[K]['result']> {
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

  /** Forgets past crashes, so that the next request starts the engine at once. */
  revive(): void {
    this.#thread.revive();
  }

  dispose(): void {
    this.#thread.dispose();
  }
}
