import { throwIfAborted } from '../../base/abort.ts';
import { ArchiveFault } from '../archiveFault.ts';
import type { Packing } from '../packing.ts';
import { faultError, faultNote, refuseBomb, unpackers } from '../unpack.ts';
import type { RawFile } from './rawFile.ts';

const chunkBytes = 65_536;

interface UnpackOptions {
  readonly signal?: AbortSignal;
  /** Share of the archive's bytes that were read, 0..1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Unpacks a file in a stream and keeps what comes before a fault.
 * @returns what was given up
 * @throws EngineError `truncated-archive`, `unreadable`, `archive-bomb` where nothing could be unpacked;
 * `aborted`, and what reading and `take` throw
 */
export async function unpackInto(
  raw: RawFile,
  packing: Exclude<Packing, 'none'>,
  { signal, onProgress }: UnpackOptions,
  take: (piece: Uint8Array) => Promise<void>,
): Promise<readonly string[]> {
  let packed = 0;
  let unpacked = 0;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    while (packed < raw.size) {
      throwIfAborted(signal);
      const chunk = new Uint8Array(Math.min(chunkBytes, raw.size - packed));
      packed += await raw.read(chunk, packed);
      onProgress?.(packed / raw.size);
      yield chunk;
    }
  }
  try {
    for await (const piece of unpackers[packing](chunks())) {
      throwIfAborted(signal);
      unpacked += piece.length;
      await take(piece);
      refuseBomb(packed, unpacked);
    }
    return [];
  } catch (error) {
    if (!(error instanceof ArchiveFault)) throw error;
    if (unpacked === 0) throw faultError(raw.path, error);
    return [faultNote(raw.path, error)];
  }
}
