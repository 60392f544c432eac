/** Pieces of at most `size` bytes, as views: an unpacker's output for one piece is then bounded. */
export async function* slices(
  pieces: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += size) yield piece.subarray(at, at + size);
  }
}
