import { html, nothing, type TemplateResult } from 'lit';
import type { Actions } from '../actions.ts';
import type { Section, ViewState } from '../state.ts';
import { rows } from './rows.ts';

/** Entries shown before the reader asks for all. */
const shortList = 8;

/** A list that shows its first entries and, on demand, all of them. */
export function shortened<T>(
  items: readonly T[],
  key: (item: T) => string | number,
  section: Section,
  view: ViewState,
  actions: Actions,
  row: (item: T) => TemplateResult,
): TemplateResult {
  // One entry more is shown at once: a button for it would take the same room.
  const isShort = items.length <= shortList + 1;
  const all = isShort || view.open.includes(section);
  return html`${rows(all ? items : items.slice(0, shortList), key, row, section)}
  ${
    isShort
      ? nothing
      : html`<button
          class="link"
          type="button"
          aria-expanded=${all ? 'true' : 'false'}
          @click=${() => {
            actions.toggle(section);
          }}
        >
          ${all ? 'Show fewer' : `Show all ${items.length}`}
        </button>`
  }`;
}
