import { virtualize } from '@lit-labs/virtualizer/virtualize.js';
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

/** Longer lists draw only the rows in sight: below it the work of keeping track costs more. */
const longList = 60;

/** A list of rows; `row` draws what stands inside one. Rows keep their identity by `key`. */
export function rows<T>(
  items: readonly T[],
  key: (item: T) => string | number,
  row: (item: T) => TemplateResult,
  kind = '',
): TemplateResult {
  const draw = (item: T, index: number): TemplateResult =>
    html`<li role="listitem" aria-setsize=${items.length} aria-posinset=${index + 1}>
      ${row(item)}
    </li>`;
  return items.length > longList
    ? html`<ul class="rows ${kind}" role="list">
        ${virtualize({ items: [...items], keyFunction: key, renderItem: draw })}
      </ul>`
    : html`<ul class="rows ${kind}" role="list">
        ${repeat(items, key, draw)}
      </ul>`;
}
