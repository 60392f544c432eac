import type { LineTimes } from '../../engine/present/lineTimes.ts';
import { deltaWords, spanWords } from '../../engine/present/timeWords.ts';

/** A text at a line, 0-based. */
interface LineNote {
  readonly line: number;
  readonly text: string;
}

/**
 * What is written at the lines from `from` on: at each one that begins a record the time since the
 * record before, empty where there is none so that the lines stay aligned; and the silences of at
 * least `gap` milliseconds.
 */
export function deltaNotes(
  { times, heads, before }: LineTimes,
  from: number,
  gap: number | null,
): { readonly deltas: LineNote[]; readonly gaps: LineNote[] } {
  const deltas: LineNote[] = [];
  const gaps: LineNote[] = [];
  let last = before;
  times.forEach((time, at) => {
    const line = from + at;
    const delta = heads[at] === 1 ? time - last : NaN;
    deltas.push({ line, text: Number.isNaN(delta) ? '\u00a0' : deltaWords(delta) });
    if (gap !== null && delta >= gap) {
      gaps.push({ line, text: `${spanWords(delta)} without a message` });
    }
    if (heads[at] === 1 && !Number.isNaN(time)) last = time;
  });
  return { deltas, gaps };
}
