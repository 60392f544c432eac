/** Has work that nobody waits for stand still while somebody waits for other work in the same thread. */
export class QuietTime {
  #busy: Promise<void> | null = null;
  #end: (() => void) | null = null;

  /** Somebody waits from now on. */
  interrupt(): void {
    this.#busy ??= new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Nobody waits any more. */
  resume(): void {
    this.#end?.();
    this.#busy = null;
    this.#end = null;
  }

  /** Resolves when nobody waits. */
  async wait(): Promise<void> {
    while (this.#busy !== null) await this.#busy;
  }
}
