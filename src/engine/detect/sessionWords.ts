import type { CountDeviation } from './detectors/countInvariants.ts';
import type { OrderViolation } from './detectors/orderInvariants.ts';
import type { SlowStep } from './detectors/sessionPauses.ts';
import type { Description } from './evidence.ts';
import type { SessionMatrix } from './sessionMatrix.ts';
import { duration, measure, number, quoted, times } from './words.ts';

/** A session as a reader knows it: one of many requests, blocks, …; and how messages are called. */
export interface SessionNames {
  /** Plural: `requests`. */
  readonly noun: string;
  readonly id: string;
  /** Pattern of a column, empty for the shared ones. */
  pattern(column: number): string;
}

/** Characters of a pattern where a sentence names one, and where it names two. */
const alone = 56;
const paired = 38;

function named(names: SessionNames, column: number, longest: number): string {
  const pattern = names.pattern(column);
  return pattern === '' ? 'rare messages' : quoted(pattern, longest);
}

function how(count: number): string {
  return count === 0 ? 'never' : times(count);
}

/**
 * A broken rule about counts: what nearly all sessions do, and what this one does.
 *
 * @param missing what the session lacks beside that
 */
export function describeInvariant(
  names: SessionNames,
  deviation: CountDeviation,
  missing?: CountDeviation,
): Description {
  const { column, observed, expected, invariant } = deviation;
  const { kind, kept, judged } = invariant;
  const isShort = (kind !== 'constant' && kind !== 'present') || missing !== undefined;
  const what = named(names, column, isShort ? paired : alone);
  const rule = `${number(kept)} of ${number(judged)} ${names.noun}`;
  const cell = named(names, column, 45);
  const lacks = missing === undefined ? '' : `, and never ${named(names, missing.column, paired)}`;
  const does =
    observed === 0
      ? `in this one (${names.id}) it never happened`
      : expected === 0
        ? `this one (${names.id}) does${lacks}`
        : `this one (${names.id}) ${how(observed)}`;
  if (kind === 'constant' || kind === 'present') {
    const usual = expected === 0 ? 'never log' : 'log';
    const often = expected === 0 || (observed === 0 && expected === 1) ? '' : ` ${how(expected)}`;
    return {
      text: `${rule} ${usual} ${what}${often}; ${does}.`,
      observed: `${how(observed)}: ${cell}`,
      expected: `${how(expected)} (${rule})`,
    };
  }
  const partner = invariant.left === column ? invariant.right : invariant.left;
  const other = named(names, partner, paired);
  const tie =
    kind === 'implies'
      ? column === invariant.right
        ? `log ${what} wherever they log ${other}`
        : `log ${what} only with ${other}`
      : kind === 'ratio'
        ? invariant.left === column
          ? `log ${what} ${times(invariant.value)} for each ${other}`
          : `log ${other} ${times(invariant.value)} for each ${what}`
        : invariant.value === 0
          ? `log ${what} as often as ${other}`
          : `log ${named(names, invariant.left, paired)} ${number(Math.abs(invariant.value))} ${invariant.value > 0 ? 'more' : 'fewer'} times than ${named(names, invariant.right, paired)}`;
  return {
    text: `${rule} ${tie}; ${does}.`,
    observed: `${how(observed)}: ${cell}`,
    expected: `${how(expected)}, as ${rule}`,
  };
}

/**
 * A session that breaks off.
 *
 * @param last pattern of its last message
 */
export function describeTruncation(
  names: SessionNames,
  deviation: CountDeviation,
  last: string,
): Description {
  const { column, invariant } = deviation;
  const rule = `${number(invariant.kept)} of ${number(invariant.judged)} ${names.noun}`;
  return {
    text: `${names.id} ended after ${quoted(last, paired)}; ${rule} go on to ${named(names, column, paired)}.`,
    observed: `ended after ${quoted(last, 45)}`,
    expected: `then ${named(names, column, 40)}`,
  };
}

/**
 * A step that took longer than it ever does.
 *
 * @param before pattern of the message before the pause
 * @param after pattern of the one after it
 */
export function describeSlowStep(
  names: SessionNames,
  slow: SlowStep,
  before: string,
  after: string,
): Description {
  const took = duration(slow.milliseconds);
  const [low, high] = slow.usual;
  const usual = low < 1 ? `at most ${duration(high)}` : `${duration(low)} to ${duration(high)}`;
  return {
    text: `${took} between ${quoted(before, paired)} and ${quoted(after, paired)} in ${names.id}; usual is ${usual} (${number(slow.sample)} times).`,
    observed: `${took} before ${quoted(after, 35)}`,
    expected: usual,
  };
}

