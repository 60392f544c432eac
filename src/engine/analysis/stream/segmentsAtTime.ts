import type { LogSlice } from '../../record/logSlice.ts';
import { placeOfLine } from './placeOfLine.ts';
import type { SegmentPlace } from './segmentFold.ts';

/**
 * The segments (at most three) that can hold the record at a moment, in milliseconds since the epoch:
 * the first one that was written then, or the ones whose times come nearest after and before it.
 */
export function segmentsAtTime(
  slices: readonly LogSlice[],
  places: readonly SegmentPlace[],
  ms: number,
): readonly number[] {
  const during = slices.find(({ first, last }) => first <= ms && ms <= last);
  let after: LogSlice | undefined;
  let before: LogSlice | undefined;
  for (const slice of slices) {
    if (slice.first > ms && !(slice.first >= (after?.first ?? Infinity))) after = slice;
    if (slice.last < ms && !(slice.last <= (before?.last ?? -Infinity))) before = slice;
  }
  const near = [during, after, before].filter((slice) => slice !== undefined);
  return [...new Set(near.map(({ line }) => placeOfLine(places, line + 1)))];
}
