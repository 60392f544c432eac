import DOMPurify from 'dompurify';
import { LitElement, type PropertyValues } from 'lit';
import { modelBlocks, modelInline } from '../modelHtml.ts';

/** What Markdown can make of a sentence; nothing that loads, leads elsewhere or carries an attribute. */
const tags = 'p br strong em del code pre ul ol li blockquote hr table thead tbody tr th td'.split(
  ' ',
);

/**
 * A model's text as Markdown. The renderer writes no tags of the text and no addresses that can be
 * followed; DOMPurify is the second lock, should the first one fail.
 */
export class ModelProse extends LitElement {
  static override properties = { text: { attribute: false }, block: { type: Boolean } };

  declare text: string;
  declare block: boolean;

  constructor() {
    super();
    this.text = '';
    this.block = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('text') && !changed.has('block')) return;
    const html = this.block ? modelBlocks(this.text) : modelInline(this.text);
    this.replaceChildren(
      DOMPurify.sanitize(html, {
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
