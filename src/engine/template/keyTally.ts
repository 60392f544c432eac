/** Most records that are kept per key as a sample of what its values look like. */
const sampledRecords = 12;

/** The first four occurrences are sampled, then each one twice as far on as the last. */
function isSampled(occurrence: number): boolean {
  return occurrence < 4 || (occurrence & (occurrence - 1)) === 0;
}

/**
 * Counts the records of each key and keeps a few of them. Follows a log that grows: a record is added
 * once, and the last ones can be taken back.
 */
export class KeyTally {
  readonly #counts: Uint32Array;
  readonly #last: Uint32Array;
  #samples: number[][] = [];

  /** @param capacity bound on the number of keys. */
  constructor(capacity: number) {
    this.#counts = new Uint32Array(capacity);
    this.#last = new Uint32Array(capacity);
  }

  add(key: number, record: number): void {
    const occurrence = this.#counts[key]!;
    this.#counts[key] = occurrence + 1;
    this.#last[key] = record;
    if (isSampled(occurrence)) this.#sample(key, record);
  }

  /**
   * Takes back the record that was added last.
   * @param before the record with this key before it; asked for where there is one.
   */
  remove(key: number, record: number, before: () => number): void {
    this.#counts[key]!--;
    if (this.#counts[key]! > 0) this.#last[key] = before();
    const sample = this.#samples[key]!;
    if (sample.at(-1) === record) sample.pop();
  }

  count(key: number): number {
    return this.#counts[key]!;
  }

  countOf(keys: readonly number[]): number {
    return keys.reduce((sum, key) => sum + this.#counts[key]!, 0);
  }

  /** The first record of any of these keys. */
  firstRecord(keys: readonly number[]): number {
    let first = Infinity;
    for (const key of keys) first = Math.min(first, this.#samples[key]![0]!);
    return first;
  }

  /** The last record of any of these keys. */
  lastRecord(keys: readonly number[]): number {
    let last = 0;
    for (const key of keys) last = Math.max(last, this.#last[key]!);
    return last;
  }

  /** A sample for several keys together: one record of each, then a second one of each, and so on. */
  sampleOf(keys: readonly number[]): readonly number[] {
    if (keys.length === 1) return this.#samples[keys[0]!]!;
    const sample: number[] = [];
    for (let round = 0; round < sampledRecords && sample.length < sampledRecords; round++) {
      for (const key of keys) {
        const record = this.#samples[key]![round];
        if (record !== undefined && sample.length < sampledRecords) sample.push(record);
      }
    }
    return sample;
  }

  /** Counts on under new keys: `keysOf` holds the old keys of each. */
  replaceBy(keysOf: readonly (readonly number[])[]): void {
    const samples = keysOf.map((keys) => [...this.sampleOf(keys)].sort((a, b) => a - b));
    const counts = keysOf.map((keys) => this.countOf(keys));
    const last = keysOf.map((keys) => this.lastRecord(keys));
    this.#samples = samples;
    this.#counts.fill(0);
    this.#counts.set(counts);
    this.#last.set(last);
  }

  #sample(key: number, record: number): void {
    while (this.#samples.length <= key) this.#samples.push([]);
    const sample = this.#samples[key]!;
    if (sample.length < sampledRecords) sample.push(record);
  }
}
