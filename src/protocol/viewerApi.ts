import type { Severity } from '../engine/detect/finding.ts';
import type { HoverParts } from '../engine/present/hoverParts.ts';
import type { SourceChange } from '../engine/source/byteSource.ts';
import type { OpenedView, ReaderEvents, ReaderRequests, Place, Rows } from './readerApi.ts';
import type { Failure, Side } from './rpc.ts';

export type * from './readerApi.ts';
export type { SourceChange, SourceEncoding } from '../engine/source/byteSource.ts';

/** Characters of a line that are sent and drawn at once; a copy takes all of them. */
export const mostCharacters = 2000;

/** A finding on the lines of the file, 1-based as `grep -n` counts them. */
export interface ViewerMark {
  readonly rank: number;
  readonly line: number;
  readonly endLine: number;
  readonly severity: Severity;
  readonly title: string;
  /** At most 60 characters, for the end of the line. */
  readonly note: string;
  readonly count: number;
  /** First lines of further occurrences, ascending; at most some thousands. */
  readonly repeats: readonly number[];
}

/** How far the analysis is. */
export type ViewerAnalysis =
  | { readonly kind: 'off' }
  | {
      readonly kind: 'working';
      readonly stage: string;
      /** 0..1 of the stage. */
      readonly share: number;
      readonly bytesPerSecond: number | null;
      readonly secondsLeft: number | null;
    }
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What the view looks like; chosen by the reader, kept for the next log. */
export interface ViewerOptions {
  readonly wrap: boolean;
  /** Time since the line above at each line, and marks at gaps. */
  readonly deltas: boolean;
  readonly follow: boolean;
  /** Write the strongest reason at the end of a marked line. */
  readonly notes: boolean;
  readonly minimumSeverity: Severity;
  readonly fontFamily: string;
  /** Pixels. */
  readonly fontSize: number;
  readonly tabSize: number;
}

/** Everything that the host knows about the log and the viewer shows. */
export interface ViewerState {
  readonly name: string;
  readonly opened: OpenedView | null;
  /** Paths of the logs of a joined view, those that are hidden too; of a single log its own. */
  readonly members: readonly string[];
  /** Indexes of those that are shown, ascending: the place in it is the lane of the opened view. */
  readonly shown: readonly number[];
  /** Why the log is not shown. */
  readonly failure: Failure | null;
  readonly analysis: ViewerAnalysis;
  readonly marks: readonly ViewerMark[];
  /** What the analysis gave up; `opened.notes` says what reading did, and a banner shows it. */
  readonly notes: readonly string[];
  readonly options: ViewerOptions;
  /** Patterns whose lines the reader has hidden in this log, as `pattern` gave them. */
  readonly hidden: readonly string[];
  /** Bytes that the reader had seen when the log began to grow: a line is drawn there. Null: none. */
  readonly seenBytes: number | null;
}

/** What a command of the palette, a key of the workbench or a title button asks of the view. */
export type ViewerCommand =
  | 'find'
  | 'findNext'
  | 'findPrevious'
  | 'goToLine'
  | 'goToTime'
  | 'nextFinding'
  | 'previousFinding'
  | 'toggleWrap'
  | 'toggleDeltas'
  | 'toggleFollow'
  | 'copy'
  | 'selectAll'
  | 'hidePattern'
  | 'goToEnd';

type Passed = Pick<ReaderRequests, 'rows' | 'find' | 'search' | 'hits' | 'text'>;

/** Requests that the host passes on to the reading thread; it fills in the view. */
type PassedRequests = {
  [K in keyof Passed]: {
    params: Omit<Passed[K]['params'], 'view'>;
    result: Passed[K]['result'];
  };
};

export interface ViewerHostRequests extends PassedRequests {
  /** The webview has loaded and asks for everything. */
  ready: { params: null; result: ViewerState };
  hover: { params: { readonly line: number }; result: HoverParts | null };
  /** The pattern of a line, text with `<*>` where values stand; null where none is known. */
  pattern: { params: { readonly line: number }; result: string | null };
  /** Keeps which patterns are hidden in this log. */
  setHidden: { params: { readonly patterns: readonly string[] }; result: null };
  /**
   * Shows these logs of a joined view and hides the others, as if it were joined without them. The new
   * state comes before the answer: the row (0-based) that shows a line now; null where it is hidden, or
   * not known.
   */
  showMembers: {
    params: {
      /** Indexes into `members`, ascending, at least one. */
      readonly shown: readonly number[];
      /** 0-based. */
      readonly line: number;
    };
    result: number | null;
  };
  setOptions: { params: Partial<ViewerOptions>; result: null };
  /** Puts the text between two bytes on the clipboard. @returns its length in characters */
  copy: { params: { readonly from: number; readonly to: number }; result: number };
  /** Runs a command of the extension about a line: explain, save as incident, mark as normal … */
  run: {
    params: {
      readonly command:
        | 'explain'
        | 'explainFinding'
        | 'markNormal'
        | 'saveIncident'
        | 'cancel'
        | 'again'
        | 'openAsText'
        | 'showFindings'
        | 'askLine'
        | 'askTime';
      readonly line: number | null;
    };
    result: null;
  };
}

export interface ViewerHostEvents {
  /** The log was opened. Sent with its first lines before a page can ask, so that it need not. */
  begin: { readonly state: ViewerState; readonly rows: Rows };
  state: ViewerState;
  indexed: Omit<ReaderEvents['indexed'], 'view'>;
  found: ReaderEvents['found'];
  changed: { readonly change: SourceChange };
  reveal: { readonly place: Place; readonly select: boolean };
  command: { readonly command: ViewerCommand };
}

/** What the view tells, for the status bar and for the same moment in other logs. */
export interface ViewerEvents {
  selected: {
    /** 1-based lines; first and last of the selection, or the cursor's line twice. */
    readonly line: number;
    readonly endLine: number;
    /** Times of the first and last line. */
    readonly time: number | null;
    readonly endTime: number | null;
    readonly characters: number;
    /** Where it begins and ends, in bytes of the log; the cursor's place twice. */
    readonly from: number;
    readonly to: number;
  };
  /** Whether the view follows the end at the moment: scrolling up pauses it. */
  following: { readonly on: boolean };
  /** The reader has seen everything up to here. */
  seen: { readonly bytes: number };
  problem: { readonly message: string };
}

export type ViewerHostSide = Side<ViewerHostRequests, ViewerHostEvents>;
export type ViewerSide = Side<Record<string, never>, ViewerEvents>;
