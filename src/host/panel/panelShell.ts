import type { PanelReport, PanelState } from '../../protocol/panelApi.ts';
import { RpcError } from '../../protocol/rpc.ts';
import { reportOf } from './panelState.ts';

/** What the parts of a panel share: one state, shown whenever it changes. */
export interface PanelShell {
  readonly state: PanelState;
  show: (state: PanelState) => void;
}

/** The report that the panel shows. @throws RpcError `invalid-argument` where there is none yet */
export function shownReport({ state }: PanelShell): PanelReport {
  const report = reportOf(state);
  if (report === null) {
    throw new RpcError({
      reason: 'invalid-argument',
      message: 'There is no report yet.',
      advice: 'Wait until it is written.',
    });
  }
  return report;
}
