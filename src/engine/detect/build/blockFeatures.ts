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
  /** Of this region: 0 is the first failing one. */
  readonly indexFromFirst: number;
}

/** Lines of a candidate block: what a reader takes in at a glance, and what a finding is judged by. */
export const blockLines = 10;

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
  'diff',
  'numbered',
  'colonEnd',
  'ok',
  'consequence',
  'progress',
  'echo',
  'negated',
  'exitLine',
  'warning',
  'summary',
  'failedCount',
  'ruler',
  'excerpt',
  'hint',
  'infoLevel',
  'blank',
  'indented',
] as const;

/** Signals that matter on the very first line of a block. */
const onFirst = [
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
  'diff',
  'numbered',
  'colonEnd',
  'ok',
  'consequence',
  'progress',
  'echo',
  'warning',
  'summary',
  'hint',
  'indented',
] as const;

const around = [
  'evidenceBefore',
  'evidenceAfter',
  'afterBlank',
  'consequenceAfter',
  'summaryAfter',
  'linesToEnd',
  'linesFromStart',
  'evidenceAbove',
  'evidenceBelow',
  'commonness',
  'elsewhere',
  'laterRegion',
  'earlierRegion',
  'strongLines',
  'endsNear',
  'endsClose',
  'endsNearSilent',
] as const;

export const featureNames: readonly string[] = [
  ...inside.map((name) => `in:${name}`),
  ...onFirst.map((name) => `first:${name}`),
  ...around,
];

const insideBits = Int32Array.from(inside, (name) => signal[name]);
const onFirstBits = Int32Array.from(onFirst, (name) => signal[name]);

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

/** Candidate blocks of one region and their features. */
export interface Candidates {
  /** Line of the region (0-based, relative) at which each block starts. */
  readonly starts: Int32Array;
  /** `starts.length` rows of `featureNames.length`. */
  readonly features: Float32Array;
}

/**
 * Every non-blank line of a region starts a candidate block of `blockLines` lines. Work is linear
 * in the lines: counts slide along with the block.
 */
export function candidateBlocks(region: RegionLines): Candidates {
  const { signals, counts, elsewhere } = region;
  const count = signals.length;
  const strongBefore = new Int32Array(count + 1);
  const commonBefore = new Float64Array(count + 1);
  const elsewhereBefore = new Int32Array(count + 1);
  const shownBefore = new Int32Array(count + 1);
  const starts: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const blank = (signals[i]! & signal.blank) !== 0;
    strongBefore[i + 1] = strongBefore[i]! + (isStrong(signals[i]!) ? 1 : 0);
    shownBefore[i + 1] = shownBefore[i]! + (blank ? 0 : 1);
    commonBefore[i + 1] =
      commonBefore[i]! + (blank ? 0 : Math.min(Math.log2(1 + counts[i]!), commonCap));
    elsewhereBefore[i + 1] = elsewhereBefore[i]! + (blank ? 0 : elsewhere[i]!);
    if (!blank && i !== region.verdict) starts.push(i);
  }
  const width = featureNames.length;
  const features = new Float32Array(starts.length * width);
  const insideCounts = new Int32Array(inside.length);
  let from = 0;
  let to = 0;
  for (let row = 0; row < starts.length; row += 1) {
    const start = starts[row]!;
    const end = Math.min(count, start + blockLines);
    for (; to < end; to += 1) slide(insideCounts, signals[to]!, 1);
    for (; from < start; from += 1) slide(insideCounts, signals[from]!, -1);
    let at = row * width;
    for (const hits of insideCounts) features[at++] = saturated[hits]!;
    for (const bit of onFirstBits) {
      features[at++] = (signals[start]! & bit) !== 0 ? 1 : 0;
    }
    const shown = Math.max(1, shownBefore[end]! - shownBefore[start]!);
    const before = Math.max(0, start - 3);
    const after = Math.min(count, end + 5);
    let following = 0;
    for (let i = end; i < after; i += 1) following |= signals[i]!;
    features[at++] = saturated[Math.min(blockLines, strongBefore[start]! - strongBefore[before]!)]!;
    features[at++] = saturated[Math.min(blockLines, strongBefore[after]! - strongBefore[end]!)]!;
    features[at++] =
      start === 0 || (signals[start - 1]! & (signal.blank | signal.ruler)) !== 0 ? 1 : 0;
    features[at++] = (following & signal.consequence) !== 0 ? 1 : 0;
    features[at++] = (following & signal.summary) !== 0 ? 1 : 0;
    features[at++] = Math.log2(1 + shownBefore[count]! - shownBefore[end]!);
    features[at++] = Math.log2(1 + shownBefore[start]!);
    features[at++] = Math.log2(1 + strongBefore[start]!);
    features[at++] = Math.log2(1 + strongBefore[count]! - strongBefore[end]!);
    features[at++] = (commonBefore[end]! - commonBefore[start]!) / shown;
    features[at++] = (elsewhereBefore[end]! - elsewhereBefore[start]!) / shown;
    features[at++] = Math.min(3, region.indexFromLast);
    features[at++] = Math.min(3, region.indexFromFirst);
    features[at++] = saturated[strongBefore[end]! - strongBefore[start]!]!;
    const left = shownBefore[count]! - shownBefore[end]!;
    features[at++] = left <= nearLines ? 1 : 0;
    features[at++] = left <= closeLines ? 1 : 0;
    features[at++] = left <= nearLines && strongBefore[count] === 0 ? 1 : 0;
  }
  return { starts: Int32Array.from(starts), features };
}

/** Non-blank lines between a block and the end of its region: at the verdict, and in sight of it. */
const nearLines = 2;
const closeLines = 12;

/** Above this count a line is simply frequent, in bits. */
const commonCap = 6;

function slide(insideCounts: Int32Array, signals: number, by: 1 | -1): void {
  for (let k = 0; k < insideBits.length; k += 1) {
    if ((signals & insideBits[k]!) !== 0) insideCounts[k]! += by;
  }
}
