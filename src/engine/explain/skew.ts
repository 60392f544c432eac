import type { AnalysedLog } from './analysedLog.ts';
import type { Clocks, Skew } from './clocks.ts';
import { commonAxis, moment } from './clocks.ts';
import { idsIn } from './correlation.ts';
import { readLine } from './readLines.ts';

/** Records that are read for identifiers: of one log, and of all together. */
const maxRecords = 2000;
const maxAll = 8000;
/** Fewer shared identifiers do not tell a wrong clock from a slow answer. */
const leastIds = 4;
/** What differs by less is the ordinary difference of clocks, and the way of a message. */
const leastSkewMs = 2000;
/** A wrong clock is wrong by the same time for every identifier; work that waits is not. */
const steadiness = 0.1;

/** When one log first and last states an identifier, on the common axis. */
interface Stay {
  first: number;
  last: number;
}

/**
 * The common axis of several logs, with clocks that go wrong put right. The offset between two
 * clocks is estimated from identifiers that both logs state: the mean of how much later the one log
 * begins and ends with an identifier than the other, as the Network Time Protocol does it for a
 * request and its answer (Mills, 1991), and of all identifiers the median. It is believed only where
 * all of them agree, and where at its present place hardly any stay lies inside the other: what
 * calls lies around what is called.
 */
export function alignClocks(analyses: readonly AnalysedLog[]): Clocks {
  const shifts = commonAxis(analyses);
  const plain: Clocks = { shifts, skews: [] };
  const usable = shifts.filter((shift) => shift !== null).length;
  if (usable < 2) return plain;
  const each = Math.min(maxRecords, Math.floor(maxAll / usable));
  const stays = analyses.map((analysis, log) =>
    shifts[log] === null ? new Map<string, Stay>() : staysOf(analysis, log, plain, each),
  );
  const links = linksOf(stays);
  if (links.length === 0) return plain;
  // Whoever shares most with the others has the clock that the others are compared with.
  const wealth = stays.map((_, log) =>
    links.reduce((sum, link) => sum + (link.one === log || link.two === log ? link.ids : 0), 0),
  );
  const reference = wealth.indexOf(Math.max(...wealth));
  const corrected = [...shifts];
  const skews: Skew[] = [];
  const settled = new Map([[reference, 0]]);
  // Each round reaches the logs that share identifiers with those of the round before.
  for (let reached = true; reached;) {
    reached = false;
    for (const { one, two, later, ids } of links) {
      const known = settled.get(one) ?? settled.get(two);
      if (known === undefined || (settled.has(one) && settled.has(two))) continue;
      reached = true;
      const log = settled.has(one) ? two : one;
      const ahead = known + (log === two ? later : -later);
      settled.set(log, ahead);
      if (Math.abs(ahead) < leastSkewMs) continue;
      corrected[log] = (shifts[log] ?? 0) - ahead;
      skews.push({ log, reference: log === two ? one : two, ahead, ids });
    }
  }
  return { shifts: corrected, skews };
}

function staysOf(
  analysis: AnalysedLog,
  log: number,
  clocks: Clocks,
  most: number,
): Map<string, Stay> {
  const { view } = analysis;
  const { records } = view;
  const stays = new Map<string, Stay>();
  // A stretch around the middle where the log is long: what belongs together stands together.
  const from = Math.max(0, Math.floor((records.count - most) / 2));
  for (let record = from; record < Math.min(records.count, from + most); record++) {
    const time = moment(clocks, log, records.time[record] ?? Number.NaN);
    if (Number.isNaN(time)) continue;
    for (const id of idsIn(readLine(view.log, records.firstLine[record] ?? 0))) {
      const stay = stays.get(id);
      if (stay === undefined) stays.set(id, { first: time, last: time });
      else {
        stay.first = Math.min(stay.first, time);
        stay.last = Math.max(stay.last, time);
      }
    }
  }
  return stays;
}

interface Link {
  readonly one: number;
  readonly two: number;
  /** How much later the second log's clock is; 0 where nothing speaks against it. */
  readonly later: number;
  readonly ids: number;
}

function linksOf(stays: readonly ReadonlyMap<string, Stay>[]): readonly Link[] {
  const links: Link[] = [];
  for (let one = 0; one < stays.length; one++) {
    for (let two = one + 1; two < stays.length; two++) {
      const link = linkOf(one, two, stays[one] ?? new Map(), stays[two] ?? new Map());
      if (link !== null) links.push(link);
    }
  }
  return links.sort((a, b) => b.ids - a.ids || a.one - b.one || a.two - b.two);
}

function linkOf(
  one: number,
  two: number,
  first: ReadonlyMap<string, Stay>,
  second: ReadonlyMap<string, Stay>,
): Link | null {
  const offsets: number[] = [];
  let nested = 0;
  for (const [id, stay] of first) {
    const other = second.get(id);
    if (other === undefined) continue;
    offsets.push((other.first - stay.first + (other.last - stay.last)) / 2);
    const inside = other.first >= stay.first && other.last <= stay.last;
    const around = other.first <= stay.first && other.last >= stay.last;
    if (inside || around) nested++;
  }
  if (offsets.length < leastIds) return null;
  const middle = median(offsets);
  const spread = median(offsets.map((offset) => Math.abs(offset - middle)));
  const steady = spread <= Math.max(200, Math.abs(middle) * steadiness);
  const apart = nested <= offsets.length * 0.2;
  const later = steady && apart && Math.abs(middle) >= leastSkewMs ? middle : 0;
  return { one, two, later, ids: offsets.length };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
