const pieceSize = 1 << 20;

/**
 * Turns UTF-16 into UTF-8 piece by piece, so that a log is never one string. A code unit or
 * surrogate pair that is cut off waits for the next call; a lone surrogate becomes U+FFFD.
 */
export class Utf16Transcoder {
  readonly #bigEndian: boolean;
  readonly #decoder = new TextDecoder('utf-16le', { ignoreBOM: true });
  readonly #encoder = new TextEncoder();
  #oddByte: number | null = null;

  constructor(bigEndian: boolean) {
    this.#bigEndian = bigEndian;
  }

  transcode(bytes: Uint8Array): Uint8Array {
    const pieces: Uint8Array[] = [];
    let total = 0;
    for (let at = 0; at < bytes.length; at += pieceSize) {
      const units = this.#wholeUnits(bytes.subarray(at, at + pieceSize));
      const piece = this.#encoder.encode(this.#decoder.decode(units, { stream: true }));
      pieces.push(piece);
      total += piece.length;
    }
    const result = new Uint8Array(total);
    let written = 0;
    for (const piece of pieces) {
      result.set(piece, written);
      written += piece.length;
    }
    return result;
  }

  /** Whole little-endian code units: with the byte that waited in front, without a new odd one. */
  #wholeUnits(bytes: Uint8Array): Uint8Array {
    const waiting = this.#oddByte === null ? 0 : 1;
    const units = new Uint8Array((bytes.length + waiting) & ~1);
    if (this.#oddByte !== null && units.length > 0) units[0] = this.#oddByte;
    units.set(
      bytes.subarray(0, units.length - (units.length > 0 ? waiting : 0)),
      units.length > 0 ? waiting : 0,
    );
    if (units.length === 0) {
      if (bytes.length > 0) this.#oddByte = bytes[0]!;
      return units;
    }
    this.#oddByte = (bytes.length + waiting) % 2 === 1 ? bytes[bytes.length - 1]! : null;
    if (this.#bigEndian) {
      for (let at = 0; at < units.length; at += 2) {
        const high = units[at]!;
        units[at] = units[at + 1]!;
        units[at + 1] = high;
      }
    }
    return units;
  }
}
