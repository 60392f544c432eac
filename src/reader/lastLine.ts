import type { ByteSource } from '../engine/source/byteSource.ts';

/** Bytes that are looked at together. */
const pieceBytes = 256 << 10;
/** A line without an end is taken as it is once nothing was added for so long: milliseconds. */
const patience = 1000;
const newline = 0x0a;

/**
 * Where the lines of a log that is written end. Programs write in blocks that end anywhere: the start
 * of a line waits for the rest of it, so that other logs do not come between.
 */
export class LastLine {
  readonly #source: ByteSource;
  /** Behind the last line end. */
  #end: number;
  #seen: number;
  /** When it was last seen to have grown. */
  #grew = 0;

  /** @param taken bytes of the log that were taken */
  constructor(source: ByteSource, taken: number) {
    this.#source = source;
    this.#end = taken;
    this.#seen = taken;
  }

  /**
   * Bytes of the source that can be taken.
   * @param now milliseconds of a steady clock
   * @throws EngineError as the source does
   */
  async end(now: number): Promise<number> {
    const { size } = this.#source;
    if (size > this.#seen) this.#grew = now;
    const piece = new Uint8Array(Math.min(pieceBytes, size - this.#seen));
    while (this.#seen < size) {
      const read = await this.#source.read(piece.subarray(0, size - this.#seen), this.#seen);
      if (read === 0) break;
      const last = piece.subarray(0, read).lastIndexOf(newline);
      if (last >= 0) this.#end = this.#seen + last + 1;
      this.#seen += read;
    }
    if (now - this.#grew >= patience) this.#end = this.#seen;
    return this.#end;
  }
}
