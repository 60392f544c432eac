import type { SessionTable } from '../logView.ts';
import type { TemplateTable } from '../../template/templateTable.ts';
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
  violations(session: number): OrderViolation[];
}

const support = 0.98;
const fewestSessions = 40;
/** Distinct templates of one session that are compared in pairs: bounded work for long sessions. */
const comparedTemplates = 40;

/**
 * Which template is first seen before which, and which stands first and last, where nearly all
 * sessions agree. Needs real sessions: in windows order says nothing.
 *
 * @param trains 1 for each session that teaches; all of them when absent
 */
export function findOrderInvariants(
  sessions: SessionTable,
  templates: TemplateTable,
  matrix: SessionMatrix,
  trains?: Uint8Array,
): OrderInvariants {
  const { width, columnOf, columnTemplate } = matrix;
  const before = new Float64Array(width * width);
  const startsWith = new Float64Array(width);
  const endsWith = new Float64Array(width);
  let teachers = 0;
  const seenIn = new Int32Array(width).fill(-1);
  const sequence: number[] = [];

  const read = (session: number): number => {
    sequence.length = 0;
    let last = -1;
    for (let at = sessions.offsets[session]!; at < sessions.offsets[session + 1]!; at += 1) {
      const column = columnOf[templates.ofRecord[sessions.members[at]!]!]!;
      last = column;
      if (seenIn[column] === session || columnTemplate[column]! < 0) continue;
      if (sequence.length >= comparedTemplates) continue;
      seenIn[column] = session;
      sequence.push(column);
    }
    return last;
  };

  for (let session = 0; session < sessions.ids.length; session += 1) {
    if (trains !== undefined && trains[session] !== 1) continue;
    const last = read(session);
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
  seenIn.fill(-1);
  const modeOf = (masses: Float64Array): [number, number] => {
    let best = 0;
    for (let column = 1; column < masses.length; column += 1) {
      if (masses[column]! > masses[best]!) best = column;
    }
    return [best, masses.length === 0 ? 0 : masses[best]!];
  };
  const [firstColumn, firstKept] = modeOf(startsWith);
  const [lastColumn, lastKept] = modeOf(endsWith);
  const evidence = (kept: number, judged: number): number =>
    bitsOf((Math.max(0, judged - kept - 1) + 0.5) / judged);

  return {
    violations(session) {
      seenIn.fill(-1);
      const last = read(session);
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
        for (let right = left + 1; right < sequence.length; right += 1) {
          const early = sequence[left]!;
          const late = sequence[right]!;
          const kept = before[late * width + early]!;
          add('pair', early, late, kept, kept + before[early * width + late]!);
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
