import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import { draftProse } from '../draft.ts';

/** Nearer to the end than this, in pixels, counts as reading along. */
const nearEnd = 24;

/**
 * Text that is being written, in a box of fixed height: it never moves what stands around it. The box
 * follows its end for who reads along, and stays where it is for who scrolled back. A screen reader
 * is not told every piece; it finds the text where it is.
 */
export class StreamBox extends LitElement {
  static override properties = { text: { attribute: false }, label: { type: String } };

  declare text: string;
  declare label: string;

  #follows = true;

  constructor() {
    super();
    this.text = '';
    this.label = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<div
      class="stream"
      role="region"
      tabindex="0"
      aria-live="off"
      aria-label=${this.label}
      @scroll=${() => {
        const box = this.#box();
        if (box !== null) {
          this.#follows = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
        }
      }}
      .textContent=${draftProse(this.text)}
    ></div>`;
  }

  protected override updated(changed: PropertyValues): void {
    const box = this.#box();
    if (box !== null && changed.has('text') && this.#follows) box.scrollTop = box.scrollHeight;
  }

  #box(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.stream');
  }
}

customElements.define('faultline-stream', StreamBox);
