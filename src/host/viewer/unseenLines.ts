/** Where the lines begin that came while nobody looked: a line is drawn there. */
export class UnseenLines {
  /** Up to here the reader has seen the log, in bytes. */
  #seen = 0;
  #from: number | null = null;
  /** Whether the page stands at the end and moves with it. */
  #following = false;

  /** First byte that the reader has not seen; null where nothing is new. */
  get from(): number | null {
    return this.#from;
  }

  saw(bytes: number): void {
    this.#seen = Math.max(this.#seen, bytes);
  }

  /** The page follows the end, or stopped to. @returns whether what is new has changed */
  follows(on: boolean): boolean {
    this.#following = on;
    if (!on || this.#from === null) return false;
    this.#from = null;
    return true;
  }

  /** The log has grown from `bytes` on. @returns whether what is new has changed */
  grew(bytes: number, visible: boolean): boolean {
    if (this.#from !== null || (this.#following && visible)) return false;
    this.#from = bytes;
    return true;
  }

  /** The reader has left the view of a log of `bytes`: what was seen is not new the next time. */
  left(bytes: number): void {
    if (this.#seen >= bytes) this.#from = null;
  }

  /** The log is another one now. */
  reset(): void {
    this.#seen = 0;
    this.#from = null;
  }
}
