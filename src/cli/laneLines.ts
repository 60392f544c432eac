import type { TextWriter } from '../engine/merge/joinedText.ts';

/** One line of a joined text. */
export interface LaneLine {
  /** Index of its log. */
  readonly lane: number;
  /** In its log, 1-based. */
  readonly line: number;
  readonly text: string;
}

/** A line beyond this many characters is written in pieces, none of which is kept longer than that. */
const longestPiece = 1 << 20;

/** Takes a joined text and gives it out line by line, each with its log. */
export class LaneLines implements TextWriter {
  readonly #write: (line: LaneLine) => Promise<void>;
  readonly #decoder = new TextDecoder();
  readonly #lines: number[];
  #runs: { readonly lane: number; bytes: number }[] = [];
  #begun = '';

  constructor(lanes: number, write: (line: LaneLine) => Promise<void>) {
    this.#lines = new Array<number>(lanes).fill(0);
    this.#write = write;
  }

  next(lane: number, bytes: number): void {
    const last = this.#runs.at(-1);
    if (last?.lane === lane) last.bytes += bytes;
    else this.#runs.push({ lane, bytes });
  }

  async append(bytes: Uint8Array): Promise<void> {
    const runs = this.#runs;
    this.#runs = [];
    let at = 0;
    for (const { lane, bytes: length } of runs) {
      const text = this.#decoder.decode(bytes.subarray(at, at + length), { stream: true });
      at += length;
      await this.#take(lane, text);
    }
  }

  async #take(lane: number, text: string): Promise<void> {
    const lines = (this.#begun + text).split('\n');
    this.#begun = lines.pop() ?? '';
    for (const line of lines) await this.#give(lane, line);
    if (this.#begun.length < longestPiece) return;
    const piece = this.#begun;
    this.#begun = '';
    await this.#write({ lane, line: (this.#lines[lane] ?? 0) + 1, text: piece });
  }

  async #give(lane: number, text: string): Promise<void> {
    const line = (this.#lines[lane] ?? 0) + 1;
    this.#lines[lane] = line;
    await this.#write({ lane, line, text: text.endsWith('\r') ? text.slice(0, -1) : text });
  }
}
