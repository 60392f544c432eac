import { html, nothing, type TemplateResult } from 'lit';
import type { FollowUp, PanelReport, PanelSubject } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import type { ViewState } from '../state.ts';
import { chips } from './chips.ts';

function answer(item: FollowUp, subject: PanelSubject, actions: Actions): TemplateResult {
  switch (item.state) {
    case 'working':
      return html`<p class="quiet">Looking…</p>`;
    case 'failed':
      return html`<p>${item.failure.message} ${item.failure.advice}</p>`;
    case 'answered': {
      const { explanation } = item;
      const cited = [
        ...new Set([
          ...explanation.rootCause.evidence,
          ...explanation.evidence.map(({ id }) => id),
        ]),
      ].slice(0, 6);
      return html`<p>${explanation.summary}</p>
        ${chips(cited, explanation, subject, actions)}`;
    }
  }
}

/** Questions about the same logs and what the logs say to them. */
export function questions(
  report: PanelReport,
  subject: PanelSubject,
  view: ViewState,
  actions: Actions,
): TemplateResult {
  return html`<section aria-labelledby="ask">
    <h2 id="ask">Ask about this log</h2>
    ${
      report.followUps.length === 0
        ? nothing
        : html`<ol class="answers" aria-live="polite">
            ${report.followUps.map(
              (item) =>
                html`<li>
                  <p class="question">${item.question}</p>
                  ${answer(item, subject, actions)}
                </li>`,
            )}
          </ol>`
    }
    <form
      class="ask"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        actions.ask(view.question.trim());
      }}
    >
      <input
        aria-label="Question about this log"
        placeholder="Why did checkout fail?"
        .value=${view.question}
        @input=${(event: InputEvent) => {
          if (event.target instanceof HTMLInputElement) actions.type(event.target.value);
        }}
      />
      <vscode-button type="submit" ?disabled=${view.question.trim() === ''}>Ask</vscode-button>
    </form>
    <p class="quiet">Answered from the lines of the log, without a language model.</p>
  </section>`;
}
