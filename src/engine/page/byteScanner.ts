import { scanModule } from './scanModule.ts';

/** Bytes that are read and looked at together: large enough for a disk, small enough to stay in a cache. */
export const chunkSize = 1 << 20;

/** The loops look at whole sixteens, and at a second byte up to `mostDistance` behind the first. */
const padding = 65_536;
export const mostDistance = 1024;

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
}

/** What is used of WebAssembly, which the types of Node leave out. */
interface Runtime {
  readonly Module: new (code: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
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

/** Two chunks of bytes, one to be read into while the other is looked at, and fast loops over them. */
export class ByteScanner {
  readonly chunks: readonly [ChunkBytes, ChunkBytes];

  private constructor() {
    const pages = (2 * (chunkSize + padding)) / 65_536;
    const module = new runtime.Module(scanModule(pages));
    const loops = new runtime.Instance(module).exports as Loops;
    this.chunks = [new ChunkBytes(loops, 0), new ChunkBytes(loops, chunkSize + padding)];
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

class ChunkBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same bytes, with the native searches of Buffer. */
  readonly buffer: Buffer;
  readonly #loops: Loops;
  readonly #base: number;

  constructor(loops: Loops, base: number) {
    this.#loops = loops;
    this.#base = base;
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
}

export type { ChunkBytes };
