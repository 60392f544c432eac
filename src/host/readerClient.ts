import type { Log } from '../engine/base/log.ts';
import { RpcPeer } from '../protocol/rpc.ts';
import type { EventHandlers, SilentSide } from '../protocol/rpc.ts';
import type { ReaderEvents, ReaderSide } from '../protocol/readerApi.ts';
import type { ThreadListeners, ThreadPort } from './supervisedThread.ts';
import { ThreadClient } from './threadClient.ts';

export interface ReaderClientOptions {
  readonly start: (listeners: ThreadListeners) => ThreadPort;
  readonly events: Omit<EventHandlers<ReaderEvents>, 'output'>;
  /** Views can be opened again after the thread had stopped; what it knew is gone. */
  readonly onRestart: () => void;
  readonly log: Log;
}

/** The reading thread as seen from the host: started with the first view that is opened. */
export class ReaderClient extends ThreadClient<SilentSide, ReaderSide> {
  constructor({ start, events, onRestart, log }: ReaderClientOptions) {
    super({
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
}
