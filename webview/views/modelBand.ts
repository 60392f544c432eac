import { html, nothing, type TemplateResult } from 'lit';
import type { Explanation, PanelReport, PanelSubject } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import { isWorded, share } from '../format.ts';
import type { ViewState } from '../state.ts';
import { chips } from './chips.ts';
import { opened, opener } from './disclosure.ts';
import { type Part, summaryText, withCode } from './said.ts';

function action(label: string, run: () => void, primary = false): TemplateResult {
  return html`<vscode-button ?secondary=${!primary} @click=${run}>${label}</vscode-button>`;
}

function band(kind: string, content: TemplateResult): TemplateResult {
  return html`<section class="band model ${kind}" aria-labelledby="model">
    <h2 id="model" class="sr-only" tabindex="-1">Language model</h2>
    ${content}
  </section>`;
}

/** The language model beside the offline report: what it waits for, what it writes, what became of it. */
export function modelBand(
  report: PanelReport,
  subject: PanelSubject,
  view: ViewState,
  actions: Actions,
): Part {
  const { model } = report;
  switch (model.state) {
    case 'off':
      return nothing;
    case 'consent':
      return band(
        'consent',
        html`<p><strong>${model.provider}</strong> waits for you: nothing was sent.</p>
          <div class="buttons">
            ${action('Show what would be sent', actions.showPayload)}
            ${action(`Ask ${model.provider}`, actions.askModel, true)}
          </div>`,
      );
    case 'writing':
      return band(
        'writing',
        html`<p>
            <strong>${model.provider}</strong> is writing. Not checked yet; the report below stays
            as it is.
          </p>
          <faultline-stream
            .text=${model.text}
            label=${`Unchecked text of ${model.provider}`}
          ></faultline-stream>
          <div class="buttons">${action('Stop', actions.stopModel)}</div>`,
      );
    case 'answered':
      return band(
        'answered',
        html`<p>
            ${
              isWorded(report.explanation)
                ? html`Worded by <strong>${model.provider}</strong>; every claim was checked against
                    the evidence.`
                : html`<strong>${model.provider}</strong> answered; its summary did not replace the
                    offline one.`
            }
            ${report.offline === null ? nothing : opener('compare', 'Compare with the offline report', view, actions)}
          </p>
          ${
            report.offline === null
              ? nothing
              : opened('compare', view, () =>
                  compared(
                    report.offline ?? report.explanation,
                    report.explanation,
                    subject,
                    actions,
                  ),
                )
          }`,
      );
    case 'unavailable':
    case 'rejected':
      return band(
        `warning ${model.state}`,
        html`<p><strong>${model.message}</strong></p>
          <p>${model.advice} The offline report is shown.</p>
          <div class="buttons">${action('Retry', actions.askModel)}</div>`,
      );
  }
}

/** Both reports side by side, so that the reader sees what the model changed. */
function compared(
  offline: Explanation,
  model: Explanation,
  subject: PanelSubject,
  actions: Actions,
): TemplateResult {
  const column = (title: string, one: Explanation): TemplateResult =>
    html`<div>
      <h3>${title}</h3>
      <p class="quiet">
        ${one.rootCause.category}, confidence ${one.confidence.level},
        ${share(one.confidence.value)}
      </p>
      <p>${summaryText(one)}</p>
      ${
        one.rootCause.statement === '' || one.summary.includes(one.rootCause.statement)
          ? nothing
          : html`<p>${withCode(one.rootCause.statement)}</p>`
      }
      ${chips(one.rootCause.evidence, one, subject, actions)}
    </div>`;
  return html`<div class="compare">
    ${column('Offline', offline)} ${column('With the model', model)}
  </div>`;
}
