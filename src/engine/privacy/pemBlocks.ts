import type { Finder, Span } from './span.ts';

const begin =
  /-{4,5} ?BEGIN [A-Z0-9 ]{0,48}(?:KEY|KEY BLOCK|CERTIFICATE|MESSAGE|PARAMETERS) ?-{4,5}/g;
const end = /-{4,5} ?END [A-Z0-9 ]{0,48}-{4,5}/g;
/** A key of 16,384 bits takes 13 kB in this form. */
const longest = 32_768;
/** Lines of a block whose other end is cut off, or written with the header of a log on every line. */
const bodyLine = /^.{0,160}?[A-Za-z0-9+/]{8,}={0,2}["',\\]{0,4}\s{0,4}$/;

/** Keys and certificates in the textual form of RFC 7468, also with `\n` written out, also cut off. */
export const pemBlocks: Finder = (text) => {
  const spans: Span[] = [];
  const ends = Array.from(text.matchAll(end), (match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  let next = 0;
  let done = 0;
  for (const match of text.matchAll(begin)) {
    const start = match.index;
    if (start < done) continue;
    const body = start + match[0].length;
    while (next < ends.length && (ends[next]?.from ?? body) < body) next += 1;
    const closed = ends[next];
    if (closed !== undefined && closed.from - body <= longest) {
      spans.push({ start: body, end: closed.from, kind: 'KEY' });
      done = closed.to;
    } else {
      done = bodyAfter(text, body);
      spans.push({ start: body, end: done, kind: 'KEY' });
    }
  }
  const first = ends[0];
  if (
    first !== undefined &&
    !spans.some((span) => span.end <= first.from && span.end >= first.from - 1)
  ) {
    const from = bodyBefore(text, first.from);
    if (from < first.from) spans.push({ start: from, end: first.from, kind: 'KEY' });
  }
  return spans.filter((span) => text.slice(span.start, span.end).trim() !== '');
};

function bodyAfter(text: string, from: number): number {
  let at = from;
  const limit = Math.min(text.length, from + longest);
  while (at < limit) {
    const newline = text.indexOf('\n', at);
    const stop = newline === -1 ? text.length : newline;
    const line = text.slice(at, Math.min(stop, at + 4096));
    if (at !== from && !bodyLine.test(line)) break;
    at = stop + (newline === -1 ? 0 : 1);
    if (newline === -1) break;
  }
  return at > from && text[at - 1] === '\n' ? at - 1 : at;
}

function bodyBefore(text: string, to: number): number {
  let start = text.lastIndexOf('\n', to) + 1;
  while (start > 0 && to - start < longest) {
    const previous = text.lastIndexOf('\n', start - 2) + 1;
    if (!bodyLine.test(text.slice(previous, Math.min(start - 1, previous + 4096)))) break;
    start = previous;
  }
  return start;
}
