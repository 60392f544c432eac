/** What a byte can be part of. Bits, so that a run of bytes can be summed up with `|`. */
export const letterBit = 1;
export const digitBit = 2;
/** A letter that no hexadecimal number holds; bytes above ASCII count as such letters. */
export const nonHexBit = 4;
export const spaceBit = 8;
export const escapeBit = 16;
/** Bytes that end a path or an address. */
export const pathStopBit = 32;

export const wordBits = letterBit | digitBit;

function classOf(byte: number): number {
  if (byte === 0x1b) return escapeBit | pathStopBit;
  // Control bytes, NUL included, separate words: no writer means them as part of one.
  if (byte <= 0x20 || byte === 0x7f) return spaceBit | pathStopBit;
  if (byte >= 0x30 && byte <= 0x39) return digitBit;
  if (byte >= 0x80) return letterBit | nonHexBit;
  const lower = byte | 0x20;
  if (lower >= 0x61 && lower <= 0x7a) return lower <= 0x66 ? letterBit : letterBit | nonHexBit;
  return '"\'`()[]{}<>,;|:'.includes(String.fromCharCode(byte)) ? pathStopBit : 0;
}

/** Class bits of each byte value. */
export const byteClasses: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => classOf(byte));
