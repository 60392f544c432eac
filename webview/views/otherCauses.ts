import { html, nothing } from 'lit';
import type { Explanation, PanelSubject } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import { visible } from '../visible.ts';
import { chips } from './chips.ts';
import { type Part, withCode } from './said.ts';

/** Other things that would explain it, weaker ones. */
export function alternatives(
  explanation: Explanation,
  subject: PanelSubject,
  actions: Actions,
): Part {
  if (explanation.alternatives.length === 0) return nothing;
  return html`<section aria-labelledby="alternatives">
    <h2 id="alternatives" tabindex="-1">Other explanations</h2>
    <ul class="rows" role="list">
      ${explanation.alternatives.map(
        (item) =>
          html`<li>
            ${withCode(item.statement)}
            ${item.category === 'unknown' ? nothing : html`<span class="quiet category">${item.category}</span>`}
            ${chips(item.evidence, explanation, subject, actions)}
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Places in code that stack traces point at; each opens its source where the workspace has it. */
export function suspects(explanation: Explanation, subject: PanelSubject, actions: Actions): Part {
  if (explanation.suspects.length === 0) return nothing;
  return html`<section aria-labelledby="suspects">
    <h2 id="suspects" tabindex="-1">Where in the code</h2>
    <ul class="rows" role="list">
      ${explanation.suspects.map((item) => {
        const place = `${visible(item.file)}${item.line === null ? '' : `:${item.line}`}`;
        return html`<li>
          <button
            class="link code"
            type="button"
            aria-label=${`Open ${place} in the workspace`}
            @click=${() => {
              actions.openSource(item);
            }}
          >
            ${place}
          </button>
          ${item.function === '' ? nothing : html`in <code>${visible(item.function)}</code>`}
          ${chips(item.evidence, explanation, subject, actions)}
        </li>`;
      })}
    </ul>
  </section>`;
}
