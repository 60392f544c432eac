import { Decompress, ZstdErrorCode } from 'fzstd';
import { ArchiveFault } from '../archiveFault.ts';
import { slices } from '../slices.ts';

const sliceBytes = 16_384;
/** A block of four bytes can stand for 128 kB of one byte; more than this from one slice is no text. */
const mostOfSlice = 64 << 20;

/**
 * Unpacks Zstandard, frames in a row as one. Checksums of frames are not verified.
 * @throws ArchiveFault
 */
export async function* unzstd(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let ofSlice = 0;
  const stream = new Decompress((piece) => {
    ofSlice += piece.length;
    if (ofSlice > mostOfSlice) throw new ArchiveFault('bomb');
    ready.push(piece);
  });
  const push = (slice: Uint8Array, last: boolean): ArchiveFault | null => {
    ofSlice = 0;
    try {
      stream.push(slice, last);
      return null;
    } catch (error) {
      return faultOf(error);
    }
  };
  for await (const slice of slices(packed, sliceBytes)) {
    const fault = push(slice, false);
    yield* ready.splice(0);
    if (fault !== null) throw fault;
  }
  const fault = push(new Uint8Array(0), true);
  yield* ready.splice(0);
  if (fault !== null) throw fault;
}

function faultOf(error: unknown): ArchiveFault {
  if (error instanceof ArchiveFault) return error;
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  const truncated = code === ZstdErrorCode.UnexpectedEOF;
  return new ArchiveFault(truncated ? 'truncated' : 'damaged', error);
}
