import { html, type nothing, type TemplateResult } from 'lit';
import type { Explanation } from '../../src/protocol/panelApi.ts';
import type { Actions } from '../actions.ts';
import { textPieces } from '../codeText.ts';
import { modelOf } from '../format.ts';

/** Something to show, or nothing. */
export type Part = TemplateResult | typeof nothing;

/**
 * The summary of an explanation. Sentences that a model worded are Markdown; those of a rule, a
 * statistic or the log itself are text as it stands, so that a log line cannot format anything.
 */
export function summaryText({ sentences, summary }: Explanation): Part | string {
  if (sentences.length === 0) return summary;
  return html`${sentences.map(({ text, basis }) =>
    basis.kind === 'model'
      ? html`<faultline-prose .text=${text}></faultline-prose> `
      : html`${text} `,
  )}`;
}

/** A sentence with what stands between backticks as code: text nodes only. */
export function withCode(text: string): TemplateResult[] {
  return textPieces(text).map((piece) =>
    piece.kind === 'words' ? html`${piece.text}` : html`<code>${piece.text}</code>`,
  );
}

/**
 * The same with commands that can be copied; none is run. What a model worded offers none to copy:
 * it may repeat what a hostile line told it to.
 */
export function withCommands(
  text: string,
  explanation: Explanation,
  actions: Actions,
): TemplateResult[] {
  if (modelOf(explanation) !== null) return withCode(text);
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
