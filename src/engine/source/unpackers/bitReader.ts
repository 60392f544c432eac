/** The bits asked for are not there. */
export class OutOfBits extends Error {}

/** Reads numbers of up to 24 bits, the highest bit first. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #next: number;
  #held = 0;
  #count = 0;

  constructor(bytes: Uint8Array, bitOffset: number) {
    this.#bytes = bytes;
    this.#next = 0;
    this.bitOffset = bitOffset;
  }

  /** Bits read so far, from the first byte on. */
  get bitOffset(): number {
    return this.#next * 8 - this.#count;
  }

  set bitOffset(offset: number) {
    this.#next = offset >> 3;
    this.#held = 0;
    this.#count = 0;
    if ((offset & 7) !== 0) this.read(offset & 7);
  }

  /** The bytes that are not wholly read. */
  rest(): Uint8Array {
    return this.#bytes.subarray(this.bitOffset >> 3);
  }

  /** @throws OutOfBits */
  read(width: number): number {
    while (this.#count < width) {
      if (this.#next >= this.#bytes.length) throw new OutOfBits();
      this.#held = (this.#held << 8) | this.#bytes[this.#next]!;
      this.#next += 1;
      this.#count += 8;
    }
    this.#count -= width;
    return (this.#held >>> this.#count) & ((1 << width) - 1);
  }
}
