import { Decompress, ZstdErrorCode } from 'fzstd';
import type { XXHash } from 'xxhash-wasm';
import xxhash from 'xxhash-wasm';
import { ArchiveFault } from '../archiveFault.ts';
import { slices } from '../slices.ts';
import type { FramePiece } from './zstdFrames.ts';
import { ZstdFrames } from './zstdFrames.ts';

const sliceBytes = 16_384;
/** A block of four bytes can stand for 128 kB of one byte; more than this from one slice is no text. */
const mostOfSlice = 64 << 20;

/**
 * Unpacks Zstandard, frames in a row as one. The checksum of a frame is compared where it has one: the
 * library leaves that out, and damaged bytes often unpack to some other text.
 * @throws ArchiveFault
 */
export async function* unzstd(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const hashes = await xxhash();
  const ready: Uint8Array[] = [];
  const frames = new ZstdFrames();
  let frame: Frame | null = null;
  let ofSlice = 0;
  const take = (piece: Uint8Array): void => {
    ofSlice += piece.length;
    if (ofSlice > mostOfSlice) throw new ArchiveFault('bomb');
    if (piece.length > 0) ready.push(piece);
  };
  const unpack = (slice: Uint8Array): ArchiveFault | null => {
    ofSlice = 0;
    try {
      for (const piece of frames.cut(slice)) {
        frame ??= new Frame(hashes.create64(), take);
        frame.push(piece);
        if (piece.end !== null) frame = null;
      }
      return null;
    } catch (error) {
      return faultOf(error);
    }
  };
  for await (const slice of slices(packed, sliceBytes)) {
    const fault = unpack(slice);
    yield* ready.splice(0);
    if (fault !== null) throw fault;
  }
  if (frames.isInside) throw new ArchiveFault('truncated');
}

class Frame {
  readonly #hash: XXHash<bigint>;
  readonly #stream: Decompress;

  constructor(hash: XXHash<bigint>, take: (piece: Uint8Array) => void) {
    this.#hash = hash;
    this.#stream = new Decompress((piece) => {
      hash.update(piece);
      take(piece);
    });
  }

  push({ bytes, end }: FramePiece): void {
    // The library takes what is to be skipped for the beginning of more.
    this.#stream.push(bytes, end?.skipped === false);
    if (typeof end?.checksum !== 'number') return;
    const lowest = Number(this.#hash.digest() & 0xffffffffn);
    if (lowest !== end.checksum) throw new ArchiveFault('damaged');
  }
}

function faultOf(error: unknown): ArchiveFault {
  if (error instanceof ArchiveFault) return error;
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  const truncated = code === ZstdErrorCode.UnexpectedEOF;
  return new ArchiveFault(truncated ? 'truncated' : 'damaged', error);
}
