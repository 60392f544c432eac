import { NumberIndex } from '../../base/numberIndex.ts';
import type { SessionMatrix, SessionView } from '../sessionMatrix.ts';
import { bitsOf } from '../numeric/statistics.ts';

/** Something that stood in another order than it nearly always does. */
export interface OrderViolation {
  readonly kind: 'pair' | 'first' | 'last';
  /** Column that came too early (`pair`), or that stood first or last. */
  readonly column: number;
  /** `pair`: the column that is usually before it; else the one that usually stands there. */
  readonly usual: number;
  readonly kept: number;
  readonly judged: number;
  readonly bits: number;
}

export interface OrderInvariants {
  /** Violations of a session given by the columns of its records, strongest first; in steps. */
  readonly violations: (columns: Uint16Array) => readonly OrderViolation[];
  /** Share of the sessions holding both steps in which the left one is seen first; NaN for none. */
  readonly precedes: (left: number, right: number) => number;
}

const support = 0.98;
const fewestSessions = 30;
/** Distinct templates of one session that are compared in pairs: bounded work for long sessions. */
const comparedTemplates = 40;
/** Orders whose violations are remembered. */
const rememberedOrders = 20_000;

/**
 * Which template is first seen before which, and which stands first and last, where nearly all
 * sessions agree. Needs real sessions: in windows order says nothing. Sessions whose templates are
 * first seen in the same order are counted and judged as one.
 *
 * @param teaches 1 for each session that shows what is usual; all of them when absent
 */
export function findOrderInvariants(
  known: SessionView,
  matrix: SessionMatrix,
  teaches?: Uint8Array,
): OrderInvariants {
  const { width, columns: named, stepOf } = matrix;
  const before = new Float64Array(width * width);
  const startsWith = new Float64Array(width);
  const endsWith = new Float64Array(width);
  let teachers = 0;
  let round = 0;
  const seenIn = new Uint32Array(width);
  /** The columns of the session in hand in the order in which they are first seen, then its last. */
  const sequence: number[] = [];

  /** Fills `sequence`; gives a key of it. */
  const read = (columns: Uint16Array): number => {
    sequence.length = 0;
    round += 1;
    let low = 0x811c9dc5;
    let high = 0x2f0b4c47;
    for (let at = 0; at < columns.length && sequence.length < comparedTemplates; at += 1) {
      const column = stepOf[columns[at]!]!;
      if (seenIn[column] === round || named[column]!.templates.length === 0) continue;
      seenIn[column] = round;
      sequence.push(column);
      low = Math.imul(low ^ column, 0x01000193);
      high = Math.imul(high ^ column, 0x01000193);
    }
    const last = columns.length === 0 ? -1 : stepOf[columns[columns.length - 1]!]!;
    sequence.push(last);
    low = Math.imul(low ^ last ^ 0x5555, 0x01000193);
    high = Math.imul(high ^ last ^ 0x3333, 0x01000193);
    return (low >>> 0) * 0x100000 + (high >>> 12);
  };

  const placeOfOrder = new NumberIndex();
  const orders: { readonly sequence: readonly number[]; sessions: number }[] = [];
  for (let session = 0; session < known.sessions.ids.length; session += 1) {
    if (teaches !== undefined && teaches[session] !== 1) continue;
    const place = placeOfOrder.add(read(matrix.columnsOf(known, session)));
    const order = orders[place];
    if (order === undefined) orders.push({ sequence: sequence.slice(), sessions: 1 });
    else order.sessions += 1;
  }
  for (const order of orders) {
    const length = order.sequence.length - 1;
    if (length === 0) continue;
    teachers += order.sessions;
    const first = order.sequence[0]!;
    const last = order.sequence[length]!;
    startsWith[first] = startsWith[first]! + order.sessions;
    if (last >= 0) endsWith[last] = endsWith[last]! + order.sessions;
    for (let left = 0; left < length; left += 1) {
      const row = order.sequence[left]! * width;
      for (let right = left + 1; right < length; right += 1) {
        const cell = row + order.sequence[right]!;
        before[cell] = before[cell]! + order.sessions;
      }
    }
  }
  const modeOf = (masses: Float64Array): [number, number] => {
    let best = 0;
    for (let column = 1; column < masses.length; column += 1) {
      if (masses[column]! > masses[best]!) best = column;
    }
    return [best, masses[best]!];
  };
  const [firstColumn, firstKept] = modeOf(startsWith);
  const [lastColumn, lastKept] = modeOf(endsWith);

  const judge = (): OrderViolation[] => {
    const length = sequence.length - 1;
    const found: OrderViolation[] = [];
    const add = (
      kind: OrderViolation['kind'],
      column: number,
      usual: number,
      kept: number,
      judged: number,
    ): void => {
      if (judged < fewestSessions || kept < judged * support) return;
      const bits = bitsOf((Math.max(0, judged - kept - 1) + 0.5) / judged);
      found.push({ kind, column, usual, kept, judged, bits });
    };
    for (let left = 0; left < length; left += 1) {
      const early = sequence[left]!;
      for (let right = left + 1; right < length; right += 1) {
        const late = sequence[right]!;
        const kept = before[late * width + early]!;
        const against = before[early * width + late]!;
        if (kept > against) add('pair', early, late, kept, kept + against);
      }
    }
    const first = sequence[0]!;
    const last = sequence[length]!;
    if (length > 0 && first !== firstColumn) add('first', first, firstColumn, firstKept, teachers);
    if (last >= 0 && last !== lastColumn && named[last]!.templates.length > 0) {
      add('last', last, lastColumn, lastKept, teachers);
    }
    return found.sort((a, b) => b.bits - a.bits || a.column - b.column);
  };

  const placeOfMemory = new NumberIndex();
  const remembered: (readonly OrderViolation[])[] = [];
  return {
    precedes: (one, other) => {
      const left = stepOf[one]!;
      const right = stepOf[other]!;
      const kept = before[left * width + right]!;
      return kept / (kept + before[right * width + left]!);
    },
    violations: (columns) => {
      const key = read(columns);
      const place = placeOfMemory.find(key);
      if (place >= 0) return remembered[place]!;
      const found = judge();
      if (remembered.length < rememberedOrders) remembered[placeOfMemory.add(key)] = found;
      return found;
    },
  };
}
