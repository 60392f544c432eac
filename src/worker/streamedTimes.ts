import { placeOfLine } from '../engine/analysis/stream/placeOfLine.ts';
import { segmentsAtTime } from '../engine/analysis/stream/segmentsAtTime.ts';
import type { SegmentPlace } from '../engine/analysis/stream/segmentFold.ts';
import type { StreamedAnalysis } from '../engine/analysis/stream/streamedLog.ts';
import type { LogView } from '../engine/detect/logView.ts';
import { isCloser, lineTimes, recordAtTime } from '../engine/present/lineTimes.ts';
import { lineInLog, lineInText } from '../engine/record/excerpt.ts';
import { boundsOfSlices } from '../engine/record/logSlice.ts';
import type { LogTimes, WorkerRequests } from '../protocol/workerApi.ts';

type Times = WorkerRequests['times']['result'];
type Moment = WorkerRequests['lineAtTime']['result'];

/** Reads segments of one log again. */
type Read = (places: readonly SegmentPlace[]) => Promise<LogView>;

/** The times of the lines `from` to `to` (0-based, inclusive) of a log that is read in segments. */
export async function streamedTimes(
  known: StreamedAnalysis,
  from: number,
  to: number,
  read: Read,
): Promise<Times> {
  const { places, lines } = known;
  const count = Math.max(0, to - from + 1);
  const times = new Float64Array(count).fill(NaN);
  const heads = new Uint8Array(count);
  let before = NaN;
  const end = Math.min(to, lines - 1);
  for (let line = from; line <= end;) {
    const index = placeOfLine(places, line + 1);
    const place = places[index];
    if (place === undefined) break;
    const last = Math.min(end, (places[index + 1]?.lines ?? lines) - 1);
    const { log, records } = await read([place]);
    const first = (lineInText(log, line + 1) ?? 1) - 1;
    const told = lineTimes(records, first, first + last - line);
    times.set(told.times, line - from);
    heads.set(told.heads, line - from);
    if (line === from) before = told.before;
    // A place holds a line at least; a line longer than a segment is one of several.
    line = Math.max(last, line) + 1;
  }
  return { times, heads, before, clock: streamedClock(known) };
}

/** The line (0-based) at a moment of a log that is read in segments; null where it states no time. */
export async function streamedLineAt(
  { slices, places }: StreamedAnalysis,
  ms: number,
  side: 'after' | 'nearest',
  read: Read,
): Promise<Moment> {
  let best: Moment = null;
  for (const index of segmentsAtTime(slices, places, ms)) {
    const place = places[index];
    if (place === undefined) continue;
    const { log, records } = await read([place]);
    const found = recordAtTime(records, ms, side);
    if (found === null) continue;
    const told = { line: lineInLog(log, found.line + 1) - 1, ms: found.ms };
    if (best === null || isCloser(told.ms - ms, best.ms - ms, side)) best = told;
  }
  return best;
}

function streamedClock({ slices, clock, gap }: StreamedAnalysis): LogTimes | null {
  const bounds = boundsOfSlices(slices);
  return bounds === null ? null : { ...bounds, clock, gap };
}
