/** The thumb of a scroll bar, in pixels of its track. */
export interface Thumb {
  readonly top: number;
  readonly height: number;
}

/** Smallest thumb that can be hit with a mouse, in pixels. */
const leastThumb = 24;

/** What is seen of a log: bytes at the top and bottom edge of the view, out of all. */
export interface Seen {
  readonly from: number;
  readonly to: number;
  readonly of: number;
}

/** The furthest byte that the top of a view comes to, so that a thumb at the end means the end. */
function topmost({ from, to, of }: Seen): number {
  return Math.max(1, of - Math.max(0, to - from));
}

/** Where the thumb is; null where everything is seen and there is nothing to scroll. */
export function thumbOf(seen: Seen, track: number): Thumb | null {
  if (seen.of <= 0 || track <= 0 || (seen.from <= 0 && seen.to >= seen.of)) return null;
  const share = Math.min(1, Math.max(0, seen.to - seen.from) / seen.of);
  const height = Math.min(track, Math.max(leastThumb, share * track));
  const at = seen.to >= seen.of ? 1 : Math.min(1, seen.from / topmost(seen));
  return { top: at * (track - height), height };
}

/** The byte at the top of the view when the thumb is dragged to `top`. */
export function byteOfThumb(top: number, thumb: Thumb, seen: Seen, track: number): number {
  const room = track - thumb.height;
  if (room <= 0) return 0;
  const share = Math.min(1, Math.max(0, top / room));
  return Math.round(share * topmost(seen));
}

/** Pixels of a turn of the wheel; `deltaMode` 1 counts lines, 2 pages (UI Events, 5.4.1). */
export function wheelPixels(
  { deltaY, deltaMode }: Pick<WheelEvent, 'deltaY' | 'deltaMode'>,
  lineHeight: number,
  page: number,
): number {
  if (deltaMode === 1) return deltaY * lineHeight;
  return deltaMode === 2 ? deltaY * page : deltaY;
}
