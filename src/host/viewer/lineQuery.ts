import type { Place } from '../../protocol/readerApi.ts';

/** What a reader may type, for the prompt and for what is said about a text that is none of it. */
export const lineQueryForms = 'Line or share, such as 1200 or 50%';

/** A line number (commas and spaces between digits are let pass) or a share of the log; else null. */
export function parseLineQuery(text: string, bytes: number): Place | null {
  const query = text.trim();
  const share = /^(\d{1,3}(?:\.\d{1,3})?) ?%$/.exec(query)?.[1];
  if (share !== undefined) {
    const percent = Number(share);
    if (percent > 100) return null;
    return percent === 100
      ? { kind: 'end' }
      : { kind: 'byte', byte: Math.floor((percent / 100) * bytes) };
  }
  const digits = query.replace(/(?<=\d)[, ](?=\d)/g, '');
  if (!/^\d{1,15}$/.test(digits)) return null;
  return { kind: 'line', line: Math.max(1, Number(digits)) };
}
