import type { PanelHostSide, PanelState } from '../src/protocol/panelApi.ts';
import { RpcPeer, type SilentSide } from '../src/protocol/rpc.ts';
import type { ViewState } from './state.ts';
import { visibleIn } from './visible.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension as the page sees it. The editor hands the API out once, so one object owns it. */
export interface Host {
  readonly peer: RpcPeer<SilentSide, PanelHostSide>;
  kept(): unknown;
  keep(state: ViewState): void;
}

/** Connects to the extension; `onState` hears every new state, `onProblem` what nobody waits for. */
export function connect(
  onState: (state: PanelState) => void,
  onProblem: (message: string) => void,
): Host {
  const api = acquireVsCodeApi();
  const peer = new RpcPeer<SilentSide, PanelHostSide>({
    post: (message) => {
      api.postMessage(message);
    },
    requests: {},
    events: {
      state: (state) => {
        onState(visibleIn(state));
      },
    },
    onProblem,
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
