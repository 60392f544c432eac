import type { AnalysedLog } from './analysedLog.ts';
import type { Clocks } from './clocks.ts';
import { baseName, duration, grouped } from './words.ts';

/** What the clocks of the logs leave open, a sentence each. */
export function clockGaps(
  analyses: readonly AnalysedLog[],
  shifts: Clocks['shifts'],
): readonly string[] {
  const gaps: string[] = [];
  const clockless = analyses.filter(({ view }) => !hasTime(view.records.time));
  if (clockless.length > 0) {
    gaps.push(
      analyses.length > 1
        ? `${names(clockless)} ${clockless.length === 1 ? 'states' : 'state'} no times, so the order across files is by position only.`
        : 'The log states no times, so durations and rates are unknown.',
    );
  }
  const apart = analyses.filter(
    ({ view }, log) => shifts[log] === null && hasTime(view.records.time),
  );
  if (apart.length > 0) {
    const one = apart.length === 1;
    gaps.push(
      `The times of ${names(apart)} cannot be compared with the others: ${one ? 'it states' : 'they state'} no date, or ${one ? 'is' : 'are'} of another time. ${one ? 'Its' : 'Their'} place in the order is by position only.`,
    );
  }
  const zones = analyses.map(({ view }) => view.records.format.clock?.zone);
  const assumed = analyses.filter((_, log) => zones[log] === 'assumed-utc');
  if (assumed.length > 0 && zones.includes('stated')) {
    gaps.push(
      `${names(assumed)} ${assumed.length === 1 ? 'states' : 'state'} no time zone and ${assumed.length === 1 ? 'was' : 'were'} read as UTC.`,
    );
  }
  return gaps;
}

/** Clocks that seem to go wrong, and that the order was corrected for. */
export function skewNotices(analyses: readonly AnalysedLog[], clocks: Clocks): readonly string[] {
  const nameOf = (log: number): string => baseName(analyses[log]?.view.log.path ?? '');
  return clocks.skews.map(({ log, reference, ahead, ids }) => {
    const way = ahead > 0 ? 'ahead of' : 'behind';
    return `The clock of ${nameOf(log)} seems ${duration(ahead)} ${way} that of ${nameOf(reference)} (estimated from ${grouped(ids)} shared identifiers); the order here is corrected for it.`;
  });
}

function hasTime(time: Float64Array): boolean {
  return time.some((value) => !Number.isNaN(value));
}

function names(logs: readonly AnalysedLog[]): string {
  const each = logs.map(({ view }) => baseName(view.log.path));
  return each.length > 3 ? `${grouped(each.length)} files` : each.join(', ');
}
