import { isCommonWord } from './commonWords.ts';
import { placeholdersIn, type Kind } from './kinds.ts';
import type { Finder, Span } from './span.ts';

const shapes: readonly (readonly [Kind, RegExp])[] = [
  ['UUID', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['URL', /^[a-z][a-z0-9+.-]{1,32}:\/\//i],
  ['PATH', /[/\\]/],
  ['HEX', /^(?:0x)?(?=[0-9a-f]{0,64}[0-9])[0-9a-f]{6,}$/i],
];

/** A number with its unit, sign or per cent; a time; a version. */
const number =
  /^[+-]?[0-9][0-9.,_]{0,40}(?:[eE][+-]?[0-9]{1,3})?(?:%|[a-zA-Zµ]{1,3}(?:\/s)?)?$|^[0-9]{1,4}(?:[:/.-][0-9]{1,4}){1,3}(?:[T ][0-9:.]{5,16})?(?:[.,][0-9]{1,9})?Z?$/;
/** Stays although it has letters: an operator, a level in brackets and the like. */
const codes =
  /^(?:[A-Z]{1,5}[0-9]{1,5}|0|[a-z]|utf8|ipv[46]|http[12]?|x86|amd64|x64|md5|sha(?:1|256|512)|base64|i18n|l10n|k8s|s3|ec2|log4j|h2|e2e|v[0-9]{1,3})$/;

const token = /[^\s"'`()[\]{}<>,;=|]+/g;

/**
 * Everything that is no common word, number, punctuation or name of code: for messages whose pattern
 * is not known, or known from one message only, which may be the text of a person.
 *
 * @param constant words that stay whatever they are, because many messages share them
 */
export function rawText(constant: ReadonlySet<string> = new Set()): Finder {
  return (text) => {
    const kept = placeholdersIn(text);
    let next = 0;
    const spans: Span[] = [];
    for (const match of text.matchAll(token)) {
      const found = match[0].replace(/^[.:!?*#@&-]+|[.:!?*#&-]+$/g, '');
      if (found === '') continue;
      const start = match.index + match[0].indexOf(found);
      while (next < kept.length && (kept[next]?.end ?? 0) <= start) next += 1;
      if ((kept[next]?.start ?? text.length) < start) continue;
      spans.push(...partsOf(found, start, constant));
    }
    return spans;
  };
}

function partsOf(found: string, start: number, constant: ReadonlySet<string>): Span[] {
  if (constant.has(found) || number.test(found) || codes.test(found) || isPlain(found)) return [];
  const end = start + found.length;
  for (const [kind, shape] of shapes) if (shape.test(found)) return [{ start, end, kind }];
  // `status:ok`, `worker-3`, `orders#17`: each part by itself.
  const parts = /[:#@+*&~^%$!?]/.test(found) ? found.split(/([:#@+*&~^%$!?]+)/) : [found];
  if (parts.length > 1) {
    const spans: Span[] = [];
    let at = start;
    for (const part of parts) {
      if (/[\p{L}\p{N}]/u.test(part)) spans.push(...partsOf(part, at, constant));
      at += part.length;
    }
    return spans;
  }
  return [{ start, end, kind: /[0-9]/.test(found) ? 'TEXT' : 'WORD' }];
}

/**
 * A common word, or a name of code that is made of common words: `OrderService`, `max_retries`,
 * `org.apache.hadoop.dfs`. Names made of anything else could be those of people or projects.
 */
function isPlain(found: string): boolean {
  if (!/^[A-Za-z0-9_.$-]+(?:'[a-z]{1,2})?$/.test(found)) return !/[\p{L}\p{N}]/u.test(found);
  const parts = found.match(/[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[A-Z]/g) ?? [];
  return parts.every((part) => part.length <= 1 || /^[0-9]{1,6}$/.test(part) || isCommonWord(part));
}

/** The constant words of a pattern. */
export function constantWords(template: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const piece of template.split('<*>')) {
    for (const [found] of piece.matchAll(token))
      words.add(found.replace(/^[.:!?*#@&-]+|[.:!?*#&-]+$/g, ''));
  }
  return words;
}
