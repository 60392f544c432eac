import { html, nothing, type TemplateResult } from 'lit';
import type { Explanation, PanelSubject } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import { logName } from '../format.ts';

/** Citations: one button for each evidence id, which opens its lines. Unknown ids are left out. */
export function chips(
  ids: readonly string[],
  explanation: Explanation,
  subject: PanelSubject,
  actions: Actions,
): TemplateResult | typeof nothing {
  const items = ids.flatMap((id) => explanation.evidence.filter((item) => item.id === id));
  if (items.length === 0) return nothing;
  return html`<span class="chips">
    ${items.map((item) => {
      const place = `${logName(subject, item.path)}:${item.line}`;
      return html`<button
        class="chip"
        title=${item.text}
        aria-label=${`Evidence ${item.id}: open ${place}`}
        @click=${() => {
          actions.open(item.path, item.line, item.endLine);
        }}
      >
        <span class="chip-id">${item.id}</span> ${place}
      </button>`;
    })}
  </span>`;
}
