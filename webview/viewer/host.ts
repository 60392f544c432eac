import { RpcPeer } from '../../src/protocol/rpc.ts';
import type { ViewerHostEvents, ViewerHostSide, ViewerSide } from '../../src/protocol/viewerApi.ts';
import type { Kept } from './kept.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What the extension tells, one function per event. */
export type HostListeners = {
  readonly [K in keyof ViewerHostEvents]: (payload: ViewerHostEvents[K]) => void;
};

/** The extension as the viewer sees it. */
export interface ViewerHost {
  readonly peer: RpcPeer<ViewerSide, ViewerHostSide>;
  kept(): unknown;
  keep(state: Kept): void;
}

/** Connects to the extension; problems that nobody waits for go to its output. */
export function connect(listeners: HostListeners): ViewerHost {
  const api = acquireVsCodeApi();
  const peer: RpcPeer<ViewerSide, ViewerHostSide> = new RpcPeer<ViewerSide, ViewerHostSide>({
    post: (message) => {
      api.postMessage(message);
    },
    requests: {},
    events: listeners,
    onProblem: (message) => {
      peer.emit('problem', { message });
    },
  });
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    peer.receive(event.data);
  });
  return {
    peer,
    kept: () => api.getState(),
    keep: (state) => {
      api.setState(state);
    },
  };
}
