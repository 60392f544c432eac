const noValue = -1;

/**
 * Remembers one number per pair of 32-bit hashes: open addressing with linear probing over one
 * array, at most half full. Two lanes make a false hit as rare as a 64-bit collision.
 */
export class HashMemo {
  #mask: number;
  #slots: Int32Array;
  #size = 0;
  readonly #limit: number;

  /** @param limit entries after which nothing more is remembered. */
  constructor(limit: number) {
    this.#limit = limit;
    this.#mask = 1023;
    this.#slots = new Int32Array(1024 * 3);
  }

  get size(): number {
    return this.#size;
  }

  /** The remembered value (0 or more), or -1. */
  get(hash1: number, hash2: number): number {
    const slots = this.#slots;
    const mask = this.#mask;
    let at = (hash1 ^ (hash2 >>> 7)) & mask;
    for (;;) {
      const base = at * 3;
      const stored = slots[base + 2]!;
      if (stored === 0) return noValue;
      if (slots[base] === hash1 && slots[base + 1] === hash2) return stored - 1;
      at = (at + 1) & mask;
    }
  }

  /** Remembers a value for a pair that `get` did not find. */
  add(hash1: number, hash2: number, value: number): void {
    if (this.#size >= this.#limit) return;
    if ((this.#size + 1) * 2 > this.#mask + 1) this.#grow();
    this.#put(hash1, hash2, value + 1);
    this.#size++;
  }

  clear(): void {
    this.#mask = 1023;
    this.#slots = new Int32Array(1024 * 3);
    this.#size = 0;
  }

  #put(hash1: number, hash2: number, stored: number): void {
    const slots = this.#slots;
    let at = (hash1 ^ (hash2 >>> 7)) & this.#mask;
    while (slots[at * 3 + 2] !== 0) at = (at + 1) & this.#mask;
    slots[at * 3] = hash1;
    slots[at * 3 + 1] = hash2;
    slots[at * 3 + 2] = stored;
  }

  #grow(): void {
    const old = this.#slots;
    this.#mask = this.#mask * 2 + 1;
    this.#slots = new Int32Array((this.#mask + 1) * 3);
    for (let base = 0; base < old.length; base += 3) {
      if (old[base + 2] !== 0) this.#put(old[base]!, old[base + 1]!, old[base + 2]!);
    }
  }
}
