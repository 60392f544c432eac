import type { SourceEncoding } from './byteSource.ts';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Whether each byte is a character of its own. UTF-16 was transcoded to UTF-8 by its source. */
export function isSingleByte(encoding: SourceEncoding): boolean {
  return encoding === 'latin1' || encoding === 'binary';
}

/** What `Buffer` calls the encoding of the bytes of a source. */
export function charsetOf(encoding: SourceEncoding): 'latin1' | 'utf8' {
  return isSingleByte(encoding) ? 'latin1' : 'utf8';
}

/** Text of bytes of a source. Invalid UTF-8 reads as U+FFFD, latin1 and binary byte by byte. */
export function decodeText(bytes: Uint8Array, encoding: SourceEncoding): string {
  // The label 'latin1' of TextDecoder means windows-1252, which changes 27 bytes.
  return isSingleByte(encoding)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
    : utf8.decode(bytes);
}

/** The last place at or before `at`, and behind `from`, where bytes can be cut between characters. */
export function cutBetween(
  bytes: Uint8Array,
  from: number,
  at: number,
  encoding: SourceEncoding,
): number {
  if (isSingleByte(encoding) || at >= bytes.length) return at;
  let cut = at;
  for (let back = 0; back < 3 && cut > from && (bytes[cut]! & 0xc0) === 0x80; back += 1) cut -= 1;
  return cut;
}
