import { throwIfAborted, yieldToEventLoop } from '../base/abort.ts';
import type { ByteSource } from '../source/byteSource.ts';
import type { ByteScanner, ChunkBytes } from './byteScanner.ts';
import { chunkSize } from './byteScanner.ts';

/** Milliseconds of work after which others have their turn: a request waits no longer than two of these. */
const turn = 8;

/** Gives the event loop its turn where this work has had its own. */
export class Turns {
  #since = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#since > turn;
  }

  /** @throws EngineError `aborted` */
  async next(signal?: AbortSignal): Promise<void> {
    await yieldToEventLoop(signal);
    this.#since = performance.now();
  }
}

/**
 * Reads a source from `from` on, chunk after chunk; the next one is read while `work` looks at the
 * one before. `next` says where the following chunk begins, given what was read at `at`.
 * @throws EngineError as `ByteSource.read`; `aborted`
 */
export async function readChunks(
  source: ByteSource,
  scanner: ByteScanner,
  from: number,
  until: number,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly next: (chunk: ChunkBytes, length: number, at: number) => number;
    /** @returns true to stop */
    readonly work: (chunk: ChunkBytes, length: number, at: number) => Promise<boolean> | boolean;
  },
): Promise<void> {
  const { signal, next, work } = options;
  const turns = new Turns();
  const read = (turnOf: number, at: number): Promise<number> =>
    source.read(scanner.chunks[turnOf]!.bytes.subarray(0, Math.min(chunkSize, until - at)), at);
  let which = 0;
  let at = from;
  let length = at < until ? await read(which, at) : 0;
  while (length > 0) {
    throwIfAborted(signal);
    const chunk = scanner.chunks[which]!;
    const following = at + length >= until ? until : next(chunk, length, at);
    const ahead = following < until ? read(1 - which, following) : Promise.resolve(0);
    try {
      const enough = await work(chunk, length, at);
      if (turns.isOver) await turns.next(signal);
      if (enough) return;
    } finally {
      // The chunk must not be handed to others while it is still being filled; whether the read failed
      // matters only to those who go on.
      await ahead.catch(() => 0);
    }
    length = await ahead;
    at = following;
    which = 1 - which;
  }
}
