import { yieldToEventLoop } from '../base/abort.ts';
import type { ByteSource } from './byteSource.ts';

const pieceBytes = 4 << 20;
const newline = 0x0a;

/** A file of a log that is stored in several. */
export interface PartLines {
  readonly path: string;
  /** Where it begins in the whole: bytes, and 0-based lines. */
  readonly start: number;
  readonly firstLine: number;
}

/** A line of a file, 1-based. */
export interface LineInPart {
  readonly path: string;
  readonly line: number;
}

/**
 * Where the lines of each file of a log begin, so that a reader finds a line of the whole in its file.
 * Counts line ends up to the start of the last file; nothing is read of a log in one file.
 * @throws EngineError `aborted`, and as `ByteSource.read`
 */
export async function partLines(
  source: ByteSource,
  signal?: AbortSignal,
): Promise<readonly PartLines[]> {
  const parts: PartLines[] = [];
  const piece = new Uint8Array(source.parts.length < 2 ? 0 : pieceBytes);
  let at = 0;
  let firstLine = 0;
  for (const { path, start } of source.parts) {
    while (at < start) {
      await yieldToEventLoop(signal);
      const read = await source.read(piece.subarray(0, start - at), at);
      if (read === 0) break;
      firstLine += lineEnds(piece.subarray(0, read));
      at += read;
    }
    parts.push({ path, start, firstLine });
  }
  return parts;
}

/** Where a line of the whole (1-based) stands. */
export function lineInPart(parts: readonly PartLines[], line: number): LineInPart {
  const part = parts.findLast(({ firstLine }) => firstLine < line) ?? parts[0];
  return { path: part?.path ?? '', line: line - (part?.firstLine ?? 0) };
}

function lineEnds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}
