import { ReadableStream } from 'node:stream/web';
import { XzReadableStream } from 'xz-decompress';
import { ArchiveFault } from '../archiveFault.ts';

interface State {
  exhausted: boolean;
  failure: Error | null;
  /** The first bytes. */
  head: Uint8Array;
}

/** The byte of a stream's head that names its check, and the one that the library cannot compute. */
const checkAt = 7;
const sha256 = 0x0a;

/**
 * Unpacks xz, streams in a row as one. Its checks are compared; those of SHA-256 are not supported.
 * @throws ArchiveFault
 */
export async function* unxz(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const input = packed[Symbol.asyncIterator]();
  const state: State = { exhausted: false, failure: null, head: new Uint8Array(0) };
  const source = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const next = await input.next();
        if (next.done !== true) {
          const { head } = state;
          if (head.length <= checkAt) state.head = Buffer.concat([head, next.value.subarray(0, 8)]);
          controller.enqueue(next.value);
          return;
        }
      } catch (error) {
        state.failure = error instanceof Error ? error : new Error(String(error));
        throw error;
      }
      state.exhausted = true;
      controller.close();
    },
  });
  const reader = new XzReadableStream(source).getReader();
  let over = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (value.length > 0) yield value;
    }
    over = true;
  } catch (error) {
    over = true;
    // Why reading failed is no fault of the archive.
    if (state.failure !== null) throw state.failure;
    if (state.head[checkAt] === sha256) throw new ArchiveFault('unsupported', error);
    throw new ArchiveFault(isStarved(error) && state.exhausted ? 'truncated' : 'damaged', error);
  } finally {
    // The library lets one archive in at a time: whoever stops early must make room.
    if (!over) await reader.cancel();
  }
}

/** Code 8 of the library: it needs more input. No code: there was none at all. */
function isStarved(error: unknown): boolean {
  return !(error instanceof Error) || /code 8$|null/.test(error.message);
}
