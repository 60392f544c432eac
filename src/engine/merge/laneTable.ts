/** A stretch of a joined text whose lines stand one after the other in one log as well. */
export interface LaneRun {
  /** Index of the log. */
  readonly lane: number;
  /** Where it begins in the joined text, and its length. */
  readonly byte: number;
  readonly bytes: number;
  /**
   * Its first line in the joined text and in its log, 0-based. Where a line of the log went on after it
   * had been closed, the run begins with the rest of it.
   */
  readonly line: number;
  readonly sourceLine: number;
  readonly lines: number;
}

/** Which log each line of a joined text comes from. */
export interface MergedLanes {
  /** Length of the joined text. */
  readonly bytes: number;
  readonly lines: number;
  /** Per log: whether it lies at the place that its times give it. */
  readonly timed: readonly boolean[];
  /** Per log: its last line had no line end and was given one. */
  readonly closed: readonly boolean[];
  /** What the order rests on where it is not plain, a sentence each. */
  readonly notes: readonly string[];
  /** The run that holds a byte or a line (0-based); null beyond those that are kept. */
  runAtByte(byte: number): LaneRun | null;
  runAtLine(line: number): LaneRun | null;
  /** The line of the joined text that shows a line of a log, both 0-based; null where none is known. */
  lineOf(lane: number, sourceLine: number): number | null;
}

/** Most bytes of runs that are kept; a run takes three to six, so these are some ten million runs. */
const mostBytes = 64 << 20;
/** Runs between two places that a search starts from; more where many logs make such a place large. */
const leastBetween = 256;

/**
 * The runs of a joined text as they come, a few bytes each: as every line of a log comes once and in
 * order, lengths alone tell all places. A line in the middle of a record costs nothing.
 */
export class LaneTable {
  bytes = 0;
  lines = 0;
  /** The table was full before the text ended. */
  full = false;
  #data = new Uint8Array(4096);
  #length = 0;
  #runs = 0;
  readonly #between: number;
  /** Per place: offset in `#data`, byte, line, then the lines so far of each log. */
  #places: Float64Array;
  #placeCount = 0;
  readonly #stride: number;
  readonly #counts: Float64Array;
  readonly #mostBytes: number;
  /** Where `#next` reads. */
  #at = 0;
  // The run that may still grow.
  #lane = -1;
  #runBytes = 0;
  #runLines = 0;
  /** 1 where the run begins with the rest of a line that was closed, else 0. */
  #rest = 0;

  constructor(lanes: number, most = mostBytes) {
    this.#counts = new Float64Array(lanes);
    this.#stride = 3 + lanes;
    this.#between = Math.max(leastBetween, lanes * 4);
    this.#places = new Float64Array(this.#stride * 16);
    this.#mostBytes = most;
  }

  /** Lines of a log come next; none where they are the rest of a line that was begun. */
  add(lane: number, bytes: number, lines: number): void {
    if (lane !== this.#lane) {
      this.#closeRun();
      this.#lane = lane;
    }
    this.#runBytes += bytes;
    this.#runLines += lines;
    this.bytes += bytes;
    this.lines += lines;
  }

  /** What comes next is the rest of a line that was closed: a line of the text, none of its log. */
  reopen(lane: number): void {
    this.#closeRun();
    this.#lane = lane;
    this.#rest = 1;
    this.#runLines = 1;
    this.lines += 1;
  }

  /** Ends the text, until more is added: from here on runs can be asked for. */
  close(): void {
    this.#closeRun();
    this.#lane = -1;
  }

  atByte(byte: number): LaneRun | null {
    return byte >= this.bytes ? null : this.#find(1, byte);
  }

  atLine(line: number): LaneRun | null {
    return line >= this.lines ? null : this.#find(2, line);
  }

  /** The line of the text that shows a line of a log; null where none is known. */
  lineOf(lane: number, sourceLine: number): number | null {
    const run = this.#find(3 + lane, sourceLine);
    return run === null ? null : run.line + sourceLine - run.sourceLine;
  }

  #closeRun(): void {
    if (this.#lane < 0 || (this.#runBytes === 0 && this.#runLines === 0)) return;
    if (!this.full) this.#write();
    this.#runBytes = 0;
    this.#runLines = 0;
    this.#rest = 0;
  }

  #write(): void {
    if (this.#length + 24 > this.#mostBytes) {
      this.full = true;
      return;
    }
    if (this.#runs % this.#between === 0) this.#markPlace();
    if (this.#length + 24 > this.#data.length) this.#data = larger(this.#data);
    this.#put(this.#lane * 2 + this.#rest);
    this.#put(this.#runLines);
    this.#put(this.#runBytes);
    this.#counts[this.#lane]! += this.#runLines - this.#rest;
    this.#runs += 1;
  }

  #markPlace(): void {
    const at = this.#placeCount * this.#stride;
    if (at + this.#stride > this.#places.length) {
      const places = new Float64Array(this.#places.length * 2 + this.#stride);
      places.set(this.#places);
      this.#places = places;
    }
    this.#places[at] = this.#length;
    this.#places[at + 1] = this.bytes - this.#runBytes;
    this.#places[at + 2] = this.lines - this.#runLines;
    this.#places.set(this.#counts, at + 3);
    this.#placeCount += 1;
  }

  /** Seven bits a byte, the last one without the high bit (as LEB128). */
  #put(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#data[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#data[this.#length++] = rest;
  }

  /** @param field of a place: 1 to search by byte, 2 by line, 3 and more by the line of a log */
  #find(field: number, wanted: number): LaneRun | null {
    let low = 0;
    let high = this.#placeCount - 1;
    if (high < 0 || wanted < 0) return null;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#places[middle * this.#stride + field]! <= wanted) low = middle;
      else high = middle - 1;
    }
    const place = low * this.#stride;
    const counts = this.#places.slice(place + 3, place + this.#stride);
    let byte = this.#places[place + 1]!;
    let line = this.#places[place + 2]!;
    this.#at = this.#places[place]!;
    while (this.#at < this.#length) {
      const head = this.#next();
      const lines = this.#next();
      const bytes = this.#next();
      const lane = head >> 1;
      const sourceLine = counts[lane]! - (head & 1);
      const ends = field === 1 ? byte + bytes : field === 2 ? line + lines : sourceLine + lines;
      // A log's line is looked for in its own runs, and in the first of those that show it.
      if ((field < 3 || field === 3 + lane) && wanted < ends) {
        return { lane, byte, bytes, line, lines, sourceLine };
      }
      byte += bytes;
      line += lines;
      counts[lane] = sourceLine + lines;
    }
    return null;
  }

  #next(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const part = this.#data[this.#at++]!;
      if (part < 128) return value + part * scale;
      value += (part - 128) * scale;
    }
  }
}

function larger(from: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(from.length * 2);
  to.set(from);
  return to;
}
