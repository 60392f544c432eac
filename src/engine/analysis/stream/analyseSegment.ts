import type { Finding } from '../../detect/finding.ts';
import type { LogView } from '../../detect/logView.ts';
import { sessionsSummary } from '../../present/sessionsText.ts';
import { unusualGap } from '../../present/unusualGap.ts';
import { knownText } from '../../record/decodeLog.ts';
import { sliceRecords } from '../../record/logSlice.ts';
import type { LogText } from '../../record/logText.ts';
import { analysisOf } from '../analyseLog.ts';
import { LogSession } from '../logSession.ts';
import type { Segment, SegmentAnalyser, SegmentResult, SegmentTimes } from './segment.ts';
import { shiftFinding } from './shiftFinding.ts';
import { tallyPatterns, type RecordRange } from './tallyPatterns.ts';

const newline = 10;

/** Slices of a segment: each half a megabyte of one of the usual size, finer than any picture shows. */
const slicesOfSegment = 64;
const noEmbedder = { id: 'none', state: 'off', detail: '' } as const;

/** Analyses segments in this thread, one after the other. */
export const inThisThread: SegmentAnalyser = { parallel: 1, analyse: analyseSegment };

/**
 * What is found in a segment, without comparing messages by meaning.
 * @throws EngineError `aborted`
 */
export async function analyseSegment(
  segment: Segment,
  signal?: AbortSignal,
): Promise<SegmentResult> {
  const log = knownText(segment.path, segment.bytes, segment.encoding);
  const deps = { embedder: null, embedderStatus: noEmbedder, now: () => 0 };
  const session = new LogSession(log, deps, {
    early: false,
    sessions: segment.sessions,
    goesOn: segment.goesOn,
    ...(segment.reading === null ? {} : { reading: segment.reading }),
  });
  const { view, findings } = await analysisOf(session.analyse(signal));
  return { ...segmentResult(segment, view, findings), reading: session.reading };
}

/** What a segment answers for, of what was found in its text. */
export function segmentResult(
  {
    index,
    start,
    from,
    to,
    sessions,
  }: Pick<Segment, 'index' | 'start' | 'from' | 'to' | 'sessions'>,
  view: LogView,
  findings: readonly Finding[],
): SegmentResult {
  const { log, records } = view;
  // The core's first and last lines are those that begin in it.
  const firstLine = lowerBound(log.lineStarts, log.lineCount, from);
  const endLine = lowerBound(log.lineStarts, log.lineCount, to);
  const before = lineEndsBefore(log, from);
  const core: RecordRange = {
    from: lowerBound(records.firstLine, records.count, firstLine),
    to: lowerBound(records.firstLine, records.count, endLine),
  };
  const { patterns, more, axis } = tallyPatterns(view, core, before);
  const gap = unusualGap(records);
  return {
    index,
    start,
    bytes: to - from,
    lineEnds: lineEndsBefore(log, to) - before,
    endsInLine: to > from && log.bytes[to - 1] !== newline,
    records: core.to - core.from,
    axis,
    format: records.format.name,
    reading: null,
    clock: records.format.clock ?? null,
    times: timesOf(records.time.subarray(core.from, core.to)),
    gap: Number.isFinite(gap) ? gap : null,
    slices: sliceRecords(records, core.from, core.to, slicesOfSegment).map((slice) => ({
      ...slice,
      line: slice.line - before,
    })),
    patterns,
    morePatterns: more || view.templates.truncated === true,
    findings: findings.flatMap((finding) => {
      const own = withinLines(finding, firstLine + 1, endLine);
      return own === null ? [] : [shiftFinding(own, -before)];
    }),
    sessions: sessions ? sessionsSummary(view.sessions) : null,
  };
}

/**
 * The finding as far as it is about some lines (1-based, inclusive); null where it is not. Where it
 * begins before them, its first occurrence among them stands for it: of that only the pattern is known.
 */
function withinLines(finding: Finding, from: number, to: number): Finding | null {
  const isOwn = (line: number): boolean => line >= from && line <= to;
  const own = finding.repeats.filter(isOwn);
  const outside = finding.repeats.length - own.length;
  if (isOwn(finding.line)) {
    const { lines } = finding;
    return {
      ...finding,
      count: finding.count - outside,
      repeats: own,
      ...(lines === undefined ? {} : { lines: lines.filter(isOwn) }),
    };
  }
  const [line, ...repeats] = own;
  if (line === undefined) return null;
  const { template, count } = finding;
  return { ...finding, line, endLine: line, repeats, title: template, count: count - outside - 1 };
}

function timesOf(times: Float64Array): SegmentTimes | null {
  const isStated = (time: number): boolean => !Number.isNaN(time);
  const first = times.find(isStated);
  const last = times.findLast(isStated);
  return first === undefined || last === undefined ? null : { first, last };
}

/** Line ends before a byte. */
function lineEndsBefore({ bytes, lineStarts, lineCount }: LogText, byte: number): number {
  const begun = lowerBound(lineStarts, lineCount, byte + 1);
  if (begun === 0) return 0;
  return byte === bytes.length && bytes[byte - 1] === newline ? begun : begun - 1;
}

/** How many of the first `count` values, which ascend, are below `value`. */
function lowerBound(values: ArrayLike<number>, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
