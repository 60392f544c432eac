import type { SessionMatrix } from '../sessionMatrix.ts';
import { bitsOf } from '../numeric/statistics.ts';

/** What almost all sessions keep: a count, or a relation of two counts. */
export interface CountInvariant {
  /**
   * `constant`: left = value. `present`: left = value wherever it is not 0. `difference`:
   * left = right + value. `ratio`: left = value × right. `implies`: right is not 0 wherever left is not.
   */
  readonly kind: 'constant' | 'present' | 'difference' | 'ratio' | 'implies';
  readonly left: number;
  /** Column, or -1 where the invariant is about one count. */
  readonly right: number;
  readonly value: number;
  /** Sessions that keep it and sessions that it applies to. */
  readonly kept: number;
  readonly judged: number;
  /** Rate of violation as evidence, leave-one-out: -log2((violations - 1 + 0.5) / judged). */
  readonly bits: number;
}

/** A count that breaks invariants, and what they ask for. */
export interface CountDeviation {
  readonly column: number;
  readonly observed: number;
  readonly expected: number;
  /** The strongest of the invariants it breaks. */
  readonly invariant: CountInvariant;
  readonly bits: number;
}

export interface CountInvariants {
  readonly invariants: readonly CountInvariant[];
  /**
   * The counts of a row that break invariants: as few as explain all of them, what explains most
   * first.
   */
  readonly deviations: (counts: Float32Array) => CountDeviation[];
}

/** Fewer sessions do not make a rule. */
const fewestSessions = 30;
/** Least share of the sessions that a rule applies to, where it does not apply to all. */
const conditionalSupport = 0.98;
/** Counts are compared up to here; more is as good as this. */
const highest = 255;
/** Comparisons of two counts that mining may take: about a tenth of a second. */
const budget = 2e7;
/** Relations kept per column, best supported first: enough to tell which of two counts is wrong. */
const relationsPerColumn = 8;
/** Deviations told of one row. */
const mostDeviations = 16;
/** Fewer sessions do not contradict a rule. */
const fewestContrary = 10;
/** A rule that a greater share of the judged sessions breaks is out of date: faults are fewer … */
const changedShare = 0.12;
/** … unless a step is missing or an error happened: that is an outage until it is so in most sessions. */
const abandonedShare = 0.5;

/** Whether a row keeps an invariant; null where it does not apply. */
function keeps(counts: Float32Array, base: number, invariant: CountInvariant): boolean | null {
  const left = counts[base + invariant.left]!;
  const { value } = invariant;
  if (invariant.kind === 'constant') return left === value;
  if (invariant.kind === 'present') return left === 0 ? null : left === value;
  const right = counts[base + invariant.right]!;
  if (invariant.kind === 'implies') return left === 0 ? null : right > 0;
  if (left === 0 && right === 0) return null;
  return invariant.kind === 'difference' ? left - right === value : left === right * value;
}

/** What an invariant asks a column to be while the other one stays as it is. */
function expectedBy(invariant: CountInvariant, counts: Float32Array, column: number): number {
  const { kind, left, right, value } = invariant;
  if (kind === 'constant' || kind === 'present') return value;
  if (kind === 'implies') return column === right ? 1 : 0;
  const other = counts[column === left ? right : left]!;
  if (kind === 'difference') return Math.max(0, column === left ? other + value : other - value);
  return column === left ? other * value : Math.round(other / value);
}

/**
 * The columns that may be wrong where an invariant is broken. Of two events that come together, one of
 * which did not happen, that one is missing: the other one is not there by mistake.
 */
function suspects(invariant: CountInvariant, counts: Float32Array): number[] {
  const { kind, left, right, value } = invariant;
  if (right < 0) return [left];
  if (kind === 'implies') return [right];
  if (kind === 'difference' && value !== 0) return [left, right];
  if (counts[left] === 0) return [left];
  return counts[right] === 0 ? [right] : [left, right];
}

/** Sessions beside those that teach. */
export interface JudgedSessions {
  /** Sessions per row. */
  readonly weights: Float64Array;
  /** 1 for each column of errors. */
  readonly errors: Uint8Array;
}

/**
 * Whether sessions that are not known to be good break a rule in such numbers that the program has
 * changed since, and not failed.
 */
