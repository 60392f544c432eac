import { html, nothing, type TemplateResult } from 'lit';
import type {
  PanelChoices,
  PanelReport,
  PanelState,
  PanelSubject,
  ReportKind,
} from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import { announcement } from '../announce.ts';
import type { ViewState } from '../state.ts';
import { recommendations } from './actionsSection.ts';
import { chat } from './chat.ts';
import { conclusion, notices } from './conclusion.ts';
import { evidence } from './evidence.ts';
import { feedback } from './feedback.ts';
import { head } from './head.ts';
import { incidentForm } from './incidentForm.ts';
import { limits } from './limits.ts';
import { modelBand } from './modelBand.ts';
import { alternatives, suspects } from './otherCauses.ts';
import { seenBefore } from './seenBefore.ts';
import { timelineSection } from './timelineSection.ts';

const noReport = { report: false, canSave: false };

/** Ways past the parts in between, for who reads with the keyboard; in sight while focused. */
const skips: readonly (readonly [string, string])[] = [
  ['conclusion', 'Skip to the conclusion'],
  ['todo', 'Skip to what to do'],
  ['evidence', 'Skip to the evidence'],
  ['ask', 'Skip to the questions'],
];

function skipLinks(): TemplateResult {
  return html`<nav class="skips" aria-label="Skip">
    ${skips.map(
      ([id, label]) =>
        html`<button
          class="link"
          type="button"
          @click=${() => {
            const target = document.getElementById(id);
            target?.scrollIntoView({ block: 'start' });
            target?.focus({ preventScroll: true });
          }}
        >
          ${label}
        </button>`,
    )}
  </nav>`;
}

function reportPage(
  kind: ReportKind,
  report: PanelReport,
  choices: PanelChoices,
  subject: PanelSubject,
  view: ViewState,
  actions: Actions,
): TemplateResult {
  const { explanation } = report;
  const has = {
    report: true,
    canSave: report.saved === null && view.form === 'none' && kind !== 'nothing-wrong',
  };
  return html`${skipLinks()} ${head(subject, choices, has, actions)}
    <main>
      ${
        report.stale
          ? html`<div class="band stale" role="status">
              The log changed since this was written; lines may have moved.
              <button class="link" type="button" @click=${actions.retry}>Run again</button>
            </div>`
          : nothing
      }
      ${conclusion(kind, report, subject, view, actions)} ${notices(report)}
      ${modelBand(report, subject, view, actions)} ${incidentForm(report, view, actions)}
      ${timelineSection(report, subject, view, actions)}
      <div class="columns">
        ${recommendations(explanation, actions)} ${seenBefore(report, view, actions)}
        ${alternatives(explanation, subject, actions)} ${suspects(explanation, subject, actions)}
      </div>
      ${evidence(explanation, subject, view, actions)} ${limits(report, actions)}
      ${kind === 'nothing-wrong' ? nothing : feedback(report, actions)}
      ${chat(report, subject, view, actions)}
    </main>`;
}

function body(state: PanelState, view: ViewState, actions: Actions): TemplateResult {
  switch (state.kind) {
    case 'working':
      return html`${head(state.subject, state.choices, noReport, actions)}
        <main>
          <p>${state.activity}</p>
          <vscode-progress-bar
            aria-label=${state.activity}
            .indeterminate=${state.share === null}
            .value=${(state.share ?? 0) * 100}
          ></vscode-progress-bar>
          <div class="buttons">
            <vscode-button secondary @click=${actions.cancel}>Cancel</vscode-button>
          </div>
        </main>`;
    case 'error':
      return html`${head(state.subject, state.choices, noReport, actions)}
        <main>
          <div class="band warning" role="alert">
            <p><strong>${state.failure.message}</strong></p>
            <p>${state.failure.advice}</p>
          </div>
        </main>`;
    case 'found':
    case 'probable':
    case 'inconclusive':
    case 'nothing-wrong':
      return reportPage(state.kind, state.report, state.choices, state.subject, view, actions);
  }
}

/** The whole page for a state. Log text reaches it through text nodes only. */
export function page(view: ViewState, actions: Actions): TemplateResult {
  return html`<div class="page">
      ${view.panel === null ? html`<p>Waiting for the extension…</p>` : body(view.panel, view, actions)}
    </div>
    <p class="sr-only" role="status">${announcement(view.panel)}</p>
    <div class="notice" role="status">
      ${
        view.notice === ''
          ? nothing
          : html`<span>${view.notice}</span>
              <button class="link" type="button" @click=${actions.dismissNotice}>Close</button>`
      }
    </div>`;
}
