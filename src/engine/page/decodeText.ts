import type { SourceEncoding } from '../source/byteSource.ts';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Whether each byte is a character of its own. UTF-16 was transcoded to UTF-8 by its source. */
export function isSingleByte(encoding: SourceEncoding): boolean {
  return encoding === 'latin1' || encoding === 'binary';
}

/** Text of bytes of a source. Invalid UTF-8 reads as U+FFFD, latin1 and binary byte by byte. */
export function decodeText(bytes: Uint8Array, encoding: SourceEncoding): string {
  // The label 'latin1' of TextDecoder means windows-1252, which changes 27 bytes.
  return isSingleByte(encoding)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
    : utf8.decode(bytes);
}

/** At most `most` UTF-16 units of a text, cut between characters. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const unit = text.charCodeAt(most - 1);
  return text.slice(0, unit >= 0xd800 && unit < 0xdc00 ? most - 1 : most);
}
