import type { Kind } from './kinds.ts';

/** A stretch of text that is masked: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: Kind;
}

/** Finds what is to be masked in a text without escape sequences; work in proportion to its length. */
export type Finder = (text: string) => Span[];

/** Every match of a pattern, or of its first group where it has one, as a span. */
export function spansOf(text: string, pattern: RegExp, kind: Kind): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(pattern)) {
    const value = match[1] ?? match[0];
    const start = match.index + match[0].indexOf(value);
    spans.push({ start, end: start + value.length, kind });
  }
  return spans;
}

/**
 * Ascending spans that do not overlap: those that do are joined, so that nothing that any finder
 * asked for is left over. The kind is that of the one that begins first, the longer one of two.
 */
export function joined(spans: readonly Span[]): Span[] {
  const sorted = spans
    .filter(({ start, end }) => end > start)
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const result: Span[] = [];
  for (const span of sorted) {
    const last = result.at(-1);
    if (last === undefined || span.start >= last.end) result.push(span);
    else if (span.end > last.end) result[result.length - 1] = { ...last, end: span.end };
  }
  return result;
}

/** What is left of spans where some stretches must stay; both ascending and free of overlaps. */
export function without(
  spans: readonly Span[],
  kept: readonly { readonly start: number; readonly end: number }[],
): Span[] {
  const result: Span[] = [];
  let next = 0;
  for (const { start, end, kind } of spans) {
    let from = start;
    for (let stay = kept[next]; stay !== undefined && stay.start < end; stay = kept[next]) {
      if (stay.start > from) result.push({ start: from, end: stay.start, kind });
      from = Math.max(from, stay.end);
      if (stay.end > end) break;
      next += 1;
    }
    if (from < end) result.push({ start: from, end, kind });
  }
  return result;
}
