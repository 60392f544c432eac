import { LaneTable } from './laneTable.ts';

/** Where the bytes of a joined text go. */
export interface TextWriter {
  /** The bytes may change after the promise has resolved. */
  append(bytes: Uint8Array): Promise<void>;
  /** Told, before they are appended, how many bytes of which log come next. */
  next?(lane: number, bytes: number): void;
}

/** Bytes that are gathered before they are handed on. */
const roomBytes = 1 << 20;
const lineEnd = Uint8Array.of(0x0a);

/** A joined text on its way out: gathered in one buffer, and noted in the lanes. */
export class JoinedText {
  readonly lanes: LaneTable;
  readonly closed: boolean[];
  readonly #out: TextWriter;
  readonly #room = new Uint8Array(roomBytes);
  #used = 0;

  constructor(out: TextWriter, lanes: number) {
    this.#out = out;
    this.lanes = new LaneTable(lanes);
    this.closed = new Array<boolean>(lanes).fill(false);
  }

  /** Whether so many bytes can be taken without waiting. */
  hasRoom(bytes: number): boolean {
    return this.#used + bytes <= roomBytes;
  }

  /** Takes `bytes[from, to)`, for which there is room. */
  take(lane: number, bytes: Uint8Array, from: number, to: number, lines: number): void {
    this.#room.set(bytes.subarray(from, to), this.#used);
    this.#used += to - from;
    this.#note(lane, to - from, lines);
  }

  /** Takes any number of bytes. */
  async add(lane: number, bytes: Uint8Array, lines: number): Promise<void> {
    if (!this.hasRoom(bytes.length)) await this.#flush();
    if (this.hasRoom(bytes.length)) {
      this.take(lane, bytes, 0, bytes.length, lines);
      return;
    }
    this.#note(lane, bytes.length, lines);
    await this.#out.append(bytes);
  }

  /** Ends the last line of a log that did not, so that the next line does not run on in it. */
  async closeLine(lane: number): Promise<void> {
    this.closed[lane] = true;
    await this.add(lane, lineEnd, 0);
  }

  /** More of a log comes after it seemed to have ended: of the line that was closed, if one was. */
  reopen(lane: number): void {
    if (!(this.closed[lane] ?? false)) return;
    this.closed[lane] = false;
    this.lanes.reopen(lane);
  }

  /** Hands on what is left. More may be added after it. */
  async end(): Promise<void> {
    await this.#flush();
    this.lanes.close();
  }

  #note(lane: number, bytes: number, lines: number): void {
    this.lanes.add(lane, bytes, lines);
    this.#out.next?.(lane, bytes);
  }

  async #flush(): Promise<void> {
    if (this.#used === 0) return;
    await this.#out.append(this.#room.subarray(0, this.#used));
    this.#used = 0;
  }
}
