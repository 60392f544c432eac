import type { SourcePart } from './byteSource.ts';

export type Packing = SourcePart['packing'];

/** First bytes of the formats: RFC 1952, RFC 8878, the bzip2 and the xz file format. */
const magics: readonly (readonly [Packing, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
];

/** The bytes of a file that `packingOf` needs. */
export const magicBytes = 10;

/** Recognises an archive by its first bytes; names are often wrong. */
export function packingOf(head: Uint8Array): Packing {
  for (const [packing, magic] of magics) {
    if (!magic.every((byte, index) => head[index] === byte)) continue;
    if (packing !== 'bzip2' || isBzip2(head)) return packing;
  }
  return 'none';
}

/** `BZh` alone may begin a text; a level and the sign of a block (or of the end) follow in an archive. */
function isBzip2(head: Uint8Array): boolean {
  const level = head[3] ?? 0;
  const block = head[4] === 0x31 && head[5] === 0x41 && head[6] === 0x59;
  const end = head[4] === 0x17 && head[5] === 0x72 && head[6] === 0x45;
  return level >= 0x31 && level <= 0x39 && (block || end || head.length === 4);
}
