import { html, nothing, type TemplateResult } from 'lit';
import type { IncidentText, PanelReport } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import type { ViewState } from '../state.ts';

/** Reads the three fields of a form. */
function fields(form: HTMLFormElement): IncidentText {
  const data = new FormData(form);
  const field = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    title: field('title'),
    rootCause: field('rootCause'),
    resolution: field('resolution'),
  };
}

/**
 * Three fields about what happened; Escape gives up, as a dialog would. What is filled in is a default:
 * a report that changes meanwhile never overwrites what the reader typed.
 */
export function incidentFields(
  filled: IncidentText,
  save: string,
  submit: (text: IncidentText) => void,
  actions: Actions,
): TemplateResult {
  return html`<form
    class="incident"
    aria-label=${save}
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      if (event.target instanceof HTMLFormElement) submit(fields(event.target));
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') actions.showForm('none');
    }}
  >
    <label>Title<input name="title" required .defaultValue=${filled.title} /></label>
    <label
      >What broke<textarea name="rootCause" rows="2" .defaultValue=${filled.rootCause}></textarea>
    </label>
    <label
      >What fixed it<textarea
        name="resolution"
        rows="2"
        .defaultValue=${filled.resolution}
        placeholder="Can be filled in later"
      ></textarea>
    </label>
    <div class="buttons">
      <vscode-button type="submit">${save}</vscode-button>
      <vscode-button
        secondary
        @click=${() => {
          actions.showForm('none');
        }}
        >Cancel</vscode-button
      >
    </div>
  </form>`;
}

/** Remembering the report, and saying later whether it was right. */
export function incidentForm(
  report: PanelReport,
  view: ViewState,
  actions: Actions,
): TemplateResult | typeof nothing {
  const { saved } = report;
  if (saved === null) {
    if (view.form !== 'save') return nothing;
    const { summary, rootCause } = report.explanation;
    const filled = { title: rootCause.statement, rootCause: summary, resolution: '' };
    return incidentFields(filled, 'Save incident', actions.save, actions);
  }
  if (view.form === 'confirm') {
    const confirm = (text: IncidentText): void => {
      actions.confirm(saved.id, 'confirmed', text);
    };
    return incidentFields(saved, 'Confirm incident', confirm, actions);
  }
  return html`<p class="saved" role="status">
    Saved as an incident, ${saved.status}.
    ${
      saved.status === 'unconfirmed'
        ? html`<button
              class="link"
              type="button"
              @click=${() => {
                actions.showForm('confirm');
              }}
            >
              This was the cause…
            </button>
            <button
              class="link"
              type="button"
              @click=${() => {
                const { title, rootCause, resolution } = saved;
                actions.confirm(saved.id, 'rejected', { title, rootCause, resolution });
              }}
            >
              This was not it
            </button>`
        : nothing
    }
  </p>`;
}
