import type { Finding } from '../../detect/finding.ts';
import type { SessionsSummary } from '../../present/sessionsText.ts';
import type { LogSlice } from '../../record/logSlice.ts';
import type { InferredLog } from '../../record/inferLog.ts';
import type { LogEncoding } from '../../record/logText.ts';
import type { LogClock } from '../../record/recordTable.ts';

/**
 * A piece of a log that is too large to be held at once. Its core is what the piece answers for; the
 * bytes around it are read as well, so that a trace or a session is not cut in two where pieces meet.
 */
export interface Segment {
  readonly path: string;
  readonly encoding: LogEncoding;
  /** Place among the pieces, from 0. */
  readonly index: number;
  /** Where the core begins in the log, in bytes. */
  readonly start: number;
  /** What is before the core, the core, what is behind it. */
  readonly bytes: Uint8Array;
  /** The core, as a range of `bytes`. */
  readonly from: number;
  readonly to: number;
  /** Whether sessions are looked for: they take most of the time, so that some pieces stand for all. */
  readonly sessions: boolean;
  /** Whether the log goes on behind `bytes`. */
  readonly goesOn: boolean;
  /** How the first piece is written; null where that is not known yet, or says nothing of others. */
  readonly reading: InferredLog | null;
}

/** What distances in a segment are measured on: time without long pauses, or records where none is stated. */
export interface SegmentAxis {
  readonly kind: 'time' | 'records';
  /** From the last record before the core to the last one of the core. */
  readonly length: number;
}

/** How a pattern came back in the core, on its axis; a position is the distance from where the core begins. */
export interface PatternPace {
  readonly firstAt: number;
  readonly lastAt: number;
  /** Median distance of neighbours; null where there are none. */
  readonly every: number | null;
  /** Sum of the squares of these distances. */
  readonly squares: number;
  /** The longest of these, descending. */
  readonly longest: readonly number[];
}

/** Of the first and the last record of the core that state a time; milliseconds since the epoch. */
export interface SegmentTimes {
  readonly first: number;
  readonly last: number;
}

/** How often a pattern came in the core, and when. */
export interface PatternTally {
  readonly text: string;
  readonly count: number;
  /** Records before its first one and its last one in the core. */
  readonly first: number;
  readonly last: number;
  /** Lines (0-based) of the core. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Milliseconds since the epoch; NaN where the record states no time. */
  readonly firstTime: number;
  readonly lastTime: number;
  /** Null for complaints: nobody misses them. */
  readonly pace: PatternPace | null;
}

/** What is known of a segment. Plain data: it crosses threads. */
export interface SegmentResult {
  readonly index: number;
  readonly start: number;
  /** Bytes of the core. */
  readonly bytes: number;
  /** Line ends in the core. */
  readonly lineEnds: number;
  /** The core ends within a line. */
  readonly endsInLine: boolean;
  readonly records: number;
  readonly axis: SegmentAxis;
  readonly format: string;
  /** How it is written; null where that says nothing of other pieces. */
  readonly reading: InferredLog | null;
  /** What its times mean; null where it states none. */
  readonly clock: LogClock | null;
  /**
   * All times of a piece are read by itself: where they state no date, or no year, it lies in the first
   * one. Null where it states none.
   */
  readonly times: SegmentTimes | null;
  /** From which silence on it is unusually silent, in milliseconds; null where it is too short to tell. */
  readonly gap: number | null;
  /** The core in figures, in its order; lines are those of the core. */
  readonly slices: readonly LogSlice[];
  readonly patterns: readonly PatternTally[];
  /** Some patterns are not among `patterns`, as there were too many. */
  readonly morePatterns: boolean;
  /** What was found in the core; line 1 is its first line. Lines before it count down from 0. */
  readonly findings: readonly Finding[];
  /** Null where no sessions were looked for. */
  readonly sessions: SessionsSummary | null;
}

/** Analyses segments somewhere: in this thread, or in others. */
export interface SegmentAnalyser {
  /** Segments that are analysed at the same time. */
  readonly parallel: number;
  /** @throws EngineError `aborted` */
  analyse(segment: Segment, signal?: AbortSignal): Promise<SegmentResult>;
}
