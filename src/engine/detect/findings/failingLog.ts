import { recordsOf } from '../events.ts';
import { shown, type Evidence } from '../evidence.ts';
import { number, percent, times } from '../words.ts';
import type { Collected } from './candidate.ts';

/** Fewer failures are not what a log is about. */
const fewestFailing = 5;
/** From this share of failing records on, failing is what the log is about. */
const mostlyFailing = 0.25;
/** An event states a failure from here on: at level ERROR, or in words that leave no doubt. */
const failurePrior = 3;

/**
 * Where a good part of a log fails, no single failure is news, but that it does is: evidence at
 * the commonest of them. Null elsewhere.
 */
export function failingLog({ view, events, severity }: Collected): Evidence | null {
  let failing = 0;
  let commonest = -1;
  for (let event = 0; event < events.count; event += 1) {
    if (severity.prior[event]! < failurePrior) continue;
    failing += events.records[event]!;
    if (commonest < 0 || events.records[event]! > events.records[commonest]!) commonest = event;
  }
  const total = view.records.count;
  const share = failing / total;
  if (failing < fewestFailing || share < mostlyFailing) return null;
  const record = events.first[commonest]!;
  return {
    family: 'severity',
    bits: share,
    record,
    shows: shown(recordsOf(events, commonest)),
    key: 'failing',
    strong: false,
    describe: () => ({
      text: `${number(failing)} of ${number(total)} messages state a failure, most often this one (${times(events.records[commonest]!)}).`,
      observed: `${percent(share)} of messages fail`,
      expected: 'few failures among other messages',
    }),
  };
}
