import { html, nothing, type TemplateResult } from 'lit';
import type { PanelReport } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import { day, share } from '../format.ts';
import type { ViewState } from '../state.ts';
import { incidentFields } from './incidentForm.ts';

type SimilarIncident = PanelReport['similar'][number];

/** Past incidents that look like this one, or plainly that there are none. */
export function seenBefore(report: PanelReport, view: ViewState, actions: Actions): TemplateResult {
  return html`<section aria-labelledby="seen">
    <h2 id="seen" tabindex="-1">Seen before</h2>
    ${
      report.similar.length === 0
        ? html`<p class="quiet">
            ${
              report.explanation.mode === 'fast'
                ? 'Past incidents were not searched: fast mode uses rules and words only.'
                : 'Not seen before: no incident like this is remembered.'
            }
          </p>`
        : html`<ul class="rows seen" role="list">
            ${report.similar.map((one) => html`<li>${past(one, view, actions)}</li>`)}
          </ul>`
    }
  </section>`;
}

function past(
  { incident, similarity, why }: SimilarIncident,
  view: ViewState,
  actions: Actions,
): TemplateResult {
  const { title, rootCause, resolution, status, savedAt, origin } = incident;
  const from = origin === '' ? '' : ` · from ${origin}`;
  return html`<strong>${title}</strong>
    <div class="quiet">${day(savedAt)} · ${status}${from} · ${share(similarity)} alike: ${why}</div>
    ${rootCause === '' ? nothing : html`<div>Cause: ${rootCause}</div>`}
    ${
      resolution === ''
        ? html`<div class="quiet">No fix was noted.</div>`
        : html`<div>Fixed by: ${resolution}</div>`
    }
    ${status === 'unconfirmed' ? judge(incident, view, actions) : nothing}`;
}

/** Only what a person confirmed teaches, so each unconfirmed one asks for a word. */
function judge(
  { id, title, rootCause, resolution }: SimilarIncident['incident'],
  view: ViewState,
  actions: Actions,
): TemplateResult {
  const form = `incident:${id}` as const;
  if (view.form === form) {
    return incidentFields(
      { title, rootCause, resolution },
      'Confirm incident',
      (text) => {
        actions.confirm(id, 'confirmed', text);
      },
      actions,
    );
  }
  return html`<div class="links">
    <button
      class="link"
      type="button"
      aria-label=${`Confirm or correct: ${title}`}
      @click=${() => {
        actions.showForm(form);
      }}
    >
      Confirm or correct…
    </button>
    <button
      class="link"
      type="button"
      aria-label=${`Reject: ${title}`}
      @click=${() => {
        actions.confirm(id, 'rejected', { title, rootCause, resolution });
      }}
    >
      Reject
    </button>
  </div>`;
}
