/**
 * Counts of pairs of numbers in open addressing: no object per key, so that a million positions cost
 * megabytes, not gigabytes. The first part may exceed 32 bits, the second may not.
 */
export class CountTable {
  #first: Float64Array;
  #second: Uint32Array;
  #counts: Uint32Array;
  #mask: number;
  #used = 0;

  /** @param expected an upper guess of the distinct pairs; the table grows beyond it */
  constructor(expected: number) {
    let capacity = 1024;
    while (capacity < Math.min(expected, 1 << 15) * 2) capacity *= 2;
    this.#first = new Float64Array(capacity);
    this.#second = new Uint32Array(capacity);
    this.#counts = new Uint32Array(capacity);
    this.#mask = capacity - 1;
  }

  /** Adds one, or `times`, and gives the count after it. */
  add(first: number, second: number, times = 1): number {
    if (this.#used * 2 > this.#mask) this.#grow();
    const slot = this.#slot(first, second);
    const count = this.#counts[slot]! + times;
    if (count === times) {
      this.#first[slot] = first;
      this.#second[slot] = second;
      this.#used += 1;
    }
    this.#counts[slot] = count;
    return count;
  }

  get(first: number, second: number): number {
    return this.#counts[this.#slot(first, second)]!;
  }

  /** Where a pair that was counted stands, below `capacity`; until another one is added. */
  placeOf(first: number, second: number): number {
    return this.#slot(first, second);
  }

  get capacity(): number {
    return this.#counts.length;
  }

  /** Every pair with its count, in no order. */
  forEach(visit: (first: number, second: number, count: number) => void): void {
    for (let slot = 0; slot < this.#counts.length; slot += 1) {
      const count = this.#counts[slot]!;
      if (count > 0) visit(this.#first[slot]!, this.#second[slot]!, count);
    }
  }

  #slot(first: number, second: number): number {
    const low = first >>> 0;
    const high = (first / 4294967296) >>> 0;
    let hash =
      Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(second, 0xc2b2ae35);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x27d4eb2d);
    hash ^= hash >>> 13;
    let slot = hash & this.#mask;
    while (this.#counts[slot] !== 0) {
      if (this.#first[slot] === first && this.#second[slot] === second) break;
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #grow(): void {
    const first = this.#first;
    const second = this.#second;
    const counts = this.#counts;
    const capacity = counts.length * 2;
    this.#first = new Float64Array(capacity);
    this.#second = new Uint32Array(capacity);
    this.#counts = new Uint32Array(capacity);
    this.#mask = capacity - 1;
    for (let index = 0; index < counts.length; index += 1) {
      if (counts[index] === 0) continue;
      const slot = this.#slot(first[index]!, second[index]!);
      this.#first[slot] = first[index]!;
      this.#second[slot] = second[index]!;
      this.#counts[slot] = counts[index]!;
    }
  }
}
