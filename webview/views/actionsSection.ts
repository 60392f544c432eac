import { html, nothing, type TemplateResult } from 'lit';
import type { Explanation, Recommendation } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import { webHost } from '../format.ts';
import { type Part, withCommands } from './said.ts';

const kinds: Record<Recommendation['kind'], string> = {
  verify: 'Check',
  mitigate: 'Relieve',
  fix: 'Fix',
  prevent: 'Prevent',
};

/** What to do, each with what it rests on. Nothing here is ever run. */
export function recommendations(explanation: Explanation, actions: Actions): Part {
  if (explanation.recommendations.length === 0) return nothing;
  return html`<section aria-labelledby="todo">
    <h2 id="todo" tabindex="-1">What to do</h2>
    <ul class="rows todo" role="list">
      ${explanation.recommendations.map(
        (item) =>
          html`<li>
            <span class="kind">${kinds[item.kind]}</span>
            <div>
              <div>${withCommands(item.action, explanation, actions)}</div>
              <div class="quiet">${item.basis} ${references(item.refs ?? [])}</div>
            </div>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Documentation that a rule names: `https` only, its host in sight; the editor asks before it opens one. */
function references(refs: readonly string[]): TemplateResult[] {
  return refs.flatMap((ref) => {
    const host = webHost(ref);
    return host === null
      ? []
      : [html`<a href=${ref} title=${ref} rel="noreferrer noopener">${host}</a> `];
  });
}
