/** Offsets of line starts in a buffer that grows by doubling, so that appends stay linear in total. */
export interface LineIndex {
  /** Capacity is `starts.length`; only the first `count` entries mean something. */
  starts: Uint32Array<ArrayBuffer>;
  count: number;
}

const newline = 0x0a;
const newlines = 0x0a0a0a0a;

/** An index with room for about one line per `bytesPerLine` bytes of a text of `size` bytes. */
export function newLineIndex(size: number, bytesPerLine = 96): LineIndex {
  const starts = new Uint32Array(Math.ceil(size / bytesPerLine) + 16);
  return { starts, count: 1 };
}

/**
 * Adds the offset behind every `\n` in `bytes[from, bytes.length)`.
 * Four bytes are tested at a time: a word with a `\n` has a zero byte after the xor, which the
 * classic carry test finds (Mycroft 1987); a byte loop alone reaches half the speed.
 */
export function indexNewlines(index: LineIndex, bytes: Uint8Array, from: number): void {
  const end = bytes.length;
  let at = from;
  while (at < end && ((bytes.byteOffset + at) & 3) !== 0) {
    if (bytes[at] === newline) push(index, at + 1);
    at += 1;
  }
  // A text that ends before the first aligned word has no offset to view words at.
  const words =
    at < end
      ? new Uint32Array(bytes.buffer, bytes.byteOffset + at, (end - at) >>> 2)
      : new Uint32Array(0);
  let starts = index.starts;
  let count = index.count;
  for (let word = 0; word < words.length; word += 1) {
    const differs = words[word]! ^ newlines;
    if (((differs - 0x01010101) & ~differs & 0x80808080) === 0) continue;
    if (count + 4 > starts.length) starts = enlarge(index, count);
    const base = at + (word << 2);
    for (let byte = base; byte < base + 4; byte += 1) {
      if (bytes[byte] === newline) starts[count++] = byte + 1;
    }
  }
  index.count = count;
  for (at += words.length << 2; at < end; at += 1) {
    if (bytes[at] === newline) push(index, at + 1);
  }
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
