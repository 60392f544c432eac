import type { RecordTable } from '../record/recordTable.ts';

/** Steps that the usual one is taken from; more are sampled evenly. */
const mostSteps = 20_000;
/** Fewer steps say nothing of what is usual. */
const leastSteps = 12;
/** A silence is told only from this length on, in milliseconds: shorter ones are no news to a person. */
const leastGap = 1_000;
/** A silence is far above the usual from this multiple on. */
const timesUsual = 10;

/**
 * From which silence on a log is marked as silent, in milliseconds: ten times the 95th percentile of
 * the times between consecutive messages, at least a second. A percentile and not a mean, so that the
 * gaps themselves do not raise it while they are fewer than one step in twenty; steps back count as
 * none. Infinity where the log has too few times to tell.
 */
export function unusualGap(records: RecordTable): number {
  const { count, time } = records;
  const stride = Math.max(1, Math.ceil(count / mostSteps));
  const steps: number[] = [];
  for (let record = stride; record < count; record += stride) {
    const step = (time[record] ?? NaN) - (time[record - 1] ?? NaN);
    if (step >= 0) steps.push(step);
  }
  if (steps.length < leastSteps) return Infinity;
  // Of a followed log this is asked with every line: typed arrays sort ten times as fast.
  const sorted = Float64Array.from(steps).sort();
  const usual = sorted[Math.floor(0.95 * (sorted.length - 1))] ?? 0;
  return Math.max(leastGap, timesUsual * usual);
}
