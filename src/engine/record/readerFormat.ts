import type { Level } from './levels.ts';

/** Units in which programs count time. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

/** Milliseconds of a unit. */
export const unitMs: Readonly<Record<TimeUnit, number>> = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 };

/**
 * A way of writing logs that a reader described in the settings, checked. Plain data: it crosses
 * threads, and two are equal when their JSON is.
 */
export interface ReaderFormat {
  readonly name: string;
  /** An expression of RE2 for the beginning of a record's first line, with named groups. */
  readonly pattern: string;
  /** How its times are written, in the letters of strptime; null: read as the times of any log. */
  readonly timeFormat: string | null;
  /** What its times count since 1970, or since a start where that gives a time before 1973. */
  readonly unit: TimeUnit | null;
  /** Minutes east of UTC of times that state no zone; null: they are read as UTC. */
  readonly zone: number | null;
  /** Words of its own for levels, in upper case. */
  readonly levels: readonly (readonly [string, Level])[];
}

/** Names that a pattern may give the group that holds the source. */
export const sourceGroups = ['component', 'source', 'logger'] as const;
