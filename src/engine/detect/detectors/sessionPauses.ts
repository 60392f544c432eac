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
  readonly over: (view: LogView, session: number) => number;
  /** The same for its beginning: that the log does not merely begin in the middle of it. */
  readonly begun: (view: LogView, session: number) => number;
  /**
   * The slowest step of a session, where it is remarkable.
   *
   * @param columns columns of the session's records
   */
  readonly slow: (view: LogView, session: number, columns: Uint16Array) => SlowStep | null;
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
/** A step is not slow unless it took this many times what all but two of its kind took … */
const remarkable = 6;
/** … and this many milliseconds: shorter ones no reader would notice. */
const noticeable = 1000;
const second = 1000;
const minute = 60 * second;

function binOf(pause: number): number {
  return pause <= 0 ? 0 : Math.min(bins - 1, Math.floor(Math.log2(1 + pause) * binsPerOctave));
}

function pauseOf(bin: number): number {
  return 2 ** (bin / binsPerOctave) - 1;
}

/** The bin that at most `share` of the pauses exceed. */
function quantileBin(histogram: Float64Array, total: number, share: number): number {
  let beyond = 0;
  for (let bin = bins - 1; bin > 0; bin -= 1) {
    beyond += histogram[bin]!;
    if (beyond > total * share) return bin;
  }
  return 0;
}

function sum(histogram: Float64Array, from = 0): number {
  let total = 0;
  for (let bin = from; bin < bins; bin += 1) total += histogram[bin]!;
  return total;
}

/** Time of a record, or its place in the file where the log has no times. */
interface Clock {
  readonly timed: boolean;
  /** Milliseconds by which two times may lie further apart than what they stand for. */
  readonly tick: number;
  readonly at: (view: LogView, record: number) => number;
}

function clockOf({ records }: LogView): Clock {
  const step = Math.max(1, Math.floor(records.count / 1000));
  let known = 0;
  let looked = 0;
  // Times in whole seconds or minutes were cut off there: a step over one of them may be no time.
  let tick = minute;
  for (let record = 0; record < records.count; record += step) {
    looked += 1;
    const time = records.time[record]!;
    if (Number.isNaN(time)) continue;
    known += 1;
    if (tick > 0 && time % tick !== 0) tick = time % second === 0 ? second : 0;
  }
  return known >= looked * 0.9
    ? { timed: true, tick, at: (view, record) => view.records.time[record]! }
    : { timed: false, tick: 0, at: (_view, record) => record };
}

/**
 * Evidence per column and pause that a session does not go on after it. The edge of a log cuts long
 * pauses more often than short ones, in proportion to their length.
 *
 * @param stopped sessions that have no record beyond such an event
 */
function edgeBits(
  histograms: readonly Float64Array[],
  stopped: Float64Array,
  pooled: Float64Array,
): Float32Array {
  const bits = new Float32Array(histograms.length * bins);
  for (const [column, own] of histograms.entries()) {
    const going = sum(own);
    const known = going + stopped[column]!;
    const histogram = known < fewestPauses ? pooled : own;
    const base = known < fewestPauses ? sum(pooled) : going;
    const share = base / Math.max(1, known < fewestPauses ? base : known);
    let all = 0;
    for (let bin = 0; bin < bins; bin += 1) all += histogram[bin]! * (1 + pauseOf(bin));
    let beyond = 0;
    for (let bin = bins - 1; bin >= 0; bin -= 1) {
      beyond += histogram[bin]! * (1 + pauseOf(bin));
      const chance = beyond === 0 ? 0 : (share * beyond) / all;
      const found = bitsOf(chance + 0.5 / (Math.max(known, 1) + 1));
      // A pause that nobody ever made and survived is one, however few are known.
      bits[column * bins + bin] =
        beyond === 0 && base >= fewestPauses ? Math.max(found, closedBits) : found;
    }
  }
  return bits;
}

/** What is known of the pauses between two events that follow each other. */
interface PairPauses {
  readonly histogram: Float64Array;
  readonly total: number;
  /** Bin of the longest ones but a few, and the share beyond it. */
  readonly longest: number;
  readonly share: number;
  /** Bins in which half of the pauses beyond are lost. */
  readonly halving: number;
  /** Milliseconds from which on a pause is looked at. */
  readonly notable: number;
}

function pairPauses(histogram: Float64Array): PairPauses | null {
  const total = sum(histogram);
  if (total < fewestPauses) return null;
  // A Pareto tail: exponential in octaves, as wide as the upper half of the pauses or wider.
  const middle = quantileBin(histogram, total, 0.5);
  const longest = quantileBin(histogram, total, Math.max(0.02, 4 / total));
  const share = Math.max(sum(histogram, longest + 1), 0.25) / total;
  const halving = Math.max(
    binsPerOctave / 8,
    (longest - middle) / Math.max(Math.log2(0.5 / share), 1),
  );
  const third = quantileBin(histogram, total, 2 / total);
  const notable = Math.max(noticeable, pauseOf(third + binsPerOctave * Math.log2(remarkable)));
  return { histogram, total, longest, share, halving, notable };
}

