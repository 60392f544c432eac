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
