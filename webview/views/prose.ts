import DOMPurify from 'dompurify';
import { LitElement, type PropertyValues } from 'lit';
import { modelInline } from '../modelHtml.ts';

/** What Markdown can make of a sentence; nothing that loads, leads elsewhere or carries an attribute. */
const tags = 'p br strong em del code pre ul ol li blockquote hr table thead tbody tr th td'.split(
  ' ',
);

/**
 * A sentence of a model as Markdown. The renderer writes no tags of the text and no addresses that can be
 * followed; DOMPurify is the second lock, should the first one fail.
 */
export class ModelProse extends LitElement {
  static override properties = { text: { attribute: false } };

  declare text: string;

  constructor() {
    super();
    this.text = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('text')) return;
    this.replaceChildren(
      DOMPurify.sanitize(modelInline(this.text), {
        ALLOWED_TAGS: tags,
        ALLOWED_ATTR: [],
        ALLOW_DATA_ATTR: false,
        ALLOW_ARIA_ATTR: false,
        RETURN_DOM_FRAGMENT: true,
      }),
    );
  }
}

customElements.define('faultline-prose', ModelProse);