function isOutdated(
  invariant: CountInvariant,
  matrix: SessionMatrix,
  { weights, errors }: JudgedSessions,
): boolean {
  const { rows, rowCount, width } = matrix;
  const isFailure = (counts: Float32Array, column: number): boolean => {
    const observed = counts[column]!;
    const expected = expectedBy(invariant, counts, column);
    return observed === 0 ? expected > 0 : expected === 0 && errors[column] === 1;
  };
  let judged = 0;
  let broken = 0;
  let failed = 0;
  for (let row = 0; row < rowCount; row += 1) {
    const sessions = weights[row]!;
    if (sessions === 0) continue;
    const kept = keeps(rows, row * width, invariant);
    if (kept === null) continue;
    judged += sessions;
    if (kept) continue;
    broken += sessions;
    const counts = rows.subarray(row * width, (row + 1) * width);
    const columns = suspects(invariant, counts);
    if (columns.some((column) => isFailure(counts, column))) failed += sessions;
  }
  if (broken < fewestContrary) return false;
  return broken - failed > judged * changedShare || broken > judged * abandonedShare;
}

/**
 * A rule about one count as it holds for open sessions as well: what these lack they may still do,
 * what they have too much of they have. Long sessions are open more often than short ones, so those
 * that are complete do not show what is usual at the end of long ones.
 *
 * @param open sessions per row that are not all there
 */
function withOpen(
  invariant: CountInvariant,
  { rows, rowCount, width }: SessionMatrix,
  open: Float64Array,
): CountInvariant {
  const { kind, left, value } = invariant;
  if (kind !== 'constant' && kind !== 'present') return invariant;
  let { kept, judged } = invariant;
  for (let row = 0; row < rowCount; row += 1) {
    const sessions = open[row]!;
    const count = rows[row * width + left]!;
    if (sessions === 0 || (kind === 'present' && count === 0)) continue;
    judged += sessions;
    if (count <= value) kept += sessions;
  }
  return { ...invariant, kept, judged, bits: violationBits(judged, kept) };
}

/** Evidence of a broken rule: how seldom it is broken, leave-one-out. */
function violationBits(judged: number, kept: number): number {
  return bitsOf((Math.max(0, judged - kept - 1) + 0.5) / judged);
}

/** Rows to mine: all of them, or where those are too many the heaviest and every n-th of the rest. */
function minedRows(matrix: SessionMatrix, most: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < matrix.rowCount; row += 1) if (matrix.weights[row]! > 0) rows.push(row);
  if (rows.length <= most) return rows;
  rows.sort((a, b) => matrix.weights[b]! - matrix.weights[a]! || a - b);
  const heavy = rows.slice(0, most >>> 1);
  const step = Math.ceil((rows.length - heavy.length) / (most >>> 1));
  return [...heavy, ...rows.slice(heavy.length).filter((_, index) => index % step === 0)];
}

/** Sessions that hold one of two columns, or both, and how their counts go together. */
interface PairCounts {
  readonly either: number;
  readonly both: number;
  readonly withLeft: number;
  readonly withRight: number;
  /** The entries of the tally that were written: differences of the counts, shifted by `highest`. */
  readonly low: number;
  readonly high: number;
  /** Sessions in which the left count is twice the right one, the right one twice the left; thrice. */
  readonly multiples: readonly number[];
}

/** Counts two columns; a function of its own, as it runs thousands of times a log. */
function countPair(
  lefts: Int32Array,
  rights: Int32Array,
  masses: Float64Array,
  tally: Float64Array,
): PairCounts {
  let either = 0;
  let both = 0;
  let withLeft = 0;
  let withRight = 0;
  let low = 2 * highest;
  let high = 0;
  let leftTwice = 0;
  let rightTwice = 0;
  let leftThrice = 0;
  let rightThrice = 0;
  for (let index = 0; index < lefts.length; index += 1) {
    const a = lefts[index]!;
    const b = rights[index]!;
    if (a === 0 && b === 0) continue;
    const mass = masses[index]!;
    either += mass;
    if (a > 0) withLeft += mass;
    if (b > 0) withRight += mass;
    if (a > 0 && b > 0) both += mass;
    const at = a - b + highest;
    tally[at] = tally[at]! + mass;
    if (at < low) low = at;
    if (at > high) high = at;
    if (a === 2 * b) leftTwice += mass;
    else if (b === 2 * a) rightTwice += mass;
    else if (a === 3 * b) leftThrice += mass;
    else if (b === 3 * a) rightThrice += mass;
  }
  const multiples = [leftTwice, rightTwice, leftThrice, rightThrice];
  return { either, both, withLeft, withRight, low, high, multiples };
}

