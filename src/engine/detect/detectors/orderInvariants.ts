import type { LogView } from '../logView.ts';
import type { SessionMatrix } from '../sessionMatrix.ts';
import { bitsOf } from '../numeric/statistics.ts';

/** Something that stood in another order than it nearly always does. */
export interface OrderViolation {
  readonly kind: 'pair' | 'first' | 'last';
  /** Template that came too early (`pair`), or that stood first or last. */
  readonly template: number;
  /** `pair`: the template that is usually before it; else the one that usually stands there. */
  readonly usual: number;
  readonly kept: number;
  readonly judged: number;
  readonly bits: number;
}

export interface OrderInvariants {
  /** Violations of one session, strongest first. */
  violations(view: LogView, session: number): OrderViolation[];
  /** Share of the sessions holding both columns in which the left one is seen first; NaN for none. */
  precedes(left: number, right: number): number;
}

const support = 0.98;
const fewestSessions = 40;
/** Distinct templates of one session that are compared in pairs: bounded work for long sessions. */
const comparedTemplates = 40;

/**
 * Which template is first seen before which, and which stands first and last, where nearly all
 * sessions agree. Needs real sessions: in windows order says nothing.
 *
 * @param teaches 1 for each session that shows what is usual; all of them when absent
 */
export function findOrderInvariants(
  known: LogView,
  matrix: SessionMatrix,
  teaches?: Uint8Array,
): OrderInvariants {
  const { width, columnTemplate } = matrix;
  const before = new Float64Array(width * width);
  const startsWith = new Float64Array(width);
  const endsWith = new Float64Array(width);
  let teachers = 0;
  let round = 0;
  const seenIn = new Uint32Array(width);
  const sequence: number[] = [];

  /** Fills `sequence` with the columns in the order in which they are first seen; gives the last. */
  const read = ({ sessions, templates }: LogView, session: number): number => {
    sequence.length = 0;
    round += 1;
    let last = -1;
    for (let at = sessions.offsets[session]!; at < sessions.offsets[session + 1]!; at += 1) {
      const column = matrix.columnOf(templates.ofRecord[sessions.members[at]!]!);
      last = column;
      if (seenIn[column] === round || columnTemplate[column]! < 0) continue;
      if (sequence.length >= comparedTemplates) continue;
      seenIn[column] = round;
      sequence.push(column);
    }
    return last;
  };

  for (let session = 0; session < known.sessions.ids.length; session += 1) {
    if (teaches !== undefined && teaches[session] !== 1) continue;
    const last = read(known, session);
    if (sequence.length === 0) continue;
    teachers += 1;
    startsWith[sequence[0]!] = startsWith[sequence[0]!]! + 1;
    endsWith[last] = endsWith[last]! + 1;
    for (let left = 0; left < sequence.length; left += 1) {
      const row = sequence[left]! * width;
      for (let right = left + 1; right < sequence.length; right += 1) {
        const cell = row + sequence[right]!;
        before[cell] = before[cell]! + 1;
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
  const evidence = (kept: number, judged: number): number =>
    bitsOf((Math.max(0, judged - kept - 1) + 0.5) / judged);

  return {
    precedes: (left, right) => {
      const kept = before[left * width + right]!;
      return kept / (kept + before[right * width + left]!);
    },
    violations(view, session) {
      const last = read(view, session);
      const found: OrderViolation[] = [];
      const add = (
        kind: OrderViolation['kind'],
        column: number,
        usual: number,
        kept: number,
        judged: number,
      ): void => {
        if (judged < fewestSessions || kept < judged * support) return;
        found.push({
          kind,
          template: columnTemplate[column]!,
          usual: columnTemplate[usual]!,
          kept,
          judged,
          bits: evidence(kept, judged),
        });
      };
      for (let left = 0; left < sequence.length; left += 1) {
        const early = sequence[left]!;
        for (let right = left + 1; right < sequence.length; right += 1) {
          const late = sequence[right]!;
          const kept = before[late * width + early]!;
          const against = before[early * width + late]!;
          if (kept > against) add('pair', early, late, kept, kept + against);
        }
      }
      const first = sequence[0];
      if (first !== undefined && first !== firstColumn) {
        add('first', first, firstColumn, firstKept, teachers);
      }
      if (last >= 0 && last !== lastColumn && columnTemplate[last]! >= 0) {
        add('last', last, lastColumn, lastKept, teachers);
      }
      return found.sort((a, b) => b.bits - a.bits || a.template - b.template);
    },
  };
}
