import { Marked, type Tokens } from 'marked';

function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/**
 * Links and pictures become text with their address beside them: a model that read a hostile line
 * may write an address that carries what it read, and one click would send it. Tags are shown as they
 * were written. Only sentences are read as Markdown: answers come apart into sentences, so there are
 * no headings, lists or tables.
 */
const model = new Marked({
  gfm: true,
  breaks: true,
  async: false,
  renderer: {
    html: ({ text }: Tokens.HTML | Tokens.Tag) => escaped(text),
    image: ({ text, href }: Tokens.Image) => escaped(`${text} (${href})`),
    link({ tokens, href, raw }: Tokens.Link): string {
      const text = this.parser.parseInline(tokens);
      return raw === href || raw === `<${href}>` ? escaped(href) : `${text} (${escaped(href)})`;
    },
  },
});

/** A model's sentence as HTML without attributes, links and pictures. */
export function modelInline(text: string): string {
  return model.parseInline(text, { async: false });
}
