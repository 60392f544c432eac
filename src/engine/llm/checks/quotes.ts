import type { SentItem } from '../prompt.ts';
import { folded } from './knownFacts.ts';

/** Below this many characters a quote is a name, and names are looked at as names. */
const leastChars = 12;

/**
 * The passages that a text quotes from the log: all between back-ticks that are longer than a name,
 * and between double quotes where they are several words.
 */
export function quotesIn(text: string): readonly string[] {
  const ticked = [...text.matchAll(/`{1,3}([^`]{1,2000})`{1,3}/g)]
    .map(([, quote = '']) => quote.trim())
    .filter((quote) => quote.length >= leastChars || /\s/.test(quote));
  const quoted = [...text.replace(/`[^`]*`/g, ' ').matchAll(/["“]([^"“”]{12,2000})["”]/g)]
    .map(([, quote = '']) => quote.trim())
    .filter((quote) => quote.split(/\s+/).length >= 4);
  return [...ticked, ...quoted];
}

/**
 * Whether a passage stands in the lines of an item, word for word: white space, case and quotes
 * apart; an ellipsis or `<*>` in it stands for what was left out.
 */
export function isQuotedFrom(quote: string, item: SentItem): boolean {
  const text = folded(item.sent.join('\n'));
  let from = 0;
  const parts = folded(quote)
    .split(/…|\.{3}|<\*>|\[\.{3}\]/)
    .map((part) => part.replace(/^[\s.,;:]+|[\s.,;:]+$/g, '').replaceAll('\\"', '"'))
    .filter((part) => part !== '');
  if (parts.length === 0) return false;
  const unescaped = text.replaceAll('\\"', '"');
  return parts.every((part) => {
    const at = unescaped.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
    return true;
  });
}
