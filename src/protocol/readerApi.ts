import type { Level } from '../engine/record/levels.ts';
import type { SourceChange, SourceEncoding, SourcePart } from '../engine/source/byteSource.ts';
import type { Side } from './rpc.ts';

/**
 * The reading thread: pages, line numbers, search and time of logs of any size. It analyses nothing and
 * answers in milliseconds while it indexes or searches. Whoever looks at a log opens a view of it.
 */
export interface ReaderSetup {
  /** Folder for unpacked archives, shared with the engine's thread, and for merged logs; the host clears it. */
  readonly spoolDir: string;
  /** Formats of the reader's own, as they stand in the settings. */
  readonly formats: readonly unknown[];
}

/** Several files as one log. `merged`: by time; `concatenated`: one behind the other. */
export type Joining = 'merged' | 'concatenated';

/** A log of a joined view. */
export interface Lane {
  readonly path: string;
  /** What the reader calls it. */
  readonly name: string;
  /** Milliseconds added to its times, as its clock seems to be off; 0 where nothing speaks for it. */
  readonly skew: number;
  /** Whether its records state times; without them it is shown where its neighbours put it. */
  readonly timed: boolean;
}

/** A line of one log of a joined view, 0-based. */
export interface LaneLine {
  readonly lane: number;
  readonly line: number;
}

/** A log of a joined view that is not what it was. */
export interface LaneChange {
  readonly lane: number;
  /** Only lines were added. */
  readonly appended: boolean;
}

export interface FoundIdentifier {
  readonly lines: readonly {
    readonly path: string;
    /** 1-based. */
    readonly line: number;
    /** UTF-16 columns of the identifier. */
    readonly column: number;
    /** Milliseconds since the epoch; null where unknown. */
    readonly time: number | null;
    /** Cut where it is long. */
    readonly text: string;
  }[];
  /** Logs that hold it in more lines. */
  readonly cut: readonly string[];
  /** Clocks that seem to be off, a sentence each. */
  readonly notes: readonly string[];
  readonly unreadable: readonly string[];
}

export interface OpenedView {
  readonly bytes: number;
  readonly encoding: SourceEncoding;
  readonly parts: readonly SourcePart[];
  /** Empty for a single log. */
  readonly lanes: readonly Lane[];
  /** Where lines are put that are written to these logs from now on; empty for a single log. */
  readonly growth: string;
  /** Name of the format table, or `plain`, and the share of sampled lines that fit, 0..1. */
  readonly format: string;
  readonly confidence: number;
  /** Whether its records state times, so that one can go to a time. */
  readonly timed: boolean;
  /** Minutes east of UTC that all its times state; 0 where they state none, or several. */
  readonly zone: number;
  readonly notes: readonly string[];
  readonly milliseconds: number;
}

/** One line as a view shows it. */
export interface Row {
  /** Where the line begins. */
  readonly byte: number;
  /** Its length with the line end. */
  readonly bytes: number;
  /** 1-based. An estimate where `exact` is false: the index has not come so far. */
  readonly line: number;
  readonly exact: boolean;
  /** Text without the line end, escape sequences included; at most `maxChars` of it. */
  readonly text: string;
  /** Bytes of the line before `text`: of a very long line another part than the first may be asked for. */
  readonly skipped: number;
  /** Characters left out at the end of a very long line are not in `text`. */
  readonly cut: boolean;
  /** Milliseconds since the epoch, of its record; null where unknown. */
  readonly time: number | null;
  readonly level: Level;
  /** The line goes on the record above it. */
  readonly continues: boolean;
  /** Index into `lanes`; null in a single log. */
  readonly lane: number | null;
}

/** A place in a log. Bytes may lie inside a line: that line is meant. */
export type Place =
  | { readonly kind: 'byte'; readonly byte: number }
  /** 1-based. */
  | { readonly kind: 'line'; readonly line: number }
  /** The first record at or after it, milliseconds since the epoch. */
  | { readonly kind: 'time'; readonly time: number }
  | { readonly kind: 'end' };

export interface Rows {
  readonly rows: readonly Row[];
  /** Index in `rows` of the line that was asked for. */
  readonly anchor: number;
  /** Bytes of the log when they were read. */
  readonly bytes: number;
  /** Lines of the log: an estimate until the index is complete. */
  readonly lines: number;
  readonly exactLines: boolean;
}

export interface SearchQuery {
  readonly text: string;
  readonly regex: boolean;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
}

