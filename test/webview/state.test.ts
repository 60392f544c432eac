import { describe, expect, it } from 'vitest';
import type { FollowUp, PanelState } from '../../src/protocol/panelApi.ts';
import { asked, initialState, isAnswering, reduce, restore } from '../../webview/state.ts';
import { choices, reportState, subject } from './somePanel.ts';

const working: PanelState = { kind: 'working', subject, choices, activity: 'reading', share: null };
const failed: PanelState = {
  kind: 'error',
  subject,
  choices,
  failure: { reason: 'not-found', message: 'gone', advice: 'open it again' },
};

const failure = { reason: 'aborted', message: 'stopped', advice: 'ask again' } as const;
const first: FollowUp = { id: 1, question: 'first?', state: 'failed', failure };
const second: FollowUp = { id: 2, question: 'second?', state: 'working', text: '' };

describe('the page state', () => {
  it('shows what the host said', () => {
    expect(reduce(initialState, { kind: 'told', panel: failed }).panel).toBe(failed);
  });

  it('closes forms and forgets notices when a new run starts, and only then', () => {
    const filled = reduce(reduce(initialState, { kind: 'form', form: 'save' }), {
      kind: 'noticed',
      notice: 'saved',
    });
    expect(reduce(filled, { kind: 'told', panel: failed })).toMatchObject({
      form: 'save',
      notice: 'saved',
    });
    expect(reduce(filled, { kind: 'told', panel: working })).toMatchObject({
      form: 'none',
      notice: '',
    });
  });

  it('opens and closes a section', () => {
    const opened = reduce(initialState, { kind: 'toggled', section: 'evidence' });
    expect(opened.open).toEqual(['evidence']);
    expect(reduce(opened, { kind: 'toggled', section: 'evidence' }).open).toEqual([]);
  });

  it('keeps a typed question until it is asked', () => {
    const typed = reduce(initialState, { kind: 'typed', question: 'why?' });
    expect(reduce(typed, { kind: 'told', panel: failed }).question).toBe('why?');
    expect(reduce(typed, { kind: 'asked' }).question).toBe('');
  });

  it('goes back through the questions asked and returns to what was typed', () => {
    const told = reduce(initialState, {
      kind: 'told',
      panel: reportState({ followUps: [first, second] }),
    });
    let view = reduce(told, { kind: 'typed', question: 'half a' });
    const step = (by: -1 | 1): string => {
      view = reduce(view, { kind: 'recalled', step: by });
      return view.question;
    };
    expect([step(-1), step(-1), step(-1)]).toEqual(['second?', 'first?', 'first?']);
    expect([step(1), step(1), step(1)]).toEqual(['second?', 'half a', 'half a']);
  });

  it('begins at the newest question again once something was typed', () => {
    const told = reduce(initialState, {
      kind: 'told',
      panel: reportState({ followUps: [first, second] }),
    });
    const back = reduce(reduce(told, { kind: 'recalled', step: -1 }), {
      kind: 'recalled',
      step: -1,
    });
    const edited = reduce(back, { kind: 'typed', question: 'first, but?' });
    expect(reduce(edited, { kind: 'recalled', step: -1 }).question).toBe('second?');
  });

  it('knows whether a question is being answered', () => {
    expect(isAnswering(reportState({ followUps: [first] }))).toBe(false);
    expect(isAnswering(reportState({ followUps: [first, second] }))).toBe(true);
    expect(isAnswering(working)).toBe(false);
    expect(asked(reportState({ followUps: [first, second] }))).toEqual(['first?', 'second?']);
  });

  it('comes back after a reload without open forms', () => {
    const panel = reportState({});
    const before = reduce(
      reduce(reduce(initialState, { kind: 'told', panel }), { kind: 'form', form: 'save' }),
      { kind: 'typed', question: 'why?' },
    );
    const kept: unknown = JSON.parse(JSON.stringify(before));
    expect(restore(kept)).toMatchObject({ panel, form: 'none', question: 'why?' });
  });

  it('takes a report of an older version for none: the views read fields that it lacks', () => {
    const old = {
      kind: 'found',
      subject,
      report: { explanation: { summary: 'x' }, followUps: [] },
    };
    expect(restore({ panel: old, question: 'why?' })).toMatchObject({
      panel: null,
      question: 'why?',
    });
    expect(restore({ panel: { ...old, choices } }).panel).toBeNull();
  });

  it.each([null, undefined, 3, 'text', {}, { panel: 'x', open: 4, question: 1 }])(
    'starts afresh from %j',
    (kept) => {
      expect(restore(kept)).toEqual(initialState);
    },
  );
});
