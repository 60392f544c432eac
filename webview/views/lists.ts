import { html, nothing, type TemplateResult } from 'lit';
import type {
  Explanation,
  PanelReport,
  PanelSubject,
  Recommendation,
} from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import { clock, counted, day, dayAndClock, logName } from '../format.ts';
import type { ViewState } from '../state.ts';
import { chips } from './chips.ts';

/** Entries shown before the reader asks for all. */
const shortList = 8;

type Part = TemplateResult | typeof nothing;

/** A list that shows its first entries and, on demand, all of them. */
function shortened<T>(
  items: readonly T[],
  section: 'evidence' | 'timeline',
  view: ViewState,
  actions: Actions,
  row: (item: T) => TemplateResult,
): TemplateResult {
  const all = view.open.includes(section) || items.length <= shortList + 1;
  const shown = all ? items : items.slice(0, shortList);
  return html`<ul class="rows">
      ${shown.map(row)}
    </ul>
    ${
      items.length <= shortList + 1
        ? nothing
        : html`<button
            class="link"
            aria-expanded=${all ? 'true' : 'false'}
            @click=${() => {
              actions.toggle(section);
            }}
          >
            ${all ? 'Show fewer' : `Show all ${items.length}`}
          </button>`
    }`;
}

/** What happened when. */
export function events(
  explanation: Explanation,
  subject: PanelSubject,
  view: ViewState,
  actions: Actions,
): Part {
  if (explanation.timeline.length === 0) return nothing;
  const days = new Set(explanation.timeline.flatMap(({ time }) => time?.slice(0, 10) ?? []));
  const moment = days.size > 1 ? dayAndClock : clock;
  return shortened(
    explanation.timeline,
    'timeline',
    view,
    actions,
    (entry) =>
      html`<li class="event">
        <span class="time" title=${entry.time ?? 'the log states no time here'}
          >${entry.time === null ? '–' : moment(entry.time)}</span
        >
        <span>${entry.event} ${chips(entry.evidence, explanation, subject, actions)}</span>
      </li>`,
  );
}

/** Other things that would explain it, weaker ones. */
export function alternatives(
  explanation: Explanation,
  subject: PanelSubject,
  actions: Actions,
): Part {
  if (explanation.alternatives.length === 0) return nothing;
  return html`<section aria-labelledby="alternatives">
    <h2 id="alternatives">Other explanations</h2>
    <ul class="rows">
      ${explanation.alternatives.map(
        (item) =>
          html`<li>${item.statement} ${chips(item.evidence, explanation, subject, actions)}</li>`,
      )}
    </ul>
  </section>`;
}

/** Places in code that the stack traces point at. */
export function suspects(explanation: Explanation, subject: PanelSubject, actions: Actions): Part {
  if (explanation.suspects.length === 0) return nothing;
  return html`<section aria-labelledby="suspects">
    <h2 id="suspects">Where in the code</h2>
    <ul class="rows">
      ${explanation.suspects.map(
        (item) =>
          html`<li>
            <code>${item.file}${item.line === null ? '' : `:${item.line}`}</code>
            ${item.function === '' ? nothing : html`in <code>${item.function}</code>`}
            ${chips(item.evidence, explanation, subject, actions)}
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Past incidents of this workspace that look like this one. */
export function seenBefore(report: PanelReport): TemplateResult {
  return html`<section aria-labelledby="seen">
    <h2 id="seen">Seen before</h2>
    ${
      report.similar.length === 0
        ? html`<p class="quiet">Nothing alike is remembered in this workspace.</p>`
        : html`<ul class="rows">
            ${report.similar.map(
              ({ incident, why }) =>
                html`<li>
                  <strong>${incident.title}</strong>
                  <span class="quiet">${day(incident.savedAt)} · ${incident.status} · ${why}</span>
                  ${incident.rootCause === '' ? nothing : html`<div>${incident.rootCause}</div>`}
                  ${
                    incident.resolution === ''
                      ? nothing
                      : html`<div>Fixed by: ${incident.resolution}</div>`
                  }
                </li>`,
            )}
          </ul>`
    }
  </section>`;
}

const kinds: Record<Recommendation['kind'], string> = {
  verify: 'Check',
  mitigate: 'Relieve',
  fix: 'Fix',
  prevent: 'Prevent',
};

/** What to do, each with what it rests on. */
export function recommendations(explanation: Explanation): Part {
  if (explanation.recommendations.length === 0) return nothing;
  return html`<section aria-labelledby="todo">
    <h2 id="todo">What to do</h2>
    <ul class="rows">
      ${explanation.recommendations.map(
        (item) =>
          html`<li>
            <span class="kind">${kinds[item.kind]}</span> ${item.action}
            <span class="quiet">${item.basis}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** The numbered excerpts that every claim cites. */
export function evidence(
  explanation: Explanation,
  subject: PanelSubject,
  view: ViewState,
  actions: Actions,
): Part {
  if (explanation.evidence.length === 0) return nothing;
  return html`<section aria-labelledby="evidence">
    <h2 id="evidence">Evidence</h2>
    ${shortened(
      explanation.evidence,
      'evidence',
      view,
      actions,
      (item) =>
        html`<li class="excerpt">
          <button
            class="chip"
            aria-label=${`Open evidence ${item.id}`}
            @click=${() => {
              actions.open(item.path, item.line, item.endLine);
            }}
          >
            <span class="chip-id">${item.id}</span> ${logName(subject, item.path)}:${item.line}
          </button>
          <pre>${item.text}</pre>
        </li>`,
    )}
  </section>`;
}

/** What could not be known, and what was read and sent. */
export function limits(report: PanelReport): TemplateResult {
  const { explanation } = report;
  const { coverage } = explanation;
  return html`<section aria-labelledby="limits">
    <h2 id="limits">Not known</h2>
    ${
      explanation.missing.length === 0
        ? html`<p class="quiet">Nothing is known to be missing.</p>`
        : html`<ul class="rows">
            ${explanation.missing.map((item) => html`<li>${item}</li>`)}
          </ul>`
    }
    <p class="quiet receipt">
      read ${counted(coverage.lines, 'line')} · sent ${counted(coverage.linesSent, 'line')} ·
      ${report.writtenBy} · ${report.privacy}
    </p>
  </section>`;
}
