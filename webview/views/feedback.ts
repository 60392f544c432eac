import { html, nothing, type TemplateResult } from 'lit';
import type { Grade, PanelReport } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';

const grades: readonly (readonly [Grade, string, string])[] = [
  ['bullseye', 'Bullseye', 'it named the cause'],
  ['close', 'Close', 'it was one step short of the cause'],
  ['area', 'Right area', 'it pointed to the right part'],
  ['wrong', 'Wrong', 'the cause was something else'],
];

/** What the reader thinks of the report, in four words; arrows move, Space or Enter chooses. */
export function feedback(report: PanelReport, actions: Actions): TemplateResult {
  const chosen = grades.find(([grade]) => grade === report.grade);
  return html`<section aria-labelledby="feedback">
    <h2 id="feedback" tabindex="-1">Was this right?</h2>
    <faultline-roving class="grades" role="radiogroup" aria-labelledby="feedback">
      ${grades.map(
        ([grade, label, meaning]) =>
          html`<button
            class="tool"
            type="button"
            role="radio"
            title=${meaning}
            aria-label=${`${label}: ${meaning}`}
            aria-checked=${report.grade === grade ? 'true' : 'false'}
            @click=${() => {
              actions.grade(grade);
            }}
          >
            ${label}
          </button>`,
      )}
    </faultline-roving>
    <p class="quiet" role="status">
      ${
        chosen === undefined
          ? nothing
          : html`${chosen[1]}: ${chosen[2]}. Kept with the incident; it teaches after you confirm
            it.`
      }
    </p>
  </section>`;
}
