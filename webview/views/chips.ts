import { html, nothing } from 'lit';
import type { EvidenceItem, Explanation, PanelSubject } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import { logName } from '../format.ts';
import type { Part } from './said.ts';

/** A citation: a button that opens its lines beside the panel. */
export function chip(item: EvidenceItem, subject: PanelSubject, actions: Actions): Part {
  const place = `${logName(subject, item.path)}:${item.line}`;
  return html`<button
    class="chip"
    type="button"
    title=${item.text}
    aria-label=${`Evidence ${item.id}: open ${place}`}
    @click=${() => {
      actions.open(item.path, item.line, item.endLine);
    }}
  >
    <span class="chip-id">${item.id}</span> ${place}
  </button>`;
}

/** Citations: one button for each evidence id. Unknown ids are left out. */
export function chips(
  ids: readonly string[],
  explanation: Explanation,
  subject: PanelSubject,
  actions: Actions,
): Part {
  const items = ids.flatMap((id) => explanation.evidence.filter((item) => item.id === id));
  if (items.length === 0) return nothing;
  return html`<span class="chips">${items.map((item) => chip(item, subject, actions))}</span>`;
}