/**
 * Learns how long sessions wait after, before and between their events.
 *
 * @param teaches 1 for each session that shows what is usual; all of them when absent
 * @param runs first record of each run that the log consists of, ascending from 0
 */
export function learnPauses(
  known: LogView,
  matrix: SessionMatrix,
  teaches: Uint8Array | undefined,
  runs: readonly number[],
): SessionPauses {
  const { width, stepOf } = matrix;
  const clock = clockOf(known);
  const after = Array.from({ length: width }, () => new Float64Array(bins));
  const before = Array.from({ length: width }, () => new Float64Array(bins));
  const ends = new Float64Array(width);
  const starts = new Float64Array(width);
  const pairIndex = new Int16Array(width * width).fill(-1);
  const between: Float64Array[] = [];

  for (let session = 0; session < known.sessions.ids.length; session += 1) {
    if (teaches !== undefined && teaches[session] !== 1) continue;
    const columns = matrix.columnsOf(known, session);
    if (columns.length === 0) continue;
    const from = known.sessions.offsets[session]!;
    let column = stepOf[columns[0]!]!;
    let time = clock.at(known, known.sessions.members[from]!);
    starts[column] = starts[column]! + 1;
    for (let at = 1; at < columns.length; at += 1) {
      const next = stepOf[columns[at]!]!;
      const now = clock.at(known, known.sessions.members[from + at]!);
      const pause = now - time;
      if (!Number.isNaN(pause)) {
        const bin = binOf(pause);
        const left = after[column]!;
        left[bin] = left[bin]! + 1;
        const right = before[next]!;
        right[bin] = right[bin]! + 1;
        const key = column * width + next;
        let index = pairIndex[key]!;
        if (index < 0 && between.length < keptPairs) {
          index = between.length;
          pairIndex[key] = index;
          between.push(new Float64Array(bins));
        }
        if (index >= 0) {
          const histogram = between[index]!;
          histogram[bin] = histogram[bin]! + 1;
        }
      }
      column = next;
      time = now;
    }
    ends[column] = ends[column]! + 1;
  }
  /** All pauses, for events that are too seldom to have any of their own. */
  const pooled = new Float64Array(bins);
  for (const histogram of after) {
    for (let bin = 0; bin < bins; bin += 1) pooled[bin] = pooled[bin]! + histogram[bin]!;
  }
  const overBits = edgeBits(after, ends, pooled);
  const begunBits = edgeBits(before, starts, pooled);
  const pairs = between.map(pairPauses);
  const steps = sum(pooled);
  /** Pauses after an event, for those that follow it too seldom to have pauses of their own. */
  const anything = pairPauses(pooled);
  const events = after.map((histogram) => pairPauses(histogram) ?? anything);

  const edge = (view: LogView, session: number, start: boolean): number => {
    const { records, sessions } = view;
    const from = sessions.offsets[session]!;
    const to = sessions.offsets[session + 1]!;
    if (from === to) return 0;
    const record = sessions.members[start ? from : to - 1]!;
    const column = stepOf[matrix.columnOf(view, record)]!;
    let run = 0;
    while (run + 1 < runs.length && runs[run + 1]! <= record) run += 1;
    const end = start ? runs[run]! : (runs[run + 1] ?? records.count) - 1;
    const pause = Math.abs(clock.at(view, end) - clock.at(view, record));
    if (Number.isNaN(pause)) return 0;
    return (start ? begunBits : overBits)[column * bins + binOf(pause)]!;
  };

  return {
    over: (view, session) => edge(view, session, false),
    begun: (view, session) => edge(view, session, true),
    slow: (view, session, columns) => {
      if (!clock.timed || columns.length === 0) return null;
      const { members, offsets } = view.sessions;
      const from = offsets[session]!;
      let slowest: SlowStep | null = null;
      let column = stepOf[columns[0]!]!;
      let time = clock.at(view, members[from]!);
      for (let at = 1; at < columns.length; at += 1) {
        const next = stepOf[columns[at]!]!;
        const own = pairIndex[column * width + next]!;
        const now = clock.at(view, members[from + at]!);
        const pause = now - time;
        const known = pairs[own] ?? events[column] ?? null;
        column = next;
        time = now;
        const least = pause - clock.tick;
        if (known === null || !(least >= known.notable)) continue;
        const { histogram, total, longest, share, halving } = known;
        const bin = binOf(least);
        const beyond = Math.max(1, sum(histogram, bin));
        // What the sample alone can show, and half of what its tail claims beyond that, shared by
        // all steps that are as slow.
        const shown = bitsOf((beyond - 0.5) / total);
        const claimed = bitsOf(share * 2 ** (-(bin - longest) / halving));
        const bits = shown + (Math.max(0, claimed - shown) * 0.5) / beyond;
        if (bits < Math.log2(Math.max(2, steps)) + 2) continue;
        if (slowest !== null && slowest.bits >= bits) continue;
        slowest = {
          position: at,
          milliseconds: pause,
          usual: [
            pauseOf(quantileBin(histogram, total, 0.99)),
            Math.max(clock.tick, pauseOf(quantileBin(histogram, total, 0.01) + 1)),
          ],
          sample: total,
          bits,
        };
      }
      return slowest;
    },
  };
}
