import { html, nothing, type TemplateResult } from 'lit';
import type { PanelReport, PanelSubject, ReportKind } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import type { ViewState } from '../state.ts';
import { chips } from './chips.ts';

const verdicts: Record<ReportKind, string> = {
  found: 'Cause found',
  probable: 'Probable cause',
  inconclusive: 'Inconclusive',
  'nothing-wrong': 'Nothing wrong',
};

/** What broke, in at most three sentences, how sure that is, and the lines that show it. */
export function conclusion(
  kind: ReportKind,
  report: PanelReport,
  subject: PanelSubject,
  view: ViewState,
  actions: Actions,
): TemplateResult {
  const { explanation } = report;
  const { rootCause, confidence } = explanation;
  const whyOpen = view.open.includes('confidence');
  return html`<section class="conclusion ${kind}" aria-label="Conclusion">
    <p class="verdict">
      <strong>${verdicts[kind]}</strong>
      ${
        kind === 'nothing-wrong'
          ? nothing
          : html`<span>confidence: ${confidence.level}</span>
              <button
                class="link"
                aria-expanded=${whyOpen ? 'true' : 'false'}
                @click=${() => {
                  actions.toggle('confidence');
                }}
              >
                why?
              </button>`
      }
      ${
        rootCause.category === 'none' || rootCause.category === 'unknown'
          ? nothing
          : html`<span class="category">${rootCause.category}</span>`
      }
    </p>
    ${whyOpen ? html`<p class="why">${confidence.why}</p>` : nothing}
    <p class="summary">${explanation.summary}</p>
    ${
      rootCause.statement !== '' && !explanation.summary.includes(rootCause.statement)
        ? html`<p>${rootCause.statement}</p>`
        : nothing
    }
    ${chips(rootCause.evidence, explanation, subject, actions)}
  </section>`;
}
