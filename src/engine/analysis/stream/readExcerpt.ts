import { closeLineIndex, indexNewlines, newLineIndex } from '../../record/lineIndex.ts';
import type { ExcerptPiece, LogText } from '../../record/logText.ts';
import type { ByteSource } from '../../source/byteSource.ts';
import { lineEndAfter, lineEndBefore, readRange, type SegmentSizes } from './readSegments.ts';
import type { SegmentPlace } from './segmentFold.ts';

const newline = 10;

/** A log of which pieces are read again. */
export interface ExcerptedLog {
  readonly source: ByteSource;
  readonly sizes: SegmentSizes;
  /** Lines and bytes of the log, as far as it is known. */
  readonly lines: number;
  readonly bytes: number;
}

/** Bytes from `start` to `end`; before byte `known`, which begins a line, are `lines` line ends. */
interface Range {
  readonly start: number;
  readonly known: number;
  readonly end: number;
  readonly lines: number;
}

/**
 * Some segments of a log as one text, each with what is around it, as it was analysed. What lies
 * between them is left out; the text knows which lines of the log its lines are.
 * @param places ascending
 * @throws EngineError `aborted`, `changed-while-reading`, and as `ByteSource.read`
 */
export async function readExcerpt(
  { source, sizes, lines, bytes }: ExcerptedLog,
  places: readonly SegmentPlace[],
  signal?: AbortSignal,
): Promise<LogText> {
  const ranges = rangesOf(places, sizes, bytes);
  // A line end is put where a piece has none at its end.
  const size = ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  const buffer = new Uint8Array(size);
  const index = newLineIndex(size);
  const pieces: ExcerptPiece[] = [];
  let used = 0;
  for (const range of ranges) {
    const room = buffer.subarray(used, used + range.end - range.start);
    await readRange(source, range.start, room, signal);
    const known = range.known - range.start;
    const skip = range.start === 0 ? 0 : (lineEndAfter(room, 0, known) ?? known);
    const stop =
      range.end >= bytes ? room.length : (lineEndBefore(room, room.length, known) ?? room.length);
    let above = 0;
    for (let at = skip; at < known; at += 1) if (room[at] === newline) above += 1;
    room.copyWithin(0, skip, stop);
    pieces.push({ first: index.count - 1, before: range.lines - above });
    const from = used;
    used += stop - skip;
    const isLast = range === ranges.at(-1);
    if (!isLast && used > 0 && buffer[used - 1] !== newline) {
      buffer[used] = newline;
      used += 1;
    }
    indexNewlines(index, buffer.subarray(0, used), from);
  }
  const text = buffer.subarray(0, used);
  const lineStarts = closeLineIndex(index, used);
  return {
    path: source.path,
    bytes: text,
    lineStarts,
    lineCount: lineStarts.length - 1,
    encoding: source.encoding,
    notes: source.notes,
    excerpt: { pieces, lines, bytes },
  };
}

/** Places with what is around them; those that meet become one. */
function rangesOf(
  places: readonly SegmentPlace[],
  { core, context }: SegmentSizes,
  size: number,
): readonly Range[] {
  const ranges: Range[] = [];
  for (const { start, lines } of places) {
    const end = Math.min(size, start + core + context);
    const before = ranges.at(-1);
    if (before !== undefined && start <= before.end) {
      ranges[ranges.length - 1] = { ...before, end };
      continue;
    }
    const begin = Math.max(before?.end ?? 0, start - context);
    ranges.push({ start: begin, known: start, end, lines });
  }
  return ranges;
}
