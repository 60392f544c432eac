import { html, nothing, type TemplateResult } from 'lit';
import type { PanelReport } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import { counted } from '../format.ts';

/** What could not be known, and what was read and sent. */
export function limits(report: PanelReport, actions: Actions): TemplateResult {
  const { missing, coverage } = report.explanation;
  const receipt = [
    `read ${counted(coverage.lines, 'line')}`,
    ...(coverage.reread === undefined ? [] : [weighed(coverage.reread)]),
    `sent ${counted(coverage.linesSent, 'line')}`,
    ...(coverage.tokensSent > 0 ? [counted(coverage.tokensSent, 'token')] : []),
    `masked ${counted(coverage.masked, 'value')}`,
    coverage.provider === null ? report.privacy : `received by ${coverage.provider}`,
  ];
  return html`<section aria-labelledby="limits">
    <h2 id="limits" tabindex="-1">Not known</h2>
    ${
      missing.length === 0
        ? html`<p class="quiet">Nothing is known to be missing.</p>`
        : html`<ul class="rows" role="list">
            ${missing.map((item) => html`<li>${item}</li>`)}
          </ul>`
    }
    <p class="quiet receipt">
      ${receipt.join(' · ')}
      ${
        coverage.provider === null
          ? nothing
          : html`<button class="link" type="button" @click=${actions.showPayload}>
              Show what was sent
            </button>`
      }
    </p>
  </section>`;
}

/** How much of logs too large to be weighed as a whole the report rests on. */
function weighed({
  bytes,
  of,
}: NonNullable<PanelReport['explanation']['coverage']['reread']>): string {
  const megabytes = (size: number): string => (size / 1e6).toFixed(size < 1e7 ? 1 : 0);
  return `weighed ${megabytes(bytes)} of ${megabytes(of)} MB`;
}
