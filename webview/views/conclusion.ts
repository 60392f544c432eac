import { html, nothing, type TemplateResult } from 'lit';
import type {
  Explanation,
  PanelReport,
  PanelSubject,
  ReportKind,
} from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import {
  basisWords,
  counted,
  duration,
  hour,
  isWorded,
  modelOf,
  share,
  verdicts,
} from '../format.ts';
import type { ViewState } from '../state.ts';
import { chips } from './chips.ts';
import { opened, opener } from './disclosure.ts';
import { type Part, summaryText, withCode } from './said.ts';

/** What broke, in at most three sentences, how sure that is, and the lines that show it. */
export function conclusion(
  kind: ReportKind,
  report: PanelReport,
  subject: PanelSubject,
  view: ViewState,
  actions: Actions,
): TemplateResult {
  const { explanation } = report;
  const { rootCause, confidence, removed } = explanation;
  return html`<section class="conclusion ${kind}" aria-labelledby="conclusion">
    <h2 id="conclusion" class="verdict" tabindex="-1">
      <strong>${verdicts[kind]}</strong>
      ${
        kind === 'nothing-wrong'
          ? nothing
          : html`<span>confidence ${confidence.level}, ${share(confidence.value)}</span>`
      }
      ${
        rootCause.category === 'none' || rootCause.category === 'unknown'
          ? nothing
          : html`<span class="category">${rootCause.category}</span>`
      }
    </h2>
    <p class="summary">${summaryText(explanation)}</p>
    ${
      rootCause.statement !== '' && !explanation.summary.includes(rootCause.statement)
        ? html`<p>${withCode(rootCause.statement)}</p>`
        : nothing
    }
    ${chips(rootCause.evidence, explanation, subject, actions)}
    <p class="openers">
      ${opener('why', 'Why?', view, actions)}
      ${
        removed.length === 0
          ? nothing
          : opener(
              'removed',
              `${counted(removed.length, 'claim')} removed: no evidence`,
              view,
              actions,
            )
      }
      <span class="quiet">${byline(report)}</span>
    </p>
    ${opened('why', view, () => reasons(explanation, subject, actions))}
    ${removed.length === 0 ? nothing : opened('removed', view, () => removedClaims(explanation))}
  </section>`;
}

/** Who wrote it, from what and when; a model's time is its own, so it is not told. */
function byline({ explanation, writtenAt, milliseconds }: PanelReport): string {
  const model = modelOf(explanation);
  const words = isWorded(explanation) ? `Worded by ${model}, checked` : `Offline, ${model} heard`;
  const who = model === null ? 'Written offline' : words;
  const took = model === null ? `, in ${duration(milliseconds)}` : '';
  return `${who} · ${explanation.mode} · ${hour(writtenAt)}${took}`;
}

/** What the confidence and each sentence rest on. */
function reasons(
  explanation: Explanation,
  subject: PanelSubject,
  actions: Actions,
): TemplateResult {
  const { confidence } = explanation;
  return html`<p>
      <strong>Confidence ${confidence.level}, ${share(confidence.value)}.</strong>
      ${confidence.why}
    </p>
    <ol class="bases">
      ${explanation.sentences.map(
        ({ text, basis, evidence }) =>
          html`<li>
            <q>${text.length > 90 ? `${text.slice(0, 89).trimEnd()}…` : text}</q>
            <div>${basisWords(basis)} ${chips(evidence, explanation, subject, actions)}</div>
          </li>`,
      )}
    </ol>`;
}

/** Claims of the model that failed a check: struck out, with the reason; they count for nothing. */
function removedClaims({ removed }: Explanation): TemplateResult {
  return html`<p>
      The model also said this. It failed a check against the evidence and counts for nothing.
    </p>
    <ul class="rows removed">
      ${removed.map(
        ({ text, where, why }) =>
          html`<li>
            <span class="sr-only">Removed:</span> <s>${text}</s>
            <span class="quiet">${where}: ${why}</span>
          </li>`,
      )}
    </ul>`;
}

/** What the reader must know about how the report came about: an answer that was discarded. */
export function notices({ explanation, model }: PanelReport): Part {
  // What the band of the model says is not said twice.
  const told = 'message' in model ? model.message : '';
  const news = explanation.notices.filter((notice) => !told.includes(notice));
  return news.length === 0
    ? nothing
    : html`<div class="band warning" role="note" aria-label="About this report">
        ${news.map((notice) => html`<p>${notice}</p>`)}
      </div>`;
}
