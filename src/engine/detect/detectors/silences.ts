import type { Detector } from '../detector.ts';
import { nameOfEvent } from '../eventName.ts';
import { recordsOf, type EventTable } from '../events.ts';
import { strongest, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { quantile, sorted } from '../numeric/statistics.ts';
import { duration, number } from '../words.ts';

/** An event that came regularly and then did not. */
export interface Silence {
  /** Last record of the event before it fell silent. */
  readonly record: number;
  /** Last record of the log within the silence. */
  readonly until: number;
  readonly milliseconds: number;
  /** Median distance of the event, in milliseconds. */
  readonly every: number;
  readonly bits: number;
  readonly sample: number;
}

/**
 * Where a regular event stays away although the log goes on. Only events whose distances vary little
 * (interquartile range within the median) have a rhythm to miss.
 *
 * @param members records of the event, ascending
 * @param end time of the last record of the log
 */
export function findSilence(
  time: Float64Array,
  members: Uint32Array,
  end: number,
  lastRecord: number,
): Silence | null {
  const times: number[] = [];
  const records: number[] = [];
  for (const record of members) {
    const now = time[record]!;
    if (Number.isNaN(now)) continue;
    times.push(now);
    records.push(record);
  }
  if (times.length < 20) return null;
  const distances: number[] = [];
  for (let index = 1; index < times.length; index += 1) {
    distances.push(Math.max(0, times[index]! - times[index - 1]!));
  }
  const ascending = sorted(distances);
  const every = quantile(ascending, 0.5);
  if (every < 200) return null;
  const spread = quantile(ascending, 0.9) - quantile(ascending, 0.1);
  if (spread > every) return null;
  // One silence is an event; several are how it is.
  const longest = ascending[ascending.length - 1]!;
  const second = ascending[ascending.length - 2]!;
  const tail = end - times[times.length - 1]!;
  if (Math.min(Math.max(second, Math.min(longest, tail)), longest) > every * 4) return null;
  let regular = 0;
  for (const distance of distances) if (distance <= every * 4) regular += distance;
  let best: Silence | null = null;
  const consider = (milliseconds: number, record: number, until: number): void => {
    // The rhythm is near-periodic: each missed beat is taken as two bits, the first two as none.
    const missed = milliseconds / Math.max(every, quantile(ascending, 0.95)) - 2;
    const bits = Math.min(18, missed * 2);
    // A rhythm that did not last longer than the silence was a burst.
    if (milliseconds > regular) return;
    if (bits < 8 || (best !== null && bits <= best.bits)) return;
    best = { record, until, milliseconds, every, bits, sample: distances.length };
  };
  for (const [index, distance] of distances.entries()) {
    consider(distance, records[index]!, records[index + 1]! - 1);
  }
  consider(tail, records[records.length - 1]!, lastRecord);
  return best;
}

/** Regular events that stopped while the log went on. */
export const silences: Detector = {
  learn: (known, knownEvents) => {
    const evidence = silenceEvidence(known, knownEvents);
    return {
      judge: (_view, _events, fromRecord) => evidence.filter((item) => item.record >= fromRecord),
    };
  },
};

function silenceEvidence(view: LogView, events: EventTable): Evidence[] {
  const { records } = view;
  const found: Evidence[] = [];
  let end = Number.NaN;
  let lastRecord = -1;
  for (let record = records.count - 1; record >= 0; record -= 1) {
    if (Number.isNaN(records.time[record]!)) continue;
    end = records.time[record]!;
    lastRecord = record;
    break;
  }
  if (lastRecord < 0) return found;
  for (let event = 0; event < events.count; event += 1) {
    const members = recordsOf(events, event);
    if (members.length < 20 || members.length > 200_000) continue;
    const silence = findSilence(records.time, members, end, lastRecord);
    if (silence === null) continue;
    // Silence is about one event: the log itself must have gone on.
    if (silence.until - silence.record < 5) continue;
    found.push({
      family: 'gap',
      bits: silence.bits,
      record: silence.record,
      shows: [silence.record],
      key: `silence:${event}`,
      strong: false,
      describe: () => {
        const observed = duration(silence.milliseconds);
        const every = duration(silence.every);
        return {
          text: `${nameOfEvent(view, events, event)} came every ${every} (${number(silence.sample)} times), then not for ${observed} while the log went on.`,
          observed: `silent for ${observed}`,
          expected: `every ${every}`,
        };
      },
    });
  }
  return strongest(found);
}
