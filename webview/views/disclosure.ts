import { html, nothing, type TemplateResult } from 'lit';
import type { Actions } from '../actions.ts';
import type { Section, ViewState } from '../state.ts';

/** The button that opens and closes a part; the part itself stands where the caller puts it. */
export function opener(
  section: Section,
  label: string,
  view: ViewState,
  actions: Actions,
): TemplateResult {
  const open = view.open.includes(section);
  return html`<button
    class="link opener"
    type="button"
    aria-expanded=${open ? 'true' : 'false'}
    aria-controls=${`part-${section}`}
    @click=${() => {
      actions.toggle(section);
    }}
  >
    ${label}
  </button>`;
}

/** A part that shows while its button is pressed. */
export function opened(
  section: Section,
  view: ViewState,
  content: () => TemplateResult,
): TemplateResult {
  return html`<div id=${`part-${section}`} class="part">
    ${view.open.includes(section) ? content() : nothing}
  </div>`;
}
