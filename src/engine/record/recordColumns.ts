/** The columns of a record table while it grows. Memory doubles, rows are never copied one by one. */
export class RecordColumns {
  count = 0;
  firstLine: Uint32Array;
  time: Float64Array;
  level: Uint8Array;
  source: Uint32Array;
  messageStart: Uint32Array;
  messageEnd: Uint32Array;

  constructor(capacity: number) {
    this.firstLine = new Uint32Array(capacity + 1);
    this.time = new Float64Array(capacity);
    this.level = new Uint8Array(capacity);
    this.source = new Uint32Array(capacity);
    this.messageStart = new Uint32Array(capacity);
    this.messageEnd = new Uint32Array(capacity);
  }

  /** Makes room for one more row. */
  reserve(): void {
    if (this.count < this.time.length) return;
    const capacity = this.time.length * 2 + 64;
    this.firstLine = grown(this.firstLine, new Uint32Array(capacity + 1));
    this.time = grown(this.time, new Float64Array(capacity));
    this.level = grown(this.level, new Uint8Array(capacity));
    this.source = grown(this.source, new Uint32Array(capacity));
    this.messageStart = grown(this.messageStart, new Uint32Array(capacity));
    this.messageEnd = grown(this.messageEnd, new Uint32Array(capacity));
  }
}

function grown<A extends { set(other: A): void }>(from: A, to: A): A {
  to.set(from);
  return to;
}
