/** Offsets of line starts in a buffer that grows by doubling, so that appends stay linear in total. */
export interface LineIndex {
  /** Capacity is `starts.length`; only the first `count` entries mean something. */
  starts: Uint32Array<ArrayBuffer>;
  count: number;
}

const newline = 0x0a;

/** An index with room for about one line per `bytesPerLine` bytes of a text of `size` bytes. */
export function newLineIndex(size: number, bytesPerLine = 96): LineIndex {
  const starts = new Uint32Array(Math.ceil(size / bytesPerLine) + 16);
  return { starts, count: 1 };
}

/** Bytes at the start of a line that are looked at one by one: for empty and short lines. */
const shortLine = 16;

/**
 * Adds the offset behind every `\n` in `bytes[from, bytes.length)`. The search of Buffer is native
 * and runs at several gigabytes a second, also the first time; calling it costs as much as looking at
 * a few bytes, so short lines are walked.
 */
export function indexNewlines(index: LineIndex, bytes: Uint8Array, from: number): void {
  const searched = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length;
  let starts = index.starts;
  let count = index.count;
  let at = from;
  while (at < end) {
    const near = Math.min(end, at + shortLine);
    while (at < near && bytes[at] !== newline) at += 1;
    if (at === near) {
      at = searched.indexOf(newline, at);
      if (at === -1) break;
    }
    at += 1;
    if (count === starts.length) starts = enlarge(index, count);
    starts[count] = at;
    count += 1;
  }
  index.count = count;
}

/** `lineCount + 1` offsets of a text of `size` bytes, the last one being `size`. */
export function closeLineIndex(index: LineIndex, size: number): Uint32Array {
  if (index.starts[index.count - 1] === size) return index.starts.subarray(0, index.count);
  push(index, size);
  // The end of an unfinished last line is not a line start: the next append overwrites it.
  index.count -= 1;
  return index.starts.subarray(0, index.count + 1);
}

function push(index: LineIndex, offset: number): void {
  if (index.count === index.starts.length) enlarge(index, index.count);
  index.starts[index.count] = offset;
  index.count += 1;
}

function enlarge(index: LineIndex, count: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(index.starts.length * 2 + 16);
  larger.set(index.starts.subarray(0, count));
  index.starts = larger;
  return larger;
}

/** Offset behind the last byte of the line `bytes[start, next)`, without `\n` and one `\r` before it. */
export function contentEnd(bytes: Uint8Array, start: number, next: number): number {
  if (next === start || bytes[next - 1] !== newline) return next;
  const end = next - 1;
  return end > start && bytes[end - 1] === 0x0d ? end - 1 : end;
}
