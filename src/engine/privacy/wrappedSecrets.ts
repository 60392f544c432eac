import type { Finder, Span } from './span.ts';

const wrapped = /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{10,16384}={0,2}(?![A-Za-z0-9+/=])/g;

/**
 * Text in base64 that hides what other finders would find in the plain text, such as a whole line of
 * configuration. Looked into once, not again and again.
 */
export function wrappedSecrets(finders: readonly Finder[]): Finder {
  return (text) => {
    const spans: Span[] = [];
    for (const { 0: value, index } of text.matchAll(wrapped)) {
      const plain = Buffer.from(value, 'base64').toString('latin1');
      // Words and identifiers of the log decode to bytes that no text has.
      if (plain.length < 6 || !/^[\t\n\r\x20-\x7e]+$/.test(plain)) continue;
      if (finders.some((finder) => finder(plain).length > 0)) {
        spans.push({ start: index, end: index + value.length, kind: 'SECRET' });
      }
    }
    return spans;
  };
}
