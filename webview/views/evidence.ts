import { html, nothing } from 'lit';
import type { Explanation, PanelSubject } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import type { ViewState } from '../state.ts';
import { chip } from './chips.ts';
import type { Part } from './said.ts';
import { shortened } from './shortened.ts';

/** The numbered excerpts that every claim cites. */
export function evidence(
  explanation: Explanation,
  subject: PanelSubject,
  view: ViewState,
  actions: Actions,
): Part {
  if (explanation.evidence.length === 0) return nothing;
  return html`<section aria-labelledby="evidence">
    <h2 id="evidence" tabindex="-1">Evidence</h2>
    ${shortened(
      explanation.evidence,
      ({ id }) => id,
      'evidence',
      view,
      actions,
      (item) =>
        html`<div class="excerpt">
          ${chip(item, subject, actions)}
          <pre>${item.text}</pre>
        </div>`,
    )}
  </section>`;
}
