import type { LogView } from '../logView.ts';
import type { SessionMatrix } from '../sessionMatrix.ts';
import { bitsOf } from '../numeric/statistics.ts';

/** A step of a session that took longer than it ever does. */
export interface SlowStep {
  /** Position of the later record in the session, from 1. */
  readonly position: number;
  readonly milliseconds: number;
  /** Between these, in milliseconds, lie all but the extreme hundredths of such steps. */
  readonly usual: readonly [number, number];
  readonly sample: number;
  readonly bits: number;
}

/** How long sessions pause between their records. */
export interface SessionPauses {
  /**
   * Evidence in bits that a session is over, and not just waiting where the log ends: how seldom the
   * end of a log finds a session that goes on waiting for so long after the same event.
   */
  over(view: LogView, session: number): number;
  /** The same for its beginning: that the log does not merely begin in the middle of it. */
  begun(view: LogView, session: number): number;
  /** The slowest step of a session, where it is remarkable. */
  slow(view: LogView, session: number): SlowStep | null;
}

/** Evidence from which on a session is taken to be over: fewer than one in a hundred go on. */
export const closedBits = 7;
/** Pauses are kept in eighths of an octave: 1 ms to 34 years. */
const binsPerOctave = 8;
const bins = 40 * binsPerOctave;
/** Pairs of neighbouring events whose pauses are kept. */
const keptPairs = 512;
/** Fewer pauses do not say what is usual. */
const fewestPauses = 30;
/** A step is not slow unless it took this many times the usual longest. */
const remarkable = 2;

function binOf(pause: number): number {
  return pause <= 0 ? 0 : Math.min(bins - 1, Math.floor(Math.log2(1 + pause) * binsPerOctave));
}

function pauseOf(bin: number): number {
  return 2 ** (bin / binsPerOctave) - 1;
}

/** A histogram whose entries say how many pauses are in the bin or in a longer one. */
function accumulate(histogram: Float64Array): void {
  for (let bin = bins - 2; bin >= 0; bin -= 1) {
    histogram[bin] = histogram[bin]! + histogram[bin + 1]!;
  }
}

/** The shortest bin that at most `share` of the pauses exceed. */
function quantileBin(longer: Float64Array, share: number): number {
  let bin = 0;
  while (bin + 1 < bins && longer[bin + 1]! > longer[0]! * share) bin += 1;
  return bin;
}

/** Time of a record, or its place in the file where the log has no times. */
interface Clock {
  readonly timed: boolean;
  at(view: LogView, record: number): number;
}

function clockOf({ records }: LogView): Clock {
  const step = Math.max(1, Math.floor(records.count / 1000));
  let known = 0;
  let looked = 0;
  for (let record = 0; record < records.count; record += step) {
    looked += 1;
    if (!Number.isNaN(records.time[record]!)) known += 1;
  }
  return known >= looked * 0.9
    ? { timed: true, at: (view, record) => view.records.time[record]! }
    : { timed: false, at: (_view, record) => record };
}

/**
 * Learns how long sessions wait after, before and between their events.
 *
 * @param teaches 1 for each session that shows what is usual; all of them when absent
 * @param runs first record of each run that the log consists of, ascending from 0
 */
