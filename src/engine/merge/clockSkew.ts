/** When one log first and last states an identifier, in milliseconds on the common axis. */
export interface Stay {
  first: number;
  last: number;
}

/** The identifiers of a log, or of a sample of it. */
export type Stays = Map<string, Stay>;

/** A clock that differs from that of another log by a constant time. */
export interface Skew {
  readonly log: number;
  /** Log that it was compared with. */
  readonly reference: number;
  /** Milliseconds; positive where the log's clock is ahead. */
  readonly ahead: number;
  /** Identifiers that both logs state. */
  readonly ids: number;
}

/** Fewer shared identifiers do not tell a wrong clock from a slow answer. */
const leastIds = 4;
/** What differs by less is the ordinary difference of clocks, and the way of a message. */
const leastSkewMs = 2000;
/** A wrong clock is wrong by the same time for every identifier; work that waits is not. */
const steadiness = 0.1;

/** Notes that a log states an identifier at a time. */
export function noteStay(stays: Stays, id: string, time: number): void {
  const stay = stays.get(id);
  if (stay === undefined) stays.set(id, { first: time, last: time });
  else {
    stay.first = Math.min(stay.first, time);
    stay.last = Math.max(stay.last, time);
  }
}

/**
 * Clocks that go wrong. The offset between two clocks is estimated from identifiers that both logs
 * state: the mean of how much later the one log begins and ends with an identifier than the other, as
 * the Network Time Protocol does it for a request and its answer (Mills, 1991), and of all identifiers
 * the median. It is believed only where all of them agree, and where at its present place hardly any
 * stay lies inside the other: what calls lies around what is called.
 */
export function skewsBetween(stays: readonly Stays[]): readonly Skew[] {
  const links = linksOf(stays);
  if (links.length === 0) return [];
  // Whoever shares most with the others has the clock that the others are compared with.
  const wealth = stays.map((_, log) =>
    links.reduce((sum, link) => sum + (link.one === log || link.two === log ? link.ids : 0), 0),
  );
  const reference = wealth.indexOf(Math.max(...wealth));
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
      skews.push({ log, reference: log === two ? one : two, ahead, ids });
    }
  }
  return skews;
}

interface Link {
  readonly one: number;
  readonly two: number;
  /** How much later the second log's clock is; 0 where nothing speaks against it. */
  readonly later: number;
  readonly ids: number;
}

function linksOf(stays: readonly Stays[]): readonly Link[] {
  const links: Link[] = [];
  for (const [one, first] of stays.entries()) {
    for (const [behind, second] of stays.slice(one + 1).entries()) {
      const link = linkOf(one, one + 1 + behind, first, second);
      if (link !== null) links.push(link);
    }
  }
  return links.sort((a, b) => b.ids - a.ids || a.one - b.one || a.two - b.two);
}

function linkOf(one: number, two: number, first: Stays, second: Stays): Link | null {
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
