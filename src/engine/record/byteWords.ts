const space = 0x20;
const tab = 0x09;

/** Offset of the first byte in `bytes[at, end)` that is neither space nor tab. */
export function skipBlanks(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && (bytes[next] === space || bytes[next] === tab)) next += 1;
  return next;
}

/** Whether `word`, in ASCII, stands at `at`. */
export function startsWith(bytes: Uint8Array, at: number, end: number, word: string): boolean {
  if (at + word.length > end) return false;
  for (let index = 0; index < word.length; index += 1) {
    if (bytes[at + index] !== word.charCodeAt(index)) return false;
  }
  return true;
}
