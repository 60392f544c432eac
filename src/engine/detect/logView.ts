import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';
import type { TemplateTable } from '../template/templateTable.ts';

/**
 * Records grouped by a shared identifier (a block, request or instance id), or, where the log has
 * none, by windows. A record can be in several sessions: `members` lists them all.
 */
export interface SessionTable {
  readonly kind: 'identifier' | 'window';
  /** What groups them, for the reader: `blk_<*>`, `request id`, `100 records`. */
  readonly identifier: string;
  readonly ids: readonly string[];
  /** `ids.length + 1` offsets into `members`. */
  readonly offsets: Uint32Array;
  /** Record indexes, session after session, each in file order. */
  readonly members: Uint32Array;
  /** Share of the log's records that are in a session, 0..1. */
  readonly coverage: number;
}

/** Everything a detector sees of one log. */
export interface LogView {
  readonly log: LogText;
  readonly records: RecordTable;
  readonly templates: TemplateTable;
  readonly sessions: SessionTable;
  /** One vector per template, or null until the embedder has answered. */
  readonly vectors: readonly Float32Array[] | null;
  /** It is a piece of a log that goes on behind it: what stays away at its end may come there. */
  readonly goesOn?: boolean;
}

/** Before a log was grouped: no session at all. */
export const noSessions: SessionTable = {
  kind: 'window',
  identifier: '',
  ids: [],
  offsets: new Uint32Array(1),
  members: new Uint32Array(0),
  coverage: 0,
};
