/**
 * The template id per record, from the key per record. Where keys kept their ids since the last time,
 * only records that are new are looked at, and the array shares its memory with the one before.
 */
export class RecordIds {
  #ids = new Uint32Array(0);
  #idOfKey: Uint32Array = new Uint32Array(0);
  /** Records whose ids stand in the array. */
  #known = 0;

  /** Records from this one on have other keys than before. */
  forget(fromRecord: number): void {
    this.#known = Math.min(this.#known, fromRecord);
  }

  /** All keys were renumbered. */
  clear(): void {
    this.#ids = new Uint32Array(0);
    this.#known = 0;
  }

  of(idOfKey: Uint32Array, keyOfRecord: Uint32Array, count: number): Uint32Array {
    const kept = this.#idOfKey.every((id, key) => idOfKey[key] === id);
    if (!kept) this.#known = 0;
    // Ids that an earlier table shows must not change under its reader.
    if (!kept || count > this.#ids.length) {
      const fresh = new Uint32Array(Math.ceil(count * 1.0625));
      fresh.set(this.#ids.subarray(0, this.#known));
      this.#ids = fresh;
    }
    const ids = this.#ids;
    for (let record = this.#known; record < count; record++) {
      ids[record] = idOfKey[keyOfRecord[record]!]!;
    }
    this.#idOfKey = idOfKey;
    this.#known = count;
    return ids.subarray(0, count);
  }
}
