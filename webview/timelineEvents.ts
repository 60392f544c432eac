import type { Explanation, PanelTimeline } from '../src/protocol/panelApi.ts';

/** A moment of the report on the picture: what its excerpts are called, and whether it began there. */
export interface TimelineEvent {
  /** On the axis of the timeline. */
  readonly at: number;
  /** Ids of excerpts: `E1 E5`. */
  readonly label: string;
  /** The first moment that the cause rests on. */
  readonly isOnset: boolean;
}

/**
 * The moments that the report names, on the axis of its picture, in order of time; those outside of
 * it, and all of them where the log states no times, are left out.
 */
export function timelineEvents(
  explanation: Explanation,
  { axis, start, width, records }: PanelTimeline,
): readonly TimelineEvent[] {
  if (axis !== 'time') return [];
  const end = start + width * records.length;
  const moments = explanation.timeline
    .flatMap(({ time, evidence }) => {
      const at = time === null ? Number.NaN : Date.parse(time);
      return at >= start && at <= end && evidence.length > 0 ? [{ at, evidence }] : [];
    })
    .sort((a, b) => a.at - b.at);
  const cause = explanation.rootCause.evidence;
  const onset = moments.findIndex(({ evidence }) => evidence.some((id) => cause.includes(id)));
  return moments.map(({ at, evidence }, index) => ({
    at,
    label: evidence.join(' '),
    isOnset: index === onset,
  }));
}

/** Index of the mark nearest to a moment; the first one where there is no moment. */
export function nearestMark(
  marks: readonly { readonly at: number }[],
  moment: number | null,
): number {
  if (moment === null) return 0;
  let best = 0;
  marks.forEach(({ at }, index) => {
    if (Math.abs(at - moment) < Math.abs((marks[best]?.at ?? at) - moment)) best = index;
  });
  return best;
}
