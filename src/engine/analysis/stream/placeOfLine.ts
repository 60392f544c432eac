import type { SegmentPlace } from './segmentFold.ts';

/** Which of some places, which ascend, holds a line (1-based): the last one that begins at or before it. */
export function placeOfLine(places: readonly SegmentPlace[], line: number): number {
  let low = 0;
  let high = places.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((places[middle]?.lines ?? 0) < line) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
