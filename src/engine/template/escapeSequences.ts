const escape = 0x1b;
const bell = 0x07;

/**
 * Copies a range of bytes without terminal escape sequences (ECMA-48: CSI, OSC and the two-byte
 * ones). A sequence that is not closed within the range swallows at most its introducer, so that
 * a stray escape byte never hides text.
 */
export function withoutEscapes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const kept = new Uint8Array(end - start);
  let length = 0;
  let at = start;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte === escape) {
      at = sequenceEnd(bytes, at, end);
    } else {
      kept[length++] = byte;
      at++;
    }
  }
  return kept.subarray(0, length);
}

function sequenceEnd(bytes: Uint8Array, start: number, end: number): number {
  const introducer = start + 1 < end ? bytes[start + 1]! : 0;
  if (introducer === 0x5b) {
    let at = start + 2;
    while (at < end && bytes[at]! >= 0x20 && bytes[at]! <= 0x3f) at++;
    return at < end && bytes[at]! >= 0x40 && bytes[at]! <= 0x7e ? at + 1 : start + 2;
  }
  if (introducer === 0x5d) {
    for (let at = start + 2; at < end; at++) {
      if (bytes[at] === bell) return at + 1;
      if (bytes[at] === escape) return at + 1 < end && bytes[at + 1] === 0x5c ? at + 2 : at;
    }
    return start + 2;
  }
  // Charset selections such as ESC ( B have one intermediate byte before the final one.
  if (introducer >= 0x20 && introducer <= 0x2f) return Math.min(start + 3, end);
  return introducer >= 0x30 && introducer <= 0x7e ? start + 2 : start + 1;
}
