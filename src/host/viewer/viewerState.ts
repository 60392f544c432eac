import type { Severity } from '../../engine/detect/finding.ts';
import type { Failure } from '../../protocol/rpc.ts';
import type {
  OpenedView,
  ViewerAnalysis,
  ViewerMark,
  ViewerOptions,
  ViewerState,
} from '../../protocol/viewerApi.ts';
import type { LineMark } from '../../protocol/workerApi.ts';
import type { LogState } from '../logState.ts';
import { meetsFloor } from '../settings.ts';
import { stageText } from '../statusText.ts';

/** What a view knows, before it is put into the form that its page shows. */
export interface ViewParts {
  readonly name: string;
  readonly opened: OpenedView | null;
  readonly members: readonly string[];
  readonly shown: readonly number[];
  readonly failure: Failure | null;
  /** Null where the log is not analysed. */
  readonly state: LogState | null;
  /** What the host itself gave up: a copy in place of the file. */
  readonly notes: readonly string[];
  readonly options: ViewerOptions;
  readonly hidden: readonly string[];
  readonly seenBytes: number | null;
}

/** Most repeats of a finding that are sent: the strip has fewer pixels. */
const mostRepeats = 5_000;

export function viewerState(parts: ViewParts): ViewerState {
  const { name, opened, members, failure, state, options, hidden, seenBytes } = parts;
  const shown = state?.shown ?? null;
  const reading = [...new Set([...parts.notes, ...(opened?.notes ?? [])])];
  return {
    name,
    opened: opened && { ...opened, notes: reading },
    members,
    shown: parts.shown,
    failure,
    analysis: viewerAnalysis(state),
    // Marks of a text that is no longer there would stand at any line.
    marks:
      shown === null || shown.stale ? [] : viewerMarks(shown.marks.marks, options.minimumSeverity),
    // The analysis reads the same file and gives up the same things.
    notes: (shown?.marks.notes ?? []).filter((note) => !reading.includes(note)),
    options,
    hidden,
    seenBytes,
  };
}

/** The shown findings with 1-based lines, best first. */
function viewerMarks(marks: readonly LineMark[], floor: Severity): readonly ViewerMark[] {
  return marks
    .filter(({ severity }) => meetsFloor(severity, floor))
    .map(({ rank, line, endLine, severity, title, note, count, repeats }) => ({
      rank,
      line: line + 1,
      endLine: endLine + 1,
      severity,
      title,
      note,
      count,
      repeats: repeats.slice(0, mostRepeats).map((repeat) => repeat + 1),
    }));
}

function viewerAnalysis(state: LogState | null): ViewerAnalysis {
  switch (state?.kind) {
    case undefined:
      return { kind: 'off' };
    case 'waiting':
      return working('waiting', 0);
    case 'working': {
      const { progress } = state;
      return progress === null
        ? working('starting', 0)
        : {
            ...working(stageText(progress.stage), progress.share),
            bytesPerSecond: progress.bytesPerSecond,
            secondsLeft: progress.secondsLeft,
          };
    }
    case 'done':
      return { kind: 'done' };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'failed':
      return { kind: 'failed', failure: state.failure };
  }
}

function working(stage: string, share: number): Extract<ViewerAnalysis, { kind: 'working' }> {
  return { kind: 'working', stage, share, bytesPerSecond: null, secondsLeft: null };
}
