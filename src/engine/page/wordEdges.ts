import type { SourceEncoding } from '../source/byteSource.ts';
import { decodeText, isSingleByte } from '../source/textEncoding.ts';
import type { WordEdges } from './byteScanner.ts';

/** Letters, digits and underscores, as editors delimit words. */
function isWordCharacter(character: string): boolean {
  return /^[\p{L}\p{N}\p{M}_]/u.test(character);
}

/** Whether no word goes on over an edge of the match `bytes[start, end)` in the line `[from, to)`. */
export function isWholeWord(
  bytes: Uint8Array,
  start: number,
  end: number,
  from: number,
  to: number,
  encoding: SourceEncoding,
): boolean {
  const before = characterBefore(bytes, start, from, encoding);
  const first = characterAt(bytes, start, end, encoding);
  if (isWordCharacter(before) && isWordCharacter(first)) return false;
  const last = characterBefore(bytes, end, start, encoding);
  const behind = characterAt(bytes, end, to, encoding);
  return !(isWordCharacter(last) && isWordCharacter(behind));
}

/** The same for all matches of a text at once. */
export function wordEdges(text: string, encoding: SourceEncoding): WordEdges {
  const characters = Array.from(text);
  const single = isSingleByte(encoding);
  return {
    left: isWordCharacter(characters[0] ?? ''),
    right: isWordCharacter(characters.at(-1) ?? ''),
    bytes: Uint8Array.from({ length: 256 }, (_, byte) => {
      if (byte >= 0x80 && !single) return 2;
      return isWordCharacter(String.fromCharCode(byte)) ? 1 : 0;
    }),
    // Line ends stand between the words of lines, so it is enough to look at some bytes around.
    isWhole: (bytes, start, end, to) =>
      isWholeWord(bytes, start, end, Math.max(0, start - 4), to, encoding),
  };
}

function characterAt(bytes: Uint8Array, at: number, to: number, encoding: SourceEncoding): string {
  const text = decodeText(bytes.subarray(at, Math.min(to, at + 4)), encoding);
  return Array.from(text)[0] ?? '';
}

function characterBefore(
  bytes: Uint8Array,
  at: number,
  from: number,
  encoding: SourceEncoding,
): string {
  let start = at - 1;
  const single = isSingleByte(encoding);
  while (!single && start > from && at - start < 4 && (bytes[start]! & 0xc0) === 0x80) start -= 1;
  return start < from ? '' : decodeText(bytes.subarray(start, at), encoding);
}
