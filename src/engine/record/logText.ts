import type { SourceEncoding } from '../source/byteSource.ts';
import type { PartLines } from '../source/partLines.ts';

/** How the bytes of a log were understood. UTF-16 is transcoded to UTF-8 when it is read. */
export type LogEncoding = SourceEncoding;

/** Lines that stand together in a log, and in an excerpt of it. */
export interface ExcerptPiece {
  /** First line (0-based) in the excerpt. */
  readonly first: number;
  /** Lines of the log before that one. */
  readonly before: number;
}

/** What a text is taken from that holds pieces of a log only. */
export interface Excerpt {
  /** Ascending in the excerpt and in the log; they tile the lines of the excerpt. */
  readonly pieces: readonly ExcerptPiece[];
  /** Lines of the log. */
  readonly lines: number;
  /** Bytes of the log. */
  readonly bytes: number;
}

/**
 * A log in memory: bytes and where its lines start. It is never one string.
 * Lines are split at `\n` only, as `grep -n` counts them; a `\r` before it belongs to the line end.
 */
export interface LogText {
  /** What the reader calls it: a path, or the title of an untitled document. */
  readonly path: string;
  /** UTF-8 (or, for latin1 and binary, the original single bytes). */
  readonly bytes: Uint8Array;
  /** Byte offset of each line; `lineCount + 1` entries, the last one is `bytes.length`. */
  readonly lineStarts: Uint32Array;
  readonly lineCount: number;
  readonly encoding: LogEncoding;
  /** What was given up while it was read, a sentence each; absent where nothing was. */
  readonly notes?: readonly string[];
  /** Where its lines stand in their log; absent where the text is all of the log. */
  readonly excerpt?: Excerpt;
  /** Its files, where readers find lines by file; absent where lines are told by those of the log. */
  readonly parts?: readonly PartLines[];
}
