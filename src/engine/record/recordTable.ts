import type { TimeUnit } from './readerFormat.ts';

/** How a log writes its records, as inferred from its first lines. */
export interface LogFormat {
  /** A short name from the format table, or `plain`. */
  readonly name: string;
  /** Share of the sampled lines that fit, 0..1. */
  readonly confidence: number;
  readonly hasTime: boolean;
  readonly hasLevel: boolean;
  /** What its times mean; absent where it states none. */
  readonly clock?: LogClock;
}

/**
 * How much of a moment the log itself states, and in which zone. What is missing is filled by a fixed
 * rule (`MomentClock`): the year or date of the time before, at first 2000 or 2000-01-01; relative
 * times count from 2000-01-01T00:00:00Z. Times without a zone are read as UTC.
 */
export interface LogClock {
  readonly basis: 'absolute' | 'no-year' | 'no-date' | 'relative';
  readonly zone: 'stated' | 'assumed-utc';
  /** Minutes east of UTC that all sampled times state; absent where they state none, or several. */
  readonly offset?: number;
  /** What the times count since 1970 or since a start; absent where they are written out. */
  readonly unit?: ClockUnit;
}

/** A unit of time as it was read. */
export interface ClockUnit {
  readonly name: TimeUnit;
  /** Share of the sampled times that were read in it, 0..1. */
  readonly share: number;
}

/**
 * One row per record, in file order. A record is a head line and its continuation lines (stack
 * traces, wrapped JSON): rows tile the lines of the file exactly.
 */
export interface RecordTable {
  readonly count: number;
  /** First line (0-based) of each record; `count + 1` entries, the last one is the line count. */
  readonly firstLine: Uint32Array;
  /** Milliseconds since the epoch, UTC; NaN where the record states no time. */
  readonly time: Float64Array;
  /** Index into `levels`. */
  readonly level: Uint8Array;
  /** Index into `sources`: the logger, process or component; 0 is the empty name. */
  readonly source: Uint32Array;
  readonly sources: readonly string[];
  /**
   * Byte range of the message on the head line: without header, without line end. Where the head
   * line is all header (.NET), the text of the first continuation line.
   */
  readonly messageStart: Uint32Array;
  readonly messageEnd: Uint32Array;
  readonly format: LogFormat;
}
