import type { Log } from '../engine/base/log.ts';
import { RpcPeer } from '../protocol/rpc.ts';
import type { EventHandlers } from '../protocol/rpc.ts';
import type { HostRequests, HostSide, WorkerEvents, WorkerSide } from '../protocol/workerApi.ts';
import type { ThreadListeners, ThreadPort } from './supervisedThread.ts';
import { ThreadClient } from './threadClient.ts';

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
export class EngineClient extends ThreadClient<HostSide, WorkerSide> {
  constructor({ start, editorModel, events, onRestart, log }: EngineClientOptions) {
    super({
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
}
