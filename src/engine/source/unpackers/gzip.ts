import { createGunzip } from 'node:zlib';
import { ArchiveFault } from '../archiveFault.ts';
import { slices } from '../slices.ts';

/** Deflate packs at most 1032 to 1: a slice brings 33 MB at most. */
const sliceBytes = 32_768;

/**
 * Unpacks gzip, members in a row as one. Written slice by slice instead of piped: a pipe drops what
 * was unpacked before a fault.
 * @throws ArchiveFault
 */
export async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: 1 << 18 });
  const ready: Uint8Array[] = [];
  const state: { failure: NodeJS.ErrnoException | null; ended: boolean } = {
    failure: null,
    ended: false,
  };
  stream.on('data', (piece: Uint8Array) => ready.push(piece));
  stream.on('error', (error) => (state.failure = error));
  stream.on('end', () => (state.ended = true));
  // A fault closes the stream without an answer to the write that met it.
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  try {
    for await (const slice of slices(packed, sliceBytes)) {
      const written = new Promise<void>((resolve) => {
        stream.write(slice, () => {
          resolve();
        });
      });
      await Promise.race([written, closed]);
      yield* ready.splice(0);
      if (state.failure !== null) throw faultOf(state.failure);
      // Zeros behind the last member, as tapes have them.
      if (state.ended) return;
    }
    stream.end();
    await closed;
    yield* ready.splice(0);
    if (state.failure !== null) throw faultOf(state.failure);
  } finally {
    stream.destroy();
  }
}

function faultOf(error: NodeJS.ErrnoException): ArchiveFault {
  return new ArchiveFault(error.code === 'Z_BUF_ERROR' ? 'truncated' : 'damaged', error);
}
