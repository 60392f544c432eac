import { isAscii, isUtf8 } from 'node:buffer';
import { detectEncoding } from '../source/detectEncoding.ts';
import { cutBetween, decodeText } from '../source/textEncoding.ts';
import type { LineIndex } from './lineIndex.ts';
import { closeLineIndex, contentEnd, indexNewlines, newLineIndex } from './lineIndex.ts';
import type { LogText } from './logText.ts';
import { Utf16Transcoder } from '../source/utf16Transcoder.ts';

/** What an append needs to know about a log beside its text. */
interface Growth {
  /** The log's bytes are its first `bytes.length` ones; what is behind them is room for more. */
  readonly buffer: Uint8Array;
  readonly index: LineIndex;
  readonly transcoder: Utf16Transcoder | null;
  readonly rawLength: number;
}

const growths = new WeakMap<LogText, Growth>();

/**
 * Understands the bytes of a log: encoding and line starts. UTF-8 bytes are used as they are, not
 * copied; a byte order mark is left out. Never throws: what is no text comes back as `binary`.
 * @param size bytes that are text; those behind them are room that `appendLog` may write to, so that
 * the first append need not copy the log.
 */
export function decodeLog(path: string, buffer: Uint8Array, size = buffer.length): LogText {
  const bytes = buffer.subarray(0, size);
  const { encoding, skip } = detectEncoding(bytes);
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
  const transcoder = wide ? new Utf16Transcoder(encoding === 'utf-16be') : null;
  const content = bytes.subarray(skip);
  const text = transcoder === null ? content : transcoder.transcode(content);
  const index = newLineIndex(text.length);
  indexNewlines(index, text, 0);
  const log = closeLog(path, text, index, encoding);
  const room = transcoder === null ? buffer.subarray(skip) : text;
  growths.set(log, { buffer: room, index, transcoder, rawLength: size });
  return log;
}

/**
 * A piece of a log whose encoding is known: no few lines need to show it. Its bytes are used, not
 * copied; of UTF-16 they are the transcoded ones.
 */
export function knownText(path: string, bytes: Uint8Array, encoding: LogText['encoding']): LogText {
  const index = newLineIndex(bytes.length);
  indexNewlines(index, bytes, 0);
  const log = closeLog(path, bytes, index, encoding);
  growths.set(log, { buffer: bytes, index, transcoder: null, rawLength: bytes.length });
  return log;
}

/**
 * The log with `more` bytes behind it, in the encoding that it has. Memory grows by doubling, so
 * many small appends cost as much as one large one. `log` is superseded: its buffers are reused.
 */
export function appendLog(log: LogText, more: Uint8Array): LogText {
  const growth = growths.get(log);
  // An empty log has not shown its encoding yet.
  if (growth === undefined || growth.rawLength === 0) {
    return decodeLog(log.path, joinBytes(log.bytes, more));
  }
  const added = growth.transcoder === null ? more : growth.transcoder.transcode(more);
  const used = log.bytes.length;
  const size = used + added.length;
  let buffer = growth.buffer;
  if (buffer.length < size) {
    buffer = new Uint8Array(Math.max(size, used * 2, 65_536));
    buffer.set(log.bytes);
  }
  buffer.set(added, used);
  const bytes = buffer.subarray(0, size);
  indexNewlines(growth.index, bytes, used);
  const encoding = showsLatin1(log, more) ? 'latin1' : log.encoding;
  const { notes } = log;
  const grown = closeLog(log.path, bytes, growth.index, encoding);
  const result = notes === undefined ? grown : { ...grown, notes };
  const rawLength = growth.rawLength + more.length;
  growths.set(result, { buffer, index: growth.index, transcoder: growth.transcoder, rawLength });
  growths.delete(log);
  return result;
}

/** The log with what was given up while it was read. `log` is superseded. */
export function withNotes(log: LogText, notes: readonly string[]): LogText {
  if (notes.length === 0) return log;
  const noted = { ...log, notes };
  const growth = growths.get(log);
  if (growth !== undefined) growths.set(noted, growth);
  growths.delete(log);
  return noted;
}

/** Whether a log that was plain ASCII so far is now seen to be Latin-1. */
function showsLatin1({ bytes, encoding }: LogText, more: Uint8Array): boolean {
  return (
    encoding === 'utf-8' &&
    !isUtf8(more) &&
    detectEncoding(more).encoding === 'latin1' &&
    isAscii(bytes)
  );
}

/** Bytes of the source that a log stands for, byte order mark included: where a file goes on. */
export function rawLength(log: LogText): number {
  return growths.get(log)?.rawLength ?? log.bytes.length;
}

/** Offset behind the last byte of a line (0-based), without `\n` and without one `\r` before it. */
export function lineEndOffset(log: LogText, line: number): number {
  return contentEnd(log.bytes, log.lineStarts[line]!, log.lineStarts[line + 1]!);
}

/** Text of a line (0-based) without its line end; at most `maxBytes` bytes of it, cut between characters. */
export function lineText(log: LogText, line: number, maxBytes = Infinity): string {
  const start = log.lineStarts[line]!;
  const end = lineEndOffset(log, line);
  if (end - start <= maxBytes) return bytesText(log, start, end);
  return bytesText(log, start, cutBetween(log.bytes, start, start + maxBytes, log.encoding));
}

/** Text of a byte range. Invalid UTF-8 reads as U+FFFD, latin1 and binary byte by byte. */
export function bytesText(log: LogText, start: number, end: number): string {
  return decodeText(log.bytes.subarray(start, end), log.encoding);
}

function closeLog(
  path: string,
  bytes: Uint8Array,
  index: LineIndex,
  encoding: LogText['encoding'],
): LogText {
  const lineStarts = closeLineIndex(index, bytes.length);
  return { path, bytes, lineStarts, lineCount: lineStarts.length - 1, encoding };
}

function joinBytes(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
