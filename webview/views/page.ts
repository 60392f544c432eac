import { html, nothing, type TemplateResult } from 'lit';
import type {
  PanelReport,
  PanelState,
  PanelSubject,
  ReportKind,
} from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import { subjectName } from '../format.ts';
import type { ViewState } from '../state.ts';
import { conclusion } from './conclusion.ts';
import { incidentForm } from './incidentForm.ts';
import {
  alternatives,
  events,
  evidence,
  limits,
  recommendations,
  seenBefore,
  suspects,
} from './lists.ts';
import { questions } from './questions.ts';

function heading(subject: PanelSubject, tools: TemplateResult | typeof nothing): TemplateResult {
  return html`<header>
    <h1>Root cause <span class="quiet">${subjectName(subject)}</span></h1>
    ${tools}
  </header>`;
}

function tool(label: string, run: () => void): TemplateResult {
  return html`<vscode-button secondary @click=${run}>${label}</vscode-button>`;
}

function reportPage(
  kind: ReportKind,
  report: PanelReport,
  subject: PanelSubject,
  view: ViewState,
  actions: Actions,
): TemplateResult {
  const { explanation } = report;
  const tools = html`<div class="tools" role="toolbar" aria-label="Report">
    ${
      report.saved === null && view.form === 'none' && kind !== 'nothing-wrong'
        ? tool('Save as incident', () => {
            actions.showForm('save');
          })
        : nothing
    }
    ${tool('Copy', actions.copy)} ${tool('Open as Markdown', actions.exportReport)}
    ${tool('Run again', actions.retry)}
  </div>`;
  return html`${heading(subject, tools)}
    ${
      report.stale
        ? html`<p class="stale" role="status">
            The log changed since this was written; lines may have moved.
            <button class="link" @click=${actions.retry}>Run again</button>
          </p>`
        : nothing
    }
    ${conclusion(kind, report, subject, view, actions)} ${incidentForm(report, view, actions)}
    ${
      report.timeline === null && explanation.timeline.length === 0
        ? nothing
        : html`<section aria-labelledby="timeline">
            <h2 id="timeline">Timeline</h2>
            ${
              report.timeline === null || report.timeline.records.length === 0
                ? nothing
                : html`<faultline-timeline
                    .timeline=${report.timeline}
                    .open=${(mark: { path: string; line: number; endLine: number }) => {
                      actions.open(mark.path, mark.line, mark.endLine);
                    }}
                  ></faultline-timeline>`
            }
            ${events(explanation, subject, view, actions)}
          </section>`
    }
    <div class="columns">
      ${recommendations(explanation)} ${seenBefore(report)}
      ${alternatives(explanation, subject, actions)} ${suspects(explanation, subject, actions)}
    </div>
    ${evidence(explanation, subject, view, actions)} ${limits(report)}
    ${questions(report, subject, view, actions)}`;
}

function body(state: PanelState, view: ViewState, actions: Actions): TemplateResult {
  switch (state.kind) {
    case 'working':
      return html`${heading(state.subject, nothing)}
        <p role="status" aria-live="polite">${state.activity}</p>
        <vscode-progress-bar
          aria-label=${state.activity}
          .indeterminate=${state.share === null}
          .value=${(state.share ?? 0) * 100}
        ></vscode-progress-bar>
        ${tool('Cancel', actions.cancel)}`;
    case 'error':
      return html`${heading(state.subject, nothing)}
        <div role="alert">
          <p>${state.failure.message}</p>
          <p>${state.failure.advice}</p>
        </div>
        ${tool('Run again', actions.retry)}`;
    case 'found':
    case 'probable':
    case 'inconclusive':
    case 'nothing-wrong':
      return reportPage(state.kind, state.report, state.subject, view, actions);
  }
}

/** The whole page for a state. Log text reaches it through text nodes only. */
export function page(view: ViewState, actions: Actions): TemplateResult {
  return html`<main>
    ${
      view.panel === null
        ? html`<p role="status">Waiting for the extension…</p>`
        : body(view.panel, view, actions)
    }
    <p class="notice" role="status" aria-live="polite">${view.notice}</p>
  </main>`;
}