/** A match: character columns in the text of its line, UTF-16 units. */
export interface Hit {
  /** Where the line begins. */
  readonly byte: number;
  /** Where the match begins. */
  readonly at: number;
  readonly line: number;
  readonly exact: boolean;
  readonly from: number;
  readonly to: number;
}

/** What a search has found so far. */
export interface SearchCount {
  readonly view: string;
  readonly run: number;
  readonly matches: number;
  /** Lines with a match. */
  readonly lines: number;
  readonly scanned: number;
  readonly of: number;
  /** Matching lines per equal share of the log, for the strip beside the scroll bar: 256 counts. */
  readonly strip: Uint32Array;
  /** Byte offsets of the first matching lines, at most `mostHits`; more are only counted. */
  readonly hits: Float64Array;
  readonly done: boolean;
}

export interface ReaderRequests {
  /**
   * Opens one log, or several as one. Answers as soon as the first screen can be read; the index goes on.
   * @throws EngineError as the sources do; `not-a-file` for devices and pipes; `timed-out` where a disk does not answer
   */
  open: {
    params: {
      readonly view: string;
      readonly paths: readonly string[];
      /** Null for one log by itself; a joined view may have one that is shown, too. */
      readonly joining: Joining | null;
      /** Take the other parts of a rotated set as well: `app.log.2.gz`, `app.log.1`, `app.log`. */
      readonly rotated: boolean;
    };
    result: OpenedView;
  };
  close: { params: { readonly view: string }; result: null };
  /** Other formats. Views that are open have to be opened again. */
  configure: { params: { readonly formats: readonly unknown[] }; result: null };
  /** Lines around a place: `before` lines above it, it, and `after` lines below it. */
  rows: {
    params: {
      readonly view: string;
      readonly place: Place;
      readonly before: number;
      readonly after: number;
      /** Most characters of a line. */
      readonly maxChars: number;
      /** Bytes that are left out at the start of the lines that are longer; none where absent. */
      readonly skip?: number;
    };
    result: Rows;
  };
  /** The text between two bytes, for the clipboard. @throws `too-large` above 64 MB */
  text: {
    params: { readonly view: string; readonly from: number; readonly to: number };
    result: { readonly text: string };
  };
  /**
   * The first match that begins at or behind `column` of the line that holds `byte`, or the last that
   * begins before it; around the end of the log, null where there is none. To go on from a hit give its
   * `byte`, and its `to` for the next one, its `from` for the previous one.
   */
  find: {
    params: {
      readonly view: string;
      readonly query: SearchQuery;
      readonly byte: number;
      readonly column: number;
      readonly direction: 'next' | 'previous';
    };
    result: Hit | null;
  };
  /** Finds all; `found` events tell the counts as it goes. @throws `invalid-argument` for a wrong expression */
  search: {
    params: { readonly view: string; readonly run: number; readonly query: SearchQuery };
    result: SearchCount;
  };
  /** Byte offsets of the matching lines around a position in the list of matches; searches again where only counted. */
  hits: {
    params: {
      readonly view: string;
      readonly query: SearchQuery;
      readonly first: number;
      readonly count: number;
    };
    result: { readonly rows: readonly Row[]; readonly first: number };
  };
  /** The rows of a joined view that show lines of one of its logs; all 0-based. Null where one is not known yet. */
  rowsOfLane: {
    params: { readonly view: string; readonly lane: number; readonly lines: readonly number[] };
    result: { readonly rows: readonly (number | null)[] };
  };
  /** Which line of which log a row (0-based) of a joined view shows; null where that is not known. */
  lineOfRow: {
    params: { readonly view: string; readonly row: number };
    result: LaneLine | null;
  };
  /**
   * The lines of several logs that state an identifier, in the order of time as the common clock has it.
   * Logs that cannot be read are left out and told.
   */
  followIdentifier: {
    params: { readonly paths: readonly string[]; readonly id: string; readonly most: number };
    result: FoundIdentifier;
  };
  /** Looks at the files often and tells `changed`; off by default. */
  follow: { params: { readonly view: string; readonly on: boolean }; result: null };
}

export interface ReaderEvents {
  /** How far the line index has come. `lines` is exact when `bytes` equals `of`. */
  indexed: {
    readonly view: string;
    readonly bytes: number;
    readonly of: number;
    readonly lines: number;
  };
  found: SearchCount;
  changed: {
    readonly view: string;
    readonly change: SourceChange;
    /** The logs of a joined view that changed; empty for a single log. */
    readonly lanes: readonly LaneChange[];
  };
  output: { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string };
}

export type ReaderSide = Side<ReaderRequests, ReaderEvents>;