/** How often the sessions that teach hold a message. */
interface Usage {
  readonly column: number;
  readonly own: number;
  /** Counts between which all but the extreme twentieths of the sessions lie. */
  readonly low: number;
  readonly high: number;
  /** Sessions without it. */
  readonly without: number;
}

function usageOf(matrix: SessionMatrix, counts: Float32Array, column: number): Usage {
  const { rows, width, weights, total } = matrix;
  const sizes = new Map<number, number>();
  for (let other = 0; other < matrix.rowCount; other += 1) {
    const count = rows[other * width + column]!;
    sizes.set(count, (sizes.get(count) ?? 0) + weights[other]!);
  }
  const ascending = [...sizes].sort((a, b) => a[0] - b[0]);
  let low = ascending[0]?.[0] ?? 0;
  let high = low;
  let mass = 0;
  for (const [count, weight] of ascending) {
    if (mass < total * 0.05) low = count;
    if (mass < total * 0.95) high = count;
    mass += weight;
  }
  return {
    column,
    own: counts[column]!,
    low,
    high,
    without: sizes.get(0) ?? 0,
  };
}

/** Sessions that hold exactly as many of both as this one. */
function alike(matrix: SessionMatrix, counts: Float32Array, first: number, second: number): number {
  const { rows, width, weights } = matrix;
  let mass = 0;
  for (let other = 0; other < matrix.rowCount; other += 1) {
    const same = [first, second].every((column) => rows[other * width + column] === counts[column]);
    if (same) mass += weights[other]!;
  }
  return mass;
}

/**
 * What a session does that others do not, in counts that can be checked: the model only says which
 * messages to look at.
 *
 * @param columns the columns that deviate most, strongest first, at least one
 */
export function describeDeviation(
  names: SessionNames,
  matrix: SessionMatrix,
  counts: Float32Array,
  columns: readonly number[],
): Description {
  const { total } = matrix;
  const usages = columns.map((column) => usageOf(matrix, counts, column));
  const odd = usages.filter(({ own, low, high }) => own < low || own > high);
  const missing = odd.find(({ own, without }) => own === 0 && without < total / 2);
  const stranger = odd.find(({ own, without }) => own > 0 && without > total / 2);
  const all = `of ${number(total)} ${names.noun}`;
  if (stranger !== undefined) {
    const share = `${number(stranger.without)} ${all}`;
    const without =
      missing === undefined ? '' : `, and never ${named(names, missing.column, paired)}`;
    const what = named(names, stranger.column, missing === undefined ? alone : paired);
    return {
      text: `${share} never log ${what}; this one (${names.id}) does${without}.`,
      observed: `${how(stranger.own)}: ${named(names, stranger.column, 45)}`,
      expected: `never (${share})`,
    };
  }
  if (missing !== undefined) {
    const share = `${number(total - missing.without)} ${all}`;
    return {
      text: `${share} log ${named(names, missing.column, alone)}; this one (${names.id}) never does.`,
      observed: `never: ${named(names, missing.column, 45)}`,
      expected: `at least once (${share})`,
    };
  }
  const [extreme] = odd;
  if (extreme !== undefined) {
    const { low, high, own } = extreme;
    const usual = low === high ? how(low) : `${measure(low)}-${measure(high)} times`;
    return {
      text: `${names.id} logs ${named(names, extreme.column, alone)} ${how(own)}; usual for ${names.noun} is ${usual}.`,
      observed: `${how(own)}: ${named(names, extreme.column, 45)}`,
      expected: usual,
    };
  }
  const [first, second] = usages;
  const one = first === undefined ? '' : `${named(names, first.column, paired)} ${how(first.own)}`;
  if (first === undefined || second === undefined) {
    return { text: `${names.id} logs ${one}.`, observed: one, expected: 'another count' };
  }
  const share = `${number(alike(matrix, counts, first.column, second.column))} ${all}`;
  return {
    text: `${names.id} logs ${one} and ${named(names, second.column, paired)} ${how(second.own)}, as ${share} do.`,
    observed: `${how(first.own)} and ${how(second.own)}`,
    expected: `other counts; these in ${share}`,
  };
}

/** Messages of a session in another order than they nearly always have. */
export function describeOrder(names: SessionNames, violation: OrderViolation): Description {
  const share = `${number(violation.kept)} of ${number(violation.judged)} ${names.noun}`;
  const own = named(names, violation.column, paired);
  const other = named(names, violation.usual, paired);
  if (violation.kind === 'pair') {
    return {
      text: `${share} log ${other} before ${own}; this one (${names.id}) the other way round.`,
      observed: `${own} first`,
      expected: `${other} first`,
    };
  }
  const place = violation.kind === 'first' ? 'start' : 'end';
  return {
    text: `${share} ${place} with ${other}; this one (${names.id}) with ${own}.`,
    observed: `${place}s with ${own}`,
    expected: `${place}s with ${other}`,
  };
}
