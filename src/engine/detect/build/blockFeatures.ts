import { blockEnd, blockLines } from './blockSpan.ts';
import { signal } from './lineSignals.ts';

/** One line of a region as the ranking sees it. */
export interface RegionLines {
  /** 0-based line of the log at which the region starts. */
  readonly first: number;
  /** `signal` bits per line. */
  readonly signals: Int32Array;
  /** How often the masked text of the line stands in the log. */
  readonly counts: Uint32Array;
  /** 1 where the masked text also stands outside every failing region. */
  readonly elsewhere: Uint8Array;
  /** Relative line that states the failure: no block starts there. -1 where there is none. */
  readonly verdict: number;
  /** Of this region: 0 is the last failing one. */
  readonly indexFromLast: number;
}

/** Signals whose presence inside a block counts. */
const inside = [
  'expectation',
  'cause',
  'location',
  'caret',
  'frame',
  'assertion',
  'heading',
  'failWord',
  'errorPrefix',
  'exception',
  'errorCode',
  'failToken',
  'ok',
  'consequence',
  'progress',
  'negated',
  'exitLine',
  'warning',
  'failedCount',
  'excerpt',
  'infoLevel',
] as const;

const around = [
  'evidenceBefore',
  'consequenceAfter',
  'linesToEnd',
  'evidenceAbove',
  'commonness',
  'elsewhere',
  'laterRegion',
  'strongLines',
  'endsClose',
  'endsNearSilent',
] as const;

export const featureNames: readonly string[] = [...inside.map((name) => `in:${name}`), ...around];

/** Index in `inside` of each bit of a signal; -1 where the signal is not counted. */
const placeOfBit = Int32Array.from({ length: 32 }, (_, bit) =>
  inside.findIndex((name) => signal[name] === 1 << bit),
);

const strongBits =
  signal.expectation |
  signal.errorPrefix |
  signal.heading |
  signal.exception |
  signal.caret |
  signal.assertion |
  signal.failToken |
  signal.frame;
const weakeningBits =
  signal.ok |
  signal.negated |
  signal.progress |
  signal.consequence |
  signal.warning |
  signal.infoLevel |
  signal.echo;

export function isStrong(signals: number): boolean {
  return (signals & strongBits) !== 0 && (signals & weakeningBits) === 0;
}

/** A first hit tells most, each further one half as much. */
const saturated = Float64Array.from({ length: blockLines + 1 }, (_, count) => 1 - 2 ** -count);

/**
 * The candidate blocks of one region. The features look at `blockLines` lines from the start of a
 * block, whatever its end, and are computed on demand from running totals, so that a region of a
 * million lines needs no matrix.
 */
export class BlockFeatures {
  /** Lines of the region (relative) at which blocks start, ascending. */
  readonly starts: Int32Array;
  /** One past the last line of each. */
  readonly ends: Int32Array;
  readonly #region: RegionLines;
  readonly #strongBefore: Int32Array;
  readonly #shownBefore: Int32Array;
  readonly #commonBefore: Float64Array;
  readonly #elsewhereBefore: Int32Array;
  readonly #hits = new Int32Array(inside.length);

  constructor(region: RegionLines) {
    const { signals, counts, elsewhere } = region;
    const count = signals.length;
    this.#region = region;
    this.#strongBefore = new Int32Array(count + 1);
    this.#shownBefore = new Int32Array(count + 1);
    this.#commonBefore = new Float64Array(count + 1);
    this.#elsewhereBefore = new Int32Array(count + 1);
    const starts = new Int32Array(count);
    const ends = new Int32Array(count);
    let found = 0;
    for (let i = 0; i < count; i += 1) {
      const shown = (signals[i]! & signal.blank) === 0;
      const common = shown ? Math.min(Math.log2(1 + counts[i]!), commonCap) : 0;
      this.#strongBefore[i + 1] = this.#strongBefore[i]! + (isStrong(signals[i]!) ? 1 : 0);
      this.#shownBefore[i + 1] = this.#shownBefore[i]! + (shown ? 1 : 0);
      this.#commonBefore[i + 1] = this.#commonBefore[i]! + common;
      this.#elsewhereBefore[i + 1] = this.#elsewhereBefore[i]! + (shown ? elsewhere[i]! : 0);
      const end = i === region.verdict ? -1 : blockEnd(signals, i);
      if (end < 0) continue;
      starts[found] = i;
      ends[found] = end;
      found += 1;
    }
    this.starts = starts.subarray(0, found);
    this.ends = ends.subarray(0, found);
  }

  /** Writes the features of the block that starts at `start` into `row`, in the order of `featureNames`. */
  fill(start: number, row: Float64Array): void {
    const { signals, indexFromLast } = this.#region;
    const strong = this.#strongBefore;
    const shown = this.#shownBefore;
    const count = signals.length;
    const end = Math.min(count, start + blockLines);
    const hits = this.#hits.fill(0);
    for (let i = start; i < end; i += 1) {
      for (let rest = signals[i]!; rest !== 0; rest &= rest - 1) {
        const place = placeOfBit[31 - Math.clz32(rest & -rest)]!;
        if (place >= 0) hits[place]! += 1;
      }
    }
    let at = 0;
    for (const hit of hits) row[at++] = saturated[hit]!;
    const lines = Math.max(1, shown[end]! - shown[start]!);
    const before = Math.max(0, start - 3);
    const after = Math.min(count, end + 5);
    let following = 0;
    for (let i = end; i < after; i += 1) following |= signals[i]!;
    const left = shown[count]! - shown[end]!;
    const own = strong[end]! - strong[start]!;
    row[at++] = saturated[strong[start]! - strong[before]!]!;
    row[at++] = (following & signal.consequence) !== 0 ? 1 : 0;
    row[at++] = Math.log2(1 + left);
    row[at++] = Math.log2(1 + strong[start]!);
    row[at++] = (this.#commonBefore[end]! - this.#commonBefore[start]!) / lines;
    row[at++] = (this.#elsewhereBefore[end]! - this.#elsewhereBefore[start]!) / lines;
    row[at++] = Math.min(3, indexFromLast);
    row[at++] = saturated[own]!;
    row[at++] = left <= closeLines ? 1 : 0;
    row[at++] = left <= nearLines && strong[count] === 0 ? 1 : 0;
  }
}

/** Non-blank lines between a block and the end of its region: at the verdict, and in sight of it. */
const nearLines = 2;
const closeLines = 12;

/** Above this count a line is simply frequent, in bits. */
const commonCap = 6;