/**
 * Rules that nearly all sessions keep (after invariant mining, Lou et al. 2010, without the search:
 * constants, differences, small ratios and implications of two counts). Costs in proportion to the
 * unique rows. A relation is judged only where one of its events happened, so that two rare events
 * are not tied together by being absent together. Rules that nobody has broken yet are kept: the
 * log may grow.
 *
 * @param support least share of sessions that keep an invariant
 * @param judged sessions beside the teachers; a rule that many of them break is out of date
 * @param open sessions per row that are not all there, which do not teach either
 */
export function findCountInvariants(
  matrix: SessionMatrix,
  support: number,
  judged?: JudgedSessions,
  open?: Float64Array,
): CountInvariants {
  const { width, rows, rowCount, weights, total } = matrix;
  if (total < fewestSessions) return { invariants: [], deviations: () => [] };
  // What only some sessions do varies more: a rule about those must be kept by nearly all of them.
  const conditional = Math.max(support, conditionalSupport);
  const candidates: CountInvariant[] = [];
  const accept = (
    kind: CountInvariant['kind'],
    left: number,
    right: number,
    value: number,
    kept: number,
    judged: number,
  ): boolean => {
    if (judged < fewestSessions || kept < judged * (judged < total ? conditional : support)) {
      return false;
    }
    const bits = violationBits(judged, kept);
    candidates.push({ kind, left, right, value, kept, judged, bits });
    return true;
  };

  const presence = new Float64Array(width);
  for (let row = 0; row < rowCount; row += 1) {
    for (let column = 0; column < width; column += 1) {
      if (rows[row * width + column]! > 0) presence[column] = presence[column]! + weights[row]!;
    }
  }
  const own: number[] = [];
  for (let column = 0; column < width; column += 1) {
    if (presence[column]! >= fewestSessions && matrix.columns[column]!.templates.length > 0) {
      own.push(column);
    }
  }

  /** Sessions per count of each column. */
  const frequency = new Float64Array(width * (highest + 1));
  const tally = new Float64Array(2 * highest + 1);
  /** The commonest entry of the tally and its mass; clears the tally. */
  const mode = (from: number, to: number): [number, number] => {
    let best = from;
    for (let index = from; index <= to; index += 1) if (tally[index]! > tally[best]!) best = index;
    const mass = tally[best]!;
    tally.fill(0, from, to + 1);
    return [best, mass];
  };
  const clipped = (row: number, column: number): number =>
    Math.min(highest, rows[row * width + column]!);

  /** Columns whose count is the same in all or nearly all sessions. */
  const settled = new Int32Array(width).fill(-1);
  for (let column = 0; column < width; column += 1) {
    let top = 0;
    for (let row = 0; row < rowCount; row += 1) {
      const count = clipped(row, column);
      tally[count] = tally[count]! + weights[row]!;
      top = Math.max(top, count);
    }
    frequency.set(tally.subarray(0, highest + 1), column * (highest + 1));
    const without = tally[0]!;
    tally[0] = 0;
    const [usual, holders] = mode(0, top);
    const [value, kept] = holders >= without ? [usual, holders] : [0, without];
    // Another wording of a step is seldom, not wrong.
    const isWording = matrix.stepOf[column] !== column;
    if (isWording && value === 0) continue;
    if (accept('constant', column, -1, value, kept, total)) settled[column] = value;
    else if (matrix.columns[column]!.templates.length > 0) {
      accept('present', column, -1, usual, holders, total - without);
    }
  }
  const constants = candidates.length;

  const pairs = (own.length * (own.length - 1)) / 2;
  const mined = minedRows(matrix, Math.max(200, Math.floor(budget / Math.max(1, pairs))));
  const masses = Float64Array.from(mined, (row) => weights[row]!);
  const columns = own.map((column) => Int32Array.from(mined, (row) => clipped(row, column)));
  for (const [position, left] of own.entries()) {
    const lefts = columns[position]!;
    for (let other = position + 1; other < own.length; other += 1) {
      const right = own[other]!;
      // What both counts are always, their constants say already; a wording is a part of its step.
      if (settled[left]! >= 0 && settled[right]! >= 0) continue;
      if (matrix.stepOf[left] === right || matrix.stepOf[right] === left) continue;
      const rights = columns[other]!;
      const { either, both, withLeft, withRight, low, high, multiples } = countPair(
        lefts,
        rights,
        masses,
        tally,
      );
      if (either === 0) continue;
      const [difference, kept] = mode(low, high);
      const ratio = Math.max(...multiples);
      const which = multiples.indexOf(ratio);
      const factor = which < 2 ? 2 : 3;
      const [first, second] = which % 2 === 0 ? [left, right] : [right, left];
      const tied =
        ratio > kept
          ? accept('ratio', first, second, factor, ratio, either)
          : accept('difference', left, right, difference - highest, kept, either);
      if (tied) continue;
      if (settled[right]! <= 0) accept('implies', left, right, 1, both, withLeft);
      if (settled[left]! <= 0) accept('implies', right, left, 1, both, withRight);
    }
  }

  // Few relations per column are enough to tell which of two counts is wrong.
  const used = new Uint8Array(width);
  const holds = (invariant: CountInvariant): boolean =>
    judged === undefined || !isOutdated(invariant, matrix, judged);
  const stillHolds = ({ kind, kept, judged: all }: CountInvariant): boolean =>
    kept >= all * (kind === 'present' ? conditional : support);
  const chosen = candidates
    .slice(0, constants)
    .filter(holds)
    .map((invariant) => (open === undefined ? invariant : withOpen(invariant, matrix, open)))
    .filter(stillHolds);
  const relations = candidates
    .slice(constants)
    .filter(holds)
    .sort((a, b) => b.judged - a.judged || b.kept - a.kept || a.left - b.left || a.right - b.right);
  for (const relation of relations) {
    const { left, right } = relation;
    if (used[left]! >= relationsPerColumn && used[right]! >= relationsPerColumn) continue;
    used[left] = used[left]! + 1;
    used[right] = used[right]! + 1;
    chosen.push(relation);
  }

  const blame = new Float64Array(width);
  /** Of two counts that contradict each other the less usual one is wrong. */
  const oddity = (counts: Float32Array, column: number): number => {
    const same = frequency[column * (highest + 1) + Math.min(highest, counts[column]!)]!;
    return bitsOf((same + 0.5) / (total + 1));
  };
  return {
    invariants: chosen,
    deviations(counts) {
      let broken = chosen.filter((invariant) => keeps(counts, 0, invariant) === false);
      const found: CountDeviation[] = [];
      while (broken.length > 0 && found.length < mostDeviations) {
        blame.fill(0);
        for (const invariant of broken) {
          const bits = invariant.bits * (invariant.kind === 'constant' ? 1.5 : 1);
          for (const column of suspects(invariant, counts)) blame[column] = blame[column]! + bits;
        }
        let column = -1;
        let most = 0;
        for (let index = 0; index < width; index += 1) {
          const sum = blame[index]! > 0 ? blame[index]! + oddity(counts, index) : 0;
          if (sum <= most) continue;
          column = index;
          most = sum;
        }
        if (column < 0) break;
        const about = broken.filter(({ left, right }) => left === column || right === column);
        // What is wrong with a step is wrong with its wordings.
        const step = matrix.stepOf[column]!;
        const related = (other: number): boolean =>
          other === column || (other >= 0 && matrix.stepOf[other] === step);
        const invariant = about.reduce((best, item) => (item.bits > best.bits ? item : best));
        found.push({
          column,
          observed: counts[column]!,
          expected: expectedBy(invariant, counts, column),
          invariant,
          bits: invariant.bits,
        });
        broken = broken.filter(({ left, right }) => !related(left) && !related(right));
      }
      // What should never be there explains more than what is missing because of it.
      const strange = found.findIndex(({ observed, expected }) => observed > 0 && expected === 0);
      if (strange > 0 && found[strange]!.bits >= found[0]!.bits - 1) {
        found.unshift(...found.splice(strange, 1));
      }
      return found;
    },
  };
}
