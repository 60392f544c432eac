import { ArchiveFault } from './archiveFault.ts';
import type { Packing } from './packing.ts';
import { bunzip2 } from './unpackers/bzip2.ts';
import { gunzip } from './unpackers/gzip.ts';
import { unxz } from './unpackers/xz.ts';
import { unzstd } from './unpackers/zstd.ts';
import { EngineError } from '../base/engineError.ts';

/**
 * Pieces of text as they are unpacked; those before a fault come whole. The packed pieces are handed
 * over: unpackers keep views of them.
 * @throws ArchiveFault
 */
export const unpackers: Readonly<
  Record<
    Exclude<Packing, 'none'>,
    (packed: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>
  >
> = { gzip: gunzip, zstd: unzstd, bzip2: bunzip2, xz: unxz };

/** Unpacked bytes for each packed one beyond which an archive is not believed to be a log. */
const mostRatio = 200;
/** Below this size any ratio is harmless: zeros and repeated lines pack 1000 to 1. */
const harmlessBytes = 256 << 20;

/** @throws ArchiveFault `bomb` where so few bytes became so many */
export function refuseBomb(packed: number, unpacked: number): void {
  if (unpacked > harmlessBytes && unpacked > packed * mostRatio) throw new ArchiveFault('bomb');
}

/** What a fault means for the reader of `path`, of which nothing can be shown. */
export function faultError(path: string, fault: ArchiveFault): EngineError {
  switch (fault.kind) {
    case 'truncated':
      return new EngineError(
        'truncated-archive',
        `${path} ends in the middle of its compressed data.`,
        'The copy is incomplete. Fetch the archive again.',
        fault,
      );
    case 'bomb':
      return new EngineError(
        'archive-bomb',
        `${path} unpacks to more than ${mostRatio} times its size.`,
        'It was made to fill disks, or holds no log. Unpack it elsewhere if you trust it.',
        fault,
      );
    case 'damaged':
      return new EngineError(
        'unreadable',
        `${path} could not be unpacked.`,
        'The archive is damaged. Fetch it again.',
        fault,
      );
    case 'unsupported':
      return new EngineError(
        'unreadable',
        `${path} is packed in a way that is not supported.`,
        'Unpack it, and open what comes out.',
        fault,
      );
  }
}

/** What a fault means where the text before it is shown. */
export function faultNote(path: string, fault: ArchiveFault): string {
  switch (fault.kind) {
    case 'truncated':
      return `${path} ends in the middle of its compressed data: what comes before is shown.`;
    case 'bomb':
      return `${path} unpacks to more than ${mostRatio} times its size: only the beginning was unpacked.`;
    case 'damaged':
      return `${path} is damaged: what comes before the damage is shown, and some of it may be wrong.`;
    case 'unsupported':
      return `${path} goes on in a way of packing that is not supported: what comes before is shown.`;
  }
}
