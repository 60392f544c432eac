import type { PanelState } from '../src/protocol/panelApi.ts';
import { verdicts } from './format.ts';

/**
 * What a screen reader says of a state: one short sentence that changes when something happened, and
 * not with every piece of a text that is being written.
 */
export function announcement(panel: PanelState | null): string {
  if (panel === null) return 'Waiting for the extension.';
  if (panel.kind === 'working') return `Working: ${panel.activity}.`;
  if (panel.kind === 'error') return panel.failure.message;
  const { model, followUps } = panel.report;
  const last = followUps.at(-1);
  switch (last?.state) {
    case 'working':
      return 'Your question is being answered.';
    case 'failed':
      return `Your question was not answered: ${last.failure.message}`;
    case 'answered':
      return `Answered: ${last.explanation.summary}`;
    case undefined:
      break;
  }
  const report = `Report: ${verdicts[panel.kind]}.`;
  switch (model.state) {
    case 'off':
      return report;
    case 'consent':
      return `${report} ${model.provider} waits for you.`;
    case 'writing':
      return `${report} ${model.provider} is writing.`;
    case 'answered':
      return `${report} ${model.provider} answered, and was checked.`;
    case 'unavailable':
    case 'rejected':
      return `${report} ${model.message}`;
  }
}
