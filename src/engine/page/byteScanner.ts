import { mostNeedle, scanModule } from './scanModule.ts';

/** Bytes that are read and looked at together: large enough for a disk, small enough to stay in a cache. */
export const chunkSize = 1 << 20;

/** The loops look at whole sixteens, and at a second byte up to `mostDistance` behind the first. */
const padding = 65_536;
export const mostDistance = 1024;

/** Three tables of a needle, and one of all bytes. */
const tablesSize = padding;
const wordsAt = 3 * mostNeedle;

/** A word that tells where they end, and the line starts of a chunk: each line with a match has two bytes. */
const startsSize = 4 + (chunkSize / 2 + 1) * 4;

interface Loops {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly count: (at: number, end: number, byte: number) => number;
  readonly find: (
    at: number,
    end: number,
    a: number,
    b: number,
    c: number,
    d: number,
    distance: number,
  ) => number;
  readonly tally: (...parameters: readonly number[]) => number;
}

/** What is used of WebAssembly, which the types of Node leave out. */
interface Runtime {
  readonly Module: new (code: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
const runtime = (globalThis as unknown as { readonly WebAssembly: Runtime }).WebAssembly;

/** Two places of a needle that are looked at first, each in both cases. */
export interface BytePair {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  /** From the first place to the second, 0 to `mostDistance`. */
  readonly distance: number;
}

/** A needle of bytes that each have one form or two. */
export interface NeedleBytes {
  readonly pair: BytePair;
  /** Where the first byte of the pair stands in it. */
  readonly pairAt: number;
  /** Its bytes in either form, at most `mostNeedle`. */
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  /** The pair says everything. */
  readonly pairIsAll: boolean;
}

/** What the bytes around a match must be, so that no word goes on over its edges. */
export interface WordEdges {
  readonly left: boolean;
  readonly right: boolean;
  /** For each byte: 0 is in no word, 1 is, 2 has to be asked for with `isWhole`. */
  readonly bytes: Uint8Array;
  /** Decides on the match `bytes[start, end)` of lines that end at `to`. */
  readonly isWhole: (bytes: Uint8Array, start: number, end: number, to: number) => boolean;
}

/** Matches of some lines: how many, and offsets of the lines that have any, until the next tally. */
export interface Tally {
  readonly matches: number;
  readonly lines: Uint32Array;
}

/** Two chunks of bytes, one to be read into while the other is looked at, and fast loops over them. */
export class ByteScanner {
  readonly chunks: readonly [ChunkBytes, ChunkBytes];

  private constructor() {
    const tables = 2 * (chunkSize + padding);
    const pages = Math.ceil((tables + tablesSize + startsSize) / 65_536);
    const asked: Asked = { isWhole: () => true };
    const module = new runtime.Module(scanModule(pages));
    const loops = new runtime.Instance(module, {
      words: { whole: (start: number, end: number) => (asked.isWhole(start, end) ? 1 : 0) },
    }).exports as Loops;
    const chunk = (base: number): ChunkBytes => new ChunkBytes(loops, base, tables, asked);
    this.chunks = [chunk(0), chunk(chunkSize + padding)];
  }

  /** A scanner that nobody uses. Hand it back: the memory of WebAssembly is freed late, if ever. */
  static borrow(): ByteScanner {
    return idle.pop() ?? new ByteScanner();
  }

  giveBack(): void {
    idle.push(this);
  }
}

const idle: ByteScanner[] = [];

/** Who decides on words, while the loops run. */
interface Asked {
  isWhole: (start: number, end: number) => boolean;
}

class ChunkBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same bytes, with the native searches of Buffer. */
  readonly buffer: Buffer;
  readonly #loops: Loops;
  readonly #base: number;
  readonly #tables: number;
  readonly #asked: Asked;

  constructor(loops: Loops, base: number, tables: number, asked: Asked) {
    this.#loops = loops;
    this.#base = base;
    this.#tables = tables;
    this.#asked = asked;
    this.bytes = new Uint8Array(loops.memory.buffer, base, chunkSize);
    this.buffer = Buffer.from(loops.memory.buffer, base, chunkSize);
  }

  /** How often a byte occurs in `bytes[from, to)`. */
  count(byte: number, from: number, to: number): number {
    const whole = from + ((to - from) & ~15);
    let sum = this.#loops.count(this.#base + from, this.#base + whole, byte);
    for (let at = whole; at < to; at += 1) if (this.bytes[at] === byte) sum += 1;
    return sum;
  }

  /** The first place of `bytes[from, to)` where a pair begins; -1 for none. Its second byte may lie behind `to`. */
  findPair(pair: BytePair, from: number, to: number): number {
    const { a, b, c, d, distance } = pair;
    const at = this.#loops.find(this.#base + from, this.#base + to, a, b, c, d, distance);
    return at < 0 || at - this.#base >= to ? -1 : at - this.#base;
  }

  /**
   * Counts the matches of a needle in lines, none over another: those that begin in
   * `bytes[from, startsBefore)` and end before `to`. `from` begins a line; the needle has no line end.
   */
  tally(
    { pair, pairAt, first, second, pairIsAll }: NeedleBytes,
    edges: WordEdges | null,
    from: number,
    to: number,
    startsBefore: number,
  ): Tally {
    const memory = this.#loops.memory.buffer;
    const tables = new Uint8Array(memory, this.#tables, tablesSize);
    const checked = pairIsAll ? 0 : first.length;
    tables.set(first);
    tables.set(second, mostNeedle);
    tables.fill(0, 2 * mostNeedle, 2 * mostNeedle + checked);
    tables.fill(1, 2 * mostNeedle + checked, 2 * mostNeedle + checked + 16);
    if (edges !== null) {
      tables.set(edges.bytes, wordsAt);
      this.#asked.isWhole = (start, end) =>
        edges.isWhole(this.bytes, start - this.#base, end - this.#base, to);
    }
    const out = this.#tables + tablesSize;
    const matches = this.#loops.tally(
      ...[this.#base + from, this.#base + to, pair.a, pair.b, pair.c, pair.d, pair.distance],
      ...[pairAt, first.length, checked, this.#tables, this.#tables + wordsAt, out],
      ...[this.#base + startsBefore, edges?.left === true ? 1 : 0, edges?.right === true ? 1 : 0],
    );
    const [end = 0] = new Uint32Array(memory, out, 1);
    const lines = new Uint32Array(memory, out + 4, (end - out - 4) / 4);
    return { matches, lines };
  }
}

export type { ChunkBytes };
