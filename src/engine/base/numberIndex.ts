const fewestSlots = 16;

/**
 * Gives each number a place, in the order in which they are added. A `Map` does the same, but makes an
 * object of every number above 31 bits that it is asked for. Open addressing with linear probing, at
 * most half full; numbers are whole and below 2^53, hashes for instance.
 */
export class NumberIndex {
  #keys = new Float64Array(fewestSlots);
  /** Place of each key, from 1; 0 where a slot is free. */
  #places = new Int32Array(fewestSlots);
  #size = 0;

  /** Numbers that have a place. */
  get size(): number {
    return this.#size;
  }

  /** The place of a number, from 0; -1 where it has none. */
  find(value: number): number {
    return this.#places[this.#slotOf(value)]! - 1;
  }

  /** The place of a number, which gets the next one where it has none. */
  add(value: number): number {
    const slot = this.#slotOf(value);
    const known = this.#places[slot]!;
    if (known > 0) return known - 1;
    this.#keys[slot] = value;
    this.#places[slot] = this.#size + 1;
    this.#size += 1;
    if (this.#size * 2 > this.#keys.length) this.#grow();
    return this.#size - 1;
  }

  /** Where a number is, or would be put. */
  #slotOf(value: number): number {
    const keys = this.#keys;
    const places = this.#places;
    const mask = keys.length - 1;
    let slot = hashOf(value) & mask;
    while (places[slot] !== 0 && keys[slot] !== value) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const places = this.#places;
    this.#keys = new Float64Array(keys.length * 2);
    this.#places = new Int32Array(keys.length * 2);
    for (let slot = 0; slot < keys.length; slot += 1) {
      if (places[slot] === 0) continue;
      const to = this.#slotOf(keys[slot]!);
      this.#keys[to] = keys[slot]!;
      this.#places[to] = places[slot]!;
    }
  }
}

/** Both halves of a number, mixed: hashes are even already, but counters are not. */
function hashOf(value: number): number {
  const mixed = Math.imul(
    (value | 0) ^ Math.imul((value / 0x100000000) | 0, 0x27d4eb2d),
    0x45d9f3b,
  );
  return mixed ^ (mixed >>> 15);
}
