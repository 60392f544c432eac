import { html, nothing, type TemplateResult } from 'lit';
import type { FollowUp, PanelReport, PanelSubject } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import { modelOf } from '../format.ts';
import { boxAction } from '../keyboard.ts';
import { isAnswering, type ViewState } from '../state.ts';
import { suggestedQuestions } from '../suggestions.ts';
import { chips } from './chips.ts';
import { rows } from './rows.ts';
import { summaryText } from './said.ts';

/** Excerpts shown under an answer; the rest is in the report. */
const maxCited = 6;

function answer(item: FollowUp, subject: PanelSubject, actions: Actions): TemplateResult {
  switch (item.state) {
    case 'working':
      return html`<p class="quiet">
          ${item.text === '' ? 'Looking…' : 'Writing, not checked yet:'}
        </p>
        ${
          item.text === ''
            ? nothing
            : html`<faultline-stream
                .text=${item.text}
                label="Unchecked text of the answer"
              ></faultline-stream>`
        }
        <button class="link" type="button" @click=${actions.cancelAsk}>Stop</button>`;
    case 'failed':
      return html`<p>${item.failure.message} ${item.failure.advice}</p>`;
    case 'answered': {
      const { explanation } = item;
      const cited = [
        ...new Set([
          ...explanation.sentences.flatMap(({ evidence }) => evidence),
          ...explanation.rootCause.evidence,
        ]),
      ].slice(0, maxCited);
      const model = modelOf(explanation);
      return html`<p class="answer">${summaryText(explanation)}</p>
        ${explanation.notices.map((notice) => html`<p class="warning-text">${notice}</p>`)}
        ${chips(cited, explanation, subject, actions)}
        ${
          explanation.removed.length === 0
            ? nothing
            : html`<p class="quiet">
                Removed, no evidence:
                ${explanation.removed.map(({ text, why }) => html`<s>${text}</s> (${why}) `)}
              </p>`
        }
        ${model === null ? nothing : html`<p class="quiet">Worded by ${model}, checked.</p>`}`;
    }
  }
}

/** Questions about the same logs and what the logs say to them. */
export function chat(
  report: PanelReport,
  subject: PanelSubject,
  view: ViewState,
  actions: Actions,
): TemplateResult {
  const busy = isAnswering(view.panel);
  const ready = !busy && view.question.trim() !== '';
  const asked = report.followUps.map(({ question }) => question);
  const offered = suggestedQuestions(report.explanation, subject).filter(
    (one) => !asked.includes(one),
  );
  return html`<section aria-labelledby="ask">
    <h2 id="ask" tabindex="-1">Ask about this log</h2>
    ${
      report.followUps.length === 0
        ? nothing
        : rows(
            report.followUps,
            ({ id }) => id,
            (item) =>
              html`<p class="question">
                  <span class="sr-only">Question:</span> <span>${item.question}</span>
                </p>
                ${answer(item, subject, actions)}`,
            'answers',
          )
    }
    ${
      offered.length === 0 || busy
        ? nothing
        : html`<div class="suggestions" role="group" aria-label="Questions to begin with">
            ${offered.map(
              (question) =>
                html`<button
                  class="link"
                  type="button"
                  @click=${() => {
                    actions.ask(question);
                  }}
                >
                  ${question}
                </button>`,
            )}
          </div>`
    }
    <form
      class="ask"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        if (ready) actions.ask(view.question.trim());
      }}
    >
      <textarea
        rows="1"
        aria-label="Question about this log"
        aria-describedby="ask-help"
        placeholder="Why did checkout fail?"
        .value=${view.question}
        @input=${(event: InputEvent) => {
          if (event.target instanceof HTMLTextAreaElement) actions.type(event.target.value);
        }}
        @keydown=${(event: KeyboardEvent) => {
          keyInBox(event, ready, view, actions);
        }}
      ></textarea>
      <vscode-button type="submit" ?disabled=${!ready}>Ask</vscode-button>
    </form>
    <p class="quiet" id="ask-help">${help(view)}</p>
  </section>`;
}

function keyInBox(event: KeyboardEvent, ready: boolean, view: ViewState, actions: Actions): void {
  const box = event.target;
  if (!(box instanceof HTMLTextAreaElement)) return;
  const action = boxAction(event, box.value, box.selectionStart);
  if (action === null) return;
  event.preventDefault();
  if (action !== 'ask') actions.recall(action === 'older' ? -1 : 1);
  else if (ready) actions.ask(view.question.trim());
}

function help(view: ViewState): string {
  const model = view.panel?.choices.model ?? 'offline';
  const who =
    model === 'offline'
      ? 'Answered from the lines of the log, without a language model.'
      : `Answered from the same evidence, worded by ${model} once you allowed it.`;
  return `${who} Enter asks, Shift+Enter begins a new line, the up arrow brings back earlier questions.`;
}
