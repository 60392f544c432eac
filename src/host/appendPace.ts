/** A run that looked at what was appended to a log, in milliseconds of one clock. */
export interface AppendRun {
  readonly started: number;
  readonly took: number;
}

/** Least time from one run to the next: what comes meanwhile is looked at together. */
const shortest = 40;
/** Most time, however long a run takes. */
const longest = 500;

/**
 * Milliseconds to wait before what was appended is looked at. A line that comes alone is looked at once;
 * a log that is written all the time leaves the engine as much time for others as it takes.
 */
export function appendWait({ started, took }: AppendRun, now: number): number {
  const pause = Math.min(longest, Math.max(shortest, 2 * took));
  return Math.max(0, started + pause - now);
}
