import type { AnalysisProgress } from '../engine/analysis/analysis.ts';
import type { Failure } from '../protocol/rpc.ts';
import type { LogMarks } from '../protocol/workerApi.ts';

/** Marks and whether the text before its end has changed since they were made. */
interface ShownMarks {
  readonly marks: LogMarks;
  readonly stale: boolean;
}

/** What is known about one log. Marks are kept until newer ones arrive. */
export type LogState =
  /** Changed a moment ago; the analysis waits for the typing to pause. */
  | { readonly kind: 'waiting'; readonly shown: ShownMarks | null }
  | {
      readonly kind: 'working';
      readonly progress: AnalysisProgress | null;
      readonly shown: ShownMarks | null;
    }
  | { readonly kind: 'done'; readonly shown: ShownMarks }
  | { readonly kind: 'cancelled'; readonly shown: ShownMarks | null }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly shown: null };

/** What happens to a log. */
export type LogEvent =
  /** `appended`: only at the end, so that the lines of earlier marks are still right. */
  | { readonly kind: 'changed'; readonly appended: boolean }
  | { readonly kind: 'started' }
  | { readonly kind: 'progressed'; readonly progress: AnalysisProgress }
  | { readonly kind: 'marked'; readonly marks: LogMarks }
  | { readonly kind: 'finished'; readonly marks: LogMarks }
  /** The same text, seen with other options. */
  | { readonly kind: 'refreshed'; readonly marks: LogMarks }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export const untouched: LogState = { kind: 'waiting', shown: null };

/**
 * The state after an event. Words of a run that is no longer working change nothing, so an answer that
 * was on its way when the text changed cannot put old marks on new lines.
 */
export function nextState(state: LogState, event: LogEvent): LogState {
  switch (event.kind) {
    case 'changed':
      if (event.appended && state.kind === 'working') return state;
      return {
        kind: 'waiting',
        shown: state.shown && { ...state.shown, stale: state.shown.stale || !event.appended },
      };
    case 'started':
      return { kind: 'working', progress: null, shown: state.shown };
    case 'progressed':
      return state.kind === 'working' ? { ...state, progress: event.progress } : state;
    case 'marked':
      return state.kind === 'working' ? { ...state, shown: fresh(event.marks) } : state;
    case 'finished':
      return state.kind === 'working' ? { kind: 'done', shown: fresh(event.marks) } : state;
    case 'refreshed':
      return state.kind === 'done' ? { kind: 'done', shown: fresh(event.marks) } : state;
    case 'cancelled':
      return state.kind === 'working' || state.kind === 'waiting'
        ? { kind: 'cancelled', shown: state.shown }
        : state;
    case 'failed':
      return state.kind === 'working'
        ? { kind: 'failed', failure: event.failure, shown: null }
        : state;
  }
}

/** True where nothing more will happen by itself. */
export function isSettled(state: LogState): boolean {
  return state.kind === 'done' || state.kind === 'cancelled' || state.kind === 'failed';
}

function fresh(marks: LogMarks): ShownMarks {
  return { marks, stale: false };
}
