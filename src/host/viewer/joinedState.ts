import type { Severity } from '../../engine/detect/finding.ts';
import type { LineMark, LogMarks } from '../../protocol/workerApi.ts';
import type { LogState } from '../logState.ts';

/** One of several logs that are shown as one. */
export interface Member {
  readonly name: string;
  /** Null where it is not analysed. */
  readonly state: LogState | null;
  /** Its marks at the rows of the view. */
  readonly marks: readonly LineMark[];
}

/** What is known of several logs together; null where none of them is analysed. */
export function joinedState(members: readonly Member[]): LogState | null {
  const states = members.flatMap(({ state }) => state ?? []);
  const [first] = states;
  if (first === undefined) return null;
  const shown = shownOf(members);
  const working = states.find((state) => state.kind === 'working');
  if (working !== undefined) {
    const shares = states.map((state) =>
      state.kind === 'working' ? (state.progress?.share ?? 0) : state.kind === 'waiting' ? 0 : 1,
    );
    const share = shares.reduce((sum, one) => sum + one, 0) / shares.length;
    return { kind: 'working', progress: working.progress && { ...working.progress, share }, shown };
  }
  if (states.some(({ kind }) => kind === 'waiting')) return { kind: 'waiting', shown };
  if (shown === null) return first.kind === 'done' ? { kind: 'cancelled', shown } : first;
  if (states.some(({ kind }) => kind === 'cancelled')) return { kind: 'cancelled', shown };
  return { kind: 'done', shown };
}

function shownOf(members: readonly Member[]): Extract<LogState, { kind: 'done' }>['shown'] | null {
  const known = members.flatMap(({ state }) => state?.shown ?? []);
  const [first] = known;
  if (first === undefined) return null;
  const all = known.map(({ marks }) => marks);
  const sum = (of: (marks: LogMarks) => number): number =>
    all.reduce((total, marks) => total + of(marks), 0);
  const notes = members.flatMap(({ name, state }) =>
    state?.kind === 'failed'
      ? [`${name}: ${state.failure.message}`]
      : (state?.shown?.marks.notes ?? []).map((note) =>
          // What reading gave up names its file, and is told once.
          note.includes(name) ? note : `${name}: ${note}`,
        ),
  );
  const marks: LogMarks = {
    ...first.marks,
    marks: ranked(members),
    lines: sum(({ lines }) => lines),
    bytes: sum(({ bytes }) => bytes),
    read: { bytes: sum(({ read }) => read.bytes), of: sum(({ read }) => read.of) },
    records: sum(({ records }) => records),
    templates: sum(({ templates }) => templates),
    format: [...new Set(all.map(({ format }) => format))].join(', '),
    notes,
    hidden: sum(({ hidden }) => hidden),
    milliseconds: Math.max(...all.map(({ milliseconds }) => milliseconds)),
    final: all.every(({ final }) => final),
  };
  return { marks, stale: false };
}

const strength: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

/** The strongest first; of equal ones those that are higher up in their own log. */
function ranked(members: readonly Member[]): readonly LineMark[] {
  return members
    .flatMap(({ marks }) => marks)
    .sort((a, b) => strength[a.severity] - strength[b.severity] || a.rank - b.rank)
    .map((mark, index) => ({ ...mark, rank: index + 1 }));
}
