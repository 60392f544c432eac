/**
 * The columns of a record table while it grows: once to what the log is likely to need, seldom more
 * often. What is beyond the last row is room for rows that are appended later.
 */
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

  get capacity(): number {
    return this.time.length;
  }

  /** Makes room, given the share of the log that the rows so far stand for. */
  grow(share: number): void {
    const { count } = this;
    // An eighth more than the rows so far let expect.
    const expected = count === 0 ? 0 : Math.min((count / share) * 1.125, count * 64);
    const capacity = Math.ceil(Math.max(expected, count * 1.25)) + 64;
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
