import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/engine/explain/explanation.ts';
import {
  reportOf,
  reportState,
  restoredState,
  withFollowUp,
  withModel,
  withReceiver,
  withReport,
} from '../../src/host/panel/panelState.ts';
import { explanation } from './explanation.ts';
import type { PanelChoices, PanelSubject } from '../../src/protocol/panelApi.ts';

const subject: PanelSubject = {
  logs: [{ path: '/x/a.log', name: 'a.log', uri: 'file:///x/a.log' }],
  line: null,
};

const choices: PanelChoices = { mode: 'full', model: 'offline' };

const state = (verdict: Explanation['verdict'] = 'probable') =>
  reportState(
    subject,
    choices,
    { explanation: explanation(verdict), timeline: null, similar: [], milliseconds: 5 },
    '2026-01-02T03:04:05.000Z',
  );

describe('panel state', () => {
  it('follows the verdict', () => {
    expect(state('root_cause_found').kind).toBe('found');
    expect(state('probable').kind).toBe('probable');
    expect(state('inconclusive').kind).toBe('inconclusive');
    expect(state('no_incident').kind).toBe('nothing-wrong');
  });

  it('replaces a follow-up by its id and keeps the order of questions', () => {
    let shown = state();
    shown = withFollowUp(shown, { id: 1, question: 'why?', state: 'working', text: '' });
    shown = withFollowUp(shown, { id: 2, question: 'when?', state: 'working', text: '' });
    const answer = explanation('probable');
    shown = withFollowUp(shown, {
      id: 1,
      question: 'why?',
      state: 'answered',
      explanation: answer,
    });
    expect(reportOf(shown)?.followUps.map(({ id, state: now }) => [id, now])).toEqual([
      [1, 'answered'],
      [2, 'working'],
    ]);
  });

  it('survives a reload as it was', () => {
    const kept: unknown = structuredClone(state());
    expect(restoredState(kept)).toEqual(state());
    const stale = withReport(state(), { stale: true });
    expect(restoredState(structuredClone(stale))).toEqual(stale);
  });

  it('says that a question was not answered when the window closed meanwhile', () => {
    const kept = withFollowUp(state(), { id: 1, question: 'why?', state: 'working', text: '' });
    expect(reportOf(restoredState(kept)!)?.followUps[0]?.state).toBe('failed');
    const working = { kind: 'working', subject, choices, activity: 'reading', share: null };
    expect(restoredState(working)?.kind).toBe('error');
  });

  it('follows the verdict of the model, and keeps who received something', () => {
    const sent = withReceiver(state(), 'Ollama at localhost:11434');
    expect(reportOf(sent)?.privacy).toBe('sent to Ollama at localhost:11434');
    const answered = withReport(sent, { explanation: explanation('inconclusive') });
    expect(answered.kind).toBe('inconclusive');
    expect(reportOf(answered)?.privacy).toContain('Ollama');
  });

  it('says that a model did not finish when the window closed meanwhile', () => {
    const kept = withModel(state(), { state: 'writing', provider: 'Ollama', text: 'The d' });
    expect(reportOf(restoredState(kept)!)?.model).toMatchObject({
      state: 'unavailable',
      provider: 'Ollama',
    });
  });

  it('restores nothing from what is no state of a panel', () => {
    for (const kept of [
      null,
      undefined,
      1,
      'x',
      {},
      { kind: 'found' },
      { kind: 'found', subject },
      { kind: 'found', subject, choices },
      { ...state(), choices: undefined },
      { ...state(), choices: { mode: 'slow', model: 'offline' } },
    ]) {
      expect(restoredState(kept)).toBeNull();
    }
    expect(restoredState({ ...state(), subject: { logs: [], line: null } })).toBeNull();
    expect(restoredState({ ...state(), subject: { logs: [{ uri: 3 }], line: null } })).toBeNull();
  });
});
