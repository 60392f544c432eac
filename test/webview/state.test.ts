import { describe, expect, it } from 'vitest';
import type { PanelState } from '../../src/protocol/panelApi.ts';
import { initialState, reduce, restore } from '../../webview/state.ts';

const subject = { logs: [], line: null, endLine: null };
const working: PanelState = { kind: 'working', subject, activity: 'reading', share: null };
const failed: PanelState = {
  kind: 'error',
  subject,
  failure: { reason: 'not-found', message: 'gone', advice: 'open it again' },
};

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

  it('comes back after a reload without open forms', () => {
    const before = reduce(
      reduce(reduce(initialState, { kind: 'told', panel: failed }), { kind: 'form', form: 'save' }),
      { kind: 'typed', question: 'why?' },
    );
    const kept: unknown = JSON.parse(JSON.stringify(before));
    expect(restore(kept)).toMatchObject({ panel: failed, form: 'none', question: 'why?' });
  });

  it.each([null, undefined, 3, 'text', {}, { panel: 'x', open: 4, question: 1 }])(
    'starts afresh from %j',
    (kept) => {
      expect(restore(kept)).toEqual(initialState);
    },
  );
});
