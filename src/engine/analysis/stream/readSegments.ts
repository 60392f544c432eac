import { throwIfAborted } from '../../base/abort.ts';
import { EngineError } from '../../base/engineError.ts';
import type { ByteSource } from '../../source/byteSource.ts';
import type { Segment } from './segment.ts';

/** Logs of up to so many bytes are held in memory and analysed as one: that says more than segments do. */
export const largestWhole = 128 << 20;

/**
 * Bytes of a segment's core. Larger ones repeat less work, smaller ones take less memory: the tables of
 * a log are some three times its size, and two segments are analysed at once.
 */
const segmentBytes = 32 << 20;

/** Bytes that are read around a core: longer than traces and most sessions are. */
const contextBytes = 1 << 20;

const chunk = 4 << 20;
const newline = 10;

/** Sizes in bytes, for logs of another scale than usual. */
export interface SegmentSizes {
  readonly core: number;
  readonly context: number;
}

export const usualSizes: SegmentSizes = { core: segmentBytes, context: contextBytes };

/** Bytes from `from` up to `to`; the first segment of them is called `index`. */
export interface SegmentRange {
  readonly from: number;
  readonly to: number;
  readonly index: number;
}

/** Memory that segments are read into, used over and over: what is let go of by turns is never given back in time. */
export class SegmentBuffers {
  readonly #size: number;
  readonly #free: Uint8Array[] = [];

  constructor({ core, context }: SegmentSizes) {
    this.#size = core + 2 * context;
  }

  /** Shared between threads, so that it need not be moved back. */
  take(): Uint8Array {
    return this.#free.pop() ?? new Uint8Array(new SharedArrayBuffer(this.#size));
  }

  giveBack(bytes: Uint8Array): void {
    this.#free.push(new Uint8Array(bytes.buffer));
  }
}

/**
 * The segments of a range of a source, one after the other; the reader gives the bytes of
 * each back. A core ends at a line end, or anywhere in a line that is longer than a core.
 * @throws EngineError `aborted`, and as `ByteSource.read`
 */
export async function* readSegments(
  source: ByteSource,
  range: SegmentRange,
  sizes: SegmentSizes,
  buffers: SegmentBuffers,
  signal?: AbortSignal,
): AsyncGenerator<Segment> {
  const end = range.to;
  let start = range.from;
  for (let { index } = range; start < end; index += 1) {
    throwIfAborted(signal);
    const segment = await readSegment(source, { index, start, end }, sizes, buffers.take(), signal);
    yield segment;
    start += segment.to - segment.from;
  }
}

async function readSegment(
  source: ByteSource,
  { index, start, end }: { readonly index: number; readonly start: number; readonly end: number },
  sizes: SegmentSizes,
  buffer: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<Segment> {
  const begin = Math.max(0, start - sizes.context);
  const size = Math.min(end, start + sizes.core + sizes.context) - begin;
  const bytes = await readRange(source, begin, buffer.subarray(0, size), signal);
  const from = start - begin;
  const room = Math.min(bytes.length, from + sizes.core);
  const isLast = begin + room >= end;
  const to = isLast ? room : (lineEndBefore(bytes, room, from) ?? room);
  // What surrounds the core begins and ends with whole lines, where there are any.
  const skip = begin === 0 ? 0 : Math.min(from, lineEndAfter(bytes, 0, from) ?? from);
  const stop =
    isLast || begin + bytes.length >= end
      ? bytes.length
      : (lineEndBefore(bytes, bytes.length, to) ?? bytes.length);
  return {
    path: source.path,
    encoding: source.encoding,
    index,
    start,
    bytes: bytes.subarray(skip, stop),
    from: from - skip,
    to: to - skip,
    sessions: comparesSessions(index),
    goesOn: begin + stop < source.size,
    reading: null,
  };
}

/** Pieces at the beginning that are all looked at in full. */
const fullAtFirst = 4;
/** Behind them, one in so many. */
const fullInSo = 4;

/** Whether sessions are compared in a segment: in a log of more than a few segments, some stand for all. */
function comparesSessions(index: number): boolean {
  return index < fullAtFirst || index % fullInSo === 0;
}

/**
 * Reads a range in steps that can be cancelled.
 * @throws EngineError `aborted`, `changed-while-reading`, and as `ByteSource.read`
 */
export async function readRange(
  source: ByteSource,
  at: number,
  into: Uint8Array,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  let done = 0;
  while (done < into.length) {
    throwIfAborted(signal);
    const part = into.subarray(done, Math.min(into.length, done + chunk));
    const read = await source.read(part, at + done);
    if (read === 0) {
      throw new EngineError(
        'changed-while-reading',
        `${source.path} became shorter while it was read.`,
        'It was probably rotated or truncated. Open it again.',
      );
    }
    done += read;
  }
  return into;
}

/** The offset behind the last line end in a range; null where there is none. */
export function lineEndBefore(bytes: Uint8Array, to: number, from: number): number | null {
  if (to <= from) return null;
  const found = asBuffer(bytes).lastIndexOf(newline, to - 1);
  return found < from ? null : found + 1;
}

/** The offset behind the first line end in a range; null where there is none. */
export function lineEndAfter(bytes: Uint8Array, from: number, to: number): number | null {
  const found = asBuffer(bytes).indexOf(newline, from);
  return found < 0 || found >= to ? null : found + 1;
}

/** The search of Buffer is native; that of a plain array takes ten times as long. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