export function learnPauses(
  view: LogView,
  matrix: SessionMatrix,
  teaches: Uint8Array | undefined,
  runs: readonly number[],
): SessionPauses {
  const { sessions, templates } = view;
  const { width } = matrix;
  const clock = clockOf(view);
  const after = Array.from({ length: width }, () => new Float64Array(bins));
  const before = Array.from({ length: width }, () => new Float64Array(bins));
  const ends = new Float64Array(width);
  const starts = new Float64Array(width);
  const between = new Map<number, Float64Array>();
  const columnAt = (of: LogView, at: number): number =>
    matrix.columnOf(of.templates.ofRecord[of.sessions.members[at]!]!);

  for (let session = 0; session < sessions.ids.length; session += 1) {
    if (teaches !== undefined && teaches[session] !== 1) continue;
    const from = sessions.offsets[session]!;
    const to = sessions.offsets[session + 1]!;
    let column = -1;
    let time = Number.NaN;
    for (let at = from; at < to; at += 1) {
      const record = sessions.members[at]!;
      const next = matrix.columnOf(templates.ofRecord[record]!);
      const now = clock.at(view, record);
      if (column < 0) starts[next] = starts[next]! + 1;
      else if (!Number.isNaN(now - time)) {
        const bin = binOf(now - time);
        after[column]![bin] = after[column]![bin]! + 1;
        before[next]![bin] = before[next]![bin]! + 1;
        const key = column * width + next;
        let histogram = between.get(key);
        if (histogram === undefined && between.size < keptPairs) {
          histogram = new Float64Array(bins);
          between.set(key, histogram);
        }
        if (histogram !== undefined) histogram[bin] = histogram[bin]! + 1;
      }
      column = next;
      time = now;
    }
    if (column >= 0) ends[column] = ends[column]! + 1;
  }
  /** All pauses, for events that are too seldom to have any of their own. */
  const pooled = new Float64Array(bins);
  for (const histogram of after) {
    for (let bin = 0; bin < bins; bin += 1) pooled[bin] = pooled[bin]! + histogram[bin]!;
  }
  accumulate(pooled);
  for (const list of [after, before, between.values()]) for (const item of list) accumulate(item);

  /** Where the longest usual pauses of a pair of events lie. */
  const limits = new Map<number, { longest: number; scale: number }>();
  let steps = 0;
  for (const [key, longer] of between) {
    const total = longer[0]!;
    steps += total;
    if (total < fewestPauses) continue;
    // A Pareto tail: exponential in octaves, as wide as the upper half of the pauses or wider.
    const middle = quantileBin(longer, 0.5);
    const high = quantileBin(longer, Math.max(0.02, 4 / total));
    const share = longer[Math.min(bins - 1, high + 1)]! / total;
    const drop = Math.log2(0.5 / Math.max(share, 0.25 / total));
    const scale = Math.max(binsPerOctave / 8, (high - middle) / Math.max(drop, 1));
    limits.set(key, { longest: high, scale });
  }

  const edges = (of: LogView, session: number, start: boolean): [number, number, number] => {
    const { records } = of;
    const from = of.sessions.offsets[session]!;
    const to = of.sessions.offsets[session + 1]!;
    const record = of.sessions.members[start ? from : to - 1]!;
    let run = 0;
    while (run + 1 < runs.length && runs[run + 1]! <= record) run += 1;
    const edge = start ? runs[run]! : (runs[run + 1] ?? records.count) - 1;
    const distance = clock.at(of, edge) - clock.at(of, record);
    return [columnAt(of, start ? from : to - 1), Math.abs(distance), to - from];
  };
  const waited = (own: Float64Array, stopped: number, pause: number): number => {
    if (Number.isNaN(pause)) return 0;
    const longer = own[0]! + stopped < fewestPauses ? pooled : own;
    const from = binOf(pause);
    let all = 0;
    let beyond = 0;
    for (let bin = 0; bin < bins; bin += 1) {
      // The edge of a log cuts long pauses more often than short ones, in proportion to their length.
      const mass = (longer[bin]! - (longer[bin + 1] ?? 0)) * (1 + pauseOf(bin));
      all += mass;
      if (bin >= from) beyond += mass;
    }
    const known = longer[0]! + stopped;
    const going = longer[0]! / Math.max(1, known);
    const bits = bitsOf((beyond === 0 ? 0 : (going * beyond) / all) + 0.5 / (known + 1));
    // A pause that nobody ever made and survived is one, however few are known.
    return beyond === 0 && known >= fewestPauses ? Math.max(bits, closedBits) : bits;
  };

  return {
    over(of, session) {
      const [column, pause, size] = edges(of, session, false);
      return size === 0 ? 0 : waited(after[column]!, ends[column]!, pause);
    },
    begun(of, session) {
      const [column, pause, size] = edges(of, session, true);
      return size === 0 ? 0 : waited(before[column]!, starts[column]!, pause);
    },
    slow(of, session) {
      if (!clock.timed) return null;
      const from = of.sessions.offsets[session]!;
      const to = of.sessions.offsets[session + 1]!;
      let slowest: SlowStep | null = null;
      let column = -1;
      let time = Number.NaN;
      for (let at = from; at < to; at += 1) {
        const next = columnAt(of, at);
        const now = clock.at(of, of.sessions.members[at]!);
        const key = column * width + next;
        const limit = column < 0 ? undefined : limits.get(key);
        const pause = now - time;
        column = next;
        time = now;
        if (limit === undefined || !(pause > 0)) continue;
        const excess = binOf(pause) - limit.longest;
        if (excess < binsPerOctave * Math.log2(remarkable)) continue;
        const longer = between.get(key)!;
        const total = longer[0]!;
        const beyond = Math.max(1, longer[binOf(pause)]!);
        // What the sample alone can show, and half of what its tail claims beyond that, shared by
        // all steps that are as slow.
        const shown = bitsOf((beyond - 0.5) / total);
        const high = longer[Math.min(bins - 1, limit.longest + 1)]! / total;
        const claimed = bitsOf(Math.max(high, 0.25 / total) * 2 ** (-excess / limit.scale));
        const bits = shown + (Math.max(0, claimed - shown) * 0.5) / beyond;
        if (bits < Math.log2(Math.max(2, steps)) + 2) continue;
        if (slowest !== null && slowest.bits >= bits) continue;
        slowest = {
          position: at - from,
          milliseconds: pause,
          usual: [pauseOf(quantileBin(longer, 0.99)), pauseOf(quantileBin(longer, 0.01) + 1)],
          sample: total,
          bits,
        };
      }
      return slowest;
    },
  };
}
