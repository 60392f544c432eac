import { html, type nothing, type TemplateResult } from 'lit';
import type { Explanation } from '../../src/protocol/panelApi.ts';
import { textPieces } from '../codeText.ts';
import type { Actions } from '../actions.ts';
import { modelOf } from '../format.ts';

/** Something to show, or nothing. */
export type Part = TemplateResult | typeof nothing;

/**
 * A sentence of an explanation. Markdown where a model worded it; text as it stands where a rule, a
 * statistic or the log itself did, so that a log line cannot format anything.
 */
export function said(
  text: string,
  explanation: Explanation,
  form: 'sentence' | 'paragraphs' = 'sentence',
): TemplateResult {
  return modelOf(explanation) === null
    ? html`${text}`
    : html`<faultline-prose .text=${text} ?block=${form === 'paragraphs'}></faultline-prose>`;
}

/**
 * A sentence with commands in backticks: each can be copied, none is run. What a model worded offers
 * none to copy: it may repeat what a hostile line told it to.
 */
export function withCommands(
  text: string,
  explanation: Explanation,
  actions: Actions,
): TemplateResult | TemplateResult[] {
  if (modelOf(explanation) !== null) return said(text, explanation);
  return textPieces(text).map((piece) =>
    piece.kind === 'words'
      ? html`${piece.text}`
      : html`<span class="command"
          ><code>${piece.text}</code
          ><button
            class="copy"
            type="button"
            aria-label=${`Copy ${piece.text}`}
            title="Copy"
            @click=${() => {
              actions.copyText(piece.text);
            }}
          ></button
        ></span>`,
  );
}
