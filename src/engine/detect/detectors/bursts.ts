import type { Detector } from '../detector.ts';
import { nameOfEvent } from '../eventName.ts';
import { recordsOf, type EventTable } from '../events.ts';
import { shown, strongest, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { bitsOf, countTail, quantile, sorted } from '../numeric/statistics.ts';
import { fitTail, tailBits } from '../numeric/tail.ts';
import { duration, number, times } from '../words.ts';

/** A stretch in which an event came far more often than it usually does. */
export interface Burst {
  readonly firstRecord: number;
  readonly lastRecord: number;
  /** Occurrences in the stretch. */
  readonly count: number;
  /** Length of the stretch: milliseconds, or records where the log has no clock. */
  readonly length: number;
  /** Usual occurrences in a stretch of that length: 5 % and 95 % quantiles. */
  readonly usual: readonly [number, number];
  readonly bits: number;
}

/** The axis along which rates are measured. */
export interface Axis {
  /** Position of each record, never decreasing. */
  readonly position: Float64Array;
  readonly kind: 'time' | 'records';
}

const buckets = 240;

/**
 * Time where most records state one, else the record number. Jumps backwards are held at the
 * latest time, so that a clock that is set back makes no negative rate.
 */
export function rateAxis(time: Float64Array): Axis {
  const position = new Float64Array(time.length);
  let known = 0;
  let latest = Number.NaN;
  for (let record = 0; record < time.length; record += 1) {
    const now = time[record]!;
    if (!Number.isNaN(now)) {
      known += 1;
      if (Number.isNaN(latest) || now > latest) latest = now;
    }
    position[record] = latest;
  }
  const span = latest - (position.find((value) => !Number.isNaN(value)) ?? Number.NaN);
  if (known >= time.length * 0.9 && span >= 1000) {
    const start = position.find((value) => !Number.isNaN(value)) ?? 0;
    for (let record = 0; record < time.length && Number.isNaN(position[record]!); record += 1) {
      position[record] = start;
    }
    return { position, kind: 'time' };
  }
  for (let record = 0; record < time.length; record += 1) position[record] = record;
  return { position, kind: 'records' };
}

/**
 * The strongest burst of one event: counts per bucket against a negative binomial whose mean and
 * variance come from the buckets without the highest 5 %, neighbouring buckets joined.
 *
 * @param members records of the event, ascending
 */
export function findBurst(axis: Axis, members: Uint32Array): Burst | null {
  const { position } = axis;
  const start = position[0]!;
  const end = position[position.length - 1]!;
  const span = end - start;
  if (members.length < 12 || position.length < 100 || !(span > 0)) return null;
  const size = span / buckets;
  const counts = new Float64Array(buckets);
  for (const record of members) {
    const bucket = Math.min(buckets - 1, Math.floor((position[record]! - start) / size));
    counts[bucket] = counts[bucket]! + 1;
  }
  const ascending = sorted(counts);
  const kept = ascending.subarray(0, Math.floor(buckets * 0.95));
  let mean = 0;
  for (const count of kept) mean += count;
  mean /= kept.length;
  let variance = 0;
  for (const count of kept) variance += (count - mean) ** 2;
  variance = variance / (kept.length - 1) + mean * 0.5;
  // An event that lives in a few buckets only has no usual rate to exceed.
  const active = buckets - ascending.findIndex((count) => count > 0);
  if (active < 12) return null;
  const floor = Math.max(mean, 0.5 / buckets + members.length / buckets / 20);
  let best: { from: number; to: number; count: number; bits: number } | null = null;
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const count = counts[bucket]!;
    if (count < 6 || count < floor * 4) continue;
    let to = bucket;
    let sum = count;
    while (to + 1 < buckets && counts[to + 1]! >= Math.max(6, floor * 4)) {
      to += 1;
      sum += counts[to]!;
    }
    const width = to - bucket + 1;
    // Twice the variance: neighbouring buckets are not independent.
    const probability = countTail(sum, floor * width, (variance + floor) * 2 * width);
    const bits = bitsOf(Math.min(1, probability * buckets));
    if (best === null || bits > best.bits) best = { from: bucket, to, count: sum, bits };
    bucket = to;
  }
  if (best === null || best.bits < 8) return null;
  // Where the event always comes in clusters, the cluster must be large among them.
  const clusters = sorted(
    Array.from(
      counts.filter((count) => count > 0),
      (count) => Math.log(count),
    ),
  );
  const width = best.to - best.from + 1;
  const among = tailBits(fitTail(clusters, 0.3), Math.log(best.count / width));
  const steady = active / buckets;
  best.bits = Math.min(best.bits, among + 16 * steady);
  if (best.bits < 8) return null;
  const from = start + best.from * size;
  const until = start + (best.to + 1) * size;
  let first = -1;
  let last = -1;
  for (const record of members) {
    const place = position[record]!;
    if (place < from || (place > until && best.to < buckets - 1)) continue;
    if (first < 0) first = record;
    last = record;
  }
  if (first < 0) return null;
  return {
    firstRecord: first,
    lastRecord: last,
    count: best.count,
    length: width * size,
    usual: [quantile(ascending, 0.05) * width, quantile(ascending, 0.9) * width],
    bits: best.bits,
  };
}

/** Events that came far more often than usual for a while. */
export const bursts: Detector = {
  learn: (known, knownEvents) => {
    const evidence = rateEvidence(known, knownEvents);
    return {
      judge: (_view, _events, fromRecord) => evidence.filter((item) => item.record >= fromRecord),
    };
  },
};

function rateEvidence(view: LogView, events: EventTable): Evidence[] {
  const axis = rateAxis(view.records.time);
  const found: Evidence[] = [];
  for (let event = 0; event < events.count; event += 1) {
    const members = recordsOf(events, event);
    const burst = findBurst(axis, members);
    if (burst === null) continue;
    found.push({
      family: 'rate',
      bits: burst.bits,
      record: burst.firstRecord,
      until: burst.lastRecord,
      shows: shown(
        members.filter((record) => record >= burst.firstRecord && record <= burst.lastRecord),
      ),
      key: `rate:${event}`,
      strong: false,
      describe: () => {
        const span =
          axis.kind === 'time' ? duration(burst.length) : `${number(burst.length)} records`;
        const low = number(Math.floor(burst.usual[0]));
        const high = number(Math.ceil(burst.usual[1]));
        const range = low === high ? low : `${low}-${high}`;
        const usual = high === '0' ? 'none' : range;
        return {
          text: `${nameOfEvent(view, events, event)} came ${times(burst.count)} within ${span}; usually ${usual} in that span.`,
          observed: `${number(burst.count)} within ${span}`,
          expected: `${usual} in that span`,
        };
      },
    });
  }
  return strongest(found);
}
