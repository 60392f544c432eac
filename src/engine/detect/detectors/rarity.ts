import type { EventTable } from '../events.ts';
import { bitsOf } from '../numeric/statistics.ts';

/** When each event came, and how many records there are. */
export interface Occurrences extends Pick<EventTable, 'count' | 'records' | 'first' | 'last'> {
  readonly ofRecord: { readonly length: number };
}

/**
 * How unusual it is to meet each event, in bits: the share of records that are as rare as it, or,
 * where that is larger, the rate at which new events appeared around its place in the file
 * (Good-Turing in spirit). An event that repeats but began late is judged by its beginning. Early in a file everything is new, so nothing there is news; in a log of
 * one-off messages a one-off is none either.
 */
export function rarityBits(events: Occurrences): Float64Array {
  const total = events.ofRecord.length;
  const bits = new Float64Array(events.count);
  const massAt = new Map<number, number>();
  for (const records of events.records) massAt.set(records, (massAt.get(records) ?? 0) + records);
  const sizes = [...massAt.keys()].sort((a, b) => a - b);
  const massUpTo = new Map<number, number>();
  let mass = 0;
  for (const size of sizes) {
    mass += massAt.get(size)!;
    massUpTo.set(size, mass);
  }
  const firsts = Uint32Array.from(events.first).sort();
  const newBefore = (record: number): number => {
    let low = 0;
    let high = firsts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (firsts[middle]! < record) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  for (let event = 0; event < events.count; event += 1) {
    const records = events.records[event]!;
    // The mass of equally rare events, without this event's own other records.
    const rare = (massUpTo.get(records)! - records + 0.5 + records / 2) / (total + 1);
    const place = (events.first[event]! + events.last[event]!) / 2;
    const from = Math.floor(place / 2);
    const to = Math.min(total, Math.max(from + 16, Math.ceil(place * 1.5) + 1));
    const appeared = Math.max(0, newBefore(to) - newBefore(from) - 0.5);
    const novelty = Math.min(1, appeared / Math.max(1, to - from));
    const onset = onsetBits(records, events.first[event]!, total, newBefore);
    bits[event] = Math.max(bitsOf(Math.min(1, Math.max(rare, novelty))), onset);
  }
  return bits;
}

/**
 * Evidence that an event began: the chance that it kept away from the first part of the log, were it
 * spread evenly, but never more than how unusual new events were around its beginning.
 */
function onsetBits(
  records: number,
  first: number,
  total: number,
  newBefore: (record: number) => number,
): number {
  if (records < 2 || first === 0) return 0;
  const from = Math.floor(first / 2);
  const to = Math.min(total, Math.ceil(first * 1.5) + 1);
  const appeared = Math.max(0.5, newBefore(to) - newBefore(from) - 0.5);
  const absence = -records * Math.log2(1 - first / (total + 1));
  return Math.min(absence, bitsOf(appeared / Math.max(1, to - from)));
}
