/** Shortens a text to a number of characters (not code units), with an ellipsis. */
export function shorten(text: string, maxChars: number): string {
  const clean = text.replace(/\s+/g, ' ').trim();
  const chars = Array.from(clean.slice(0, maxChars * 2 + 2));
  return chars.length <= maxChars
    ? clean.slice(0, clean.length)
    : `${chars.slice(0, maxChars - 1).join('')}…`;
}

/** `1,204`: digits in groups of three, the same on every machine. */
export function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** The time of day, UTC, as the log states it: `12:03:07`; empty without a time. */
export function clock(time: number): string {
  return isoTime(time)?.slice(11, 19) ?? '';
}

/** ISO 8601; null without a time that a calendar knows. */
export function isoTime(time: number): string | null {
  return Number.isNaN(time) || Math.abs(time) > 8.64e15 ? null : new Date(time).toISOString();
}

/** First letter in upper case. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `4.2 s`, `3 min`, `2 h`: a duration in milliseconds for a reader. */
export function duration(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  if (size < 1000) return `${Math.round(size)} ms`;
  if (size < 60_000) return `${(size / 1000).toFixed(1).replace(/\.0$/, '')} s`;
  if (size < 3_600_000) return `${Math.round(size / 60_000)} min`;
  return `${(size / 3_600_000).toFixed(1).replace(/\.0$/, '')} h`;
}

/** Words that say nothing of what a line is about: levels, units, grammar, words of every failure. */
const emptyWords = new Set(
  'the and for with from into that this was were has have had not can could are but all any its his her their what when which who why how after before error errors exception warn warning info debug fail failed failure fatal trace message msg code java org com net http https log logger line file time timeout timeouts null none true false new old set get post put type value values name user users request requests response server service started starting stopped done ready size count total max min maximum minimum thread main run running default version lambda'.split(
    ' ',
  ),
);

/**
 * What a text is about: its words of three letters and more in lower case, compound names taken
 * apart (`PoolTimeout` → `pool`), plurals without their s, each once and at most 40.
 */
export function contentWords(text: string): readonly string[] {
  const words = new Set<string>();
  const parted = text.slice(0, 1000).replace(/([a-z])([A-Z])/g, '$1 $2');
  for (const match of parted.toLowerCase().matchAll(/[a-z]{3,40}/g)) {
    const word = match[0].length > 4 ? match[0].replace(/s$/, '') : match[0];
    if (!emptyWords.has(word) && !emptyWords.has(match[0])) words.add(word);
    if (words.size >= 40) break;
  }
  return [...words];
}
