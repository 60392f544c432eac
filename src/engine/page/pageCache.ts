import type { ByteSource } from '../source/byteSource.ts';

export const pageSize = 128 * 1024;

/** 16 MB: some screens around each of several places. */
const mostPages = 128;

/** Pages of a source that were read lately. */
export class PageCache {
  readonly #source: ByteSource;
  /** In the order of their use, the oldest first. */
  readonly #pages = new Map<number, Promise<Uint8Array>>();

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /**
   * The page that holds a byte: `pageSize` bytes, fewer at the end of the source.
   * @throws EngineError as `ByteSource.read`
   */
  page(byte: number): Promise<Uint8Array> {
    const number = Math.floor(byte / pageSize);
    const known = this.#pages.get(number);
    this.#pages.delete(number);
    const page = known ?? this.#read(number);
    this.#pages.set(number, page);
    if (this.#pages.size > mostPages) {
      const [oldest] = this.#pages.keys();
      this.#pages.delete(oldest!);
    }
    return page;
  }

  /**
   * The bytes `[from, to)`, fewer at the end of the source.
   * @throws EngineError as `ByteSource.read`
   */
  async bytes(from: number, to: number): Promise<Uint8Array> {
    const end = Math.min(to, this.#source.size);
    const joined = new Uint8Array(Math.max(0, end - from));
    let at = from;
    while (at < end) {
      const page = await this.page(at);
      const inPage = at % pageSize;
      const piece = page.subarray(inPage, Math.min(page.length, inPage + end - at));
      if (piece.length === 0) return joined.subarray(0, at - from);
      joined.set(piece, at - from);
      at += piece.length;
    }
    return joined;
  }

  /** Forgets what is at or behind a byte: it may have changed. */
  forget(from: number): void {
    const first = Math.floor(from / pageSize);
    for (const number of [...this.#pages.keys()]) if (number >= first) this.#pages.delete(number);
  }

  async #read(number: number): Promise<Uint8Array> {
    const at = number * pageSize;
    const page = new Uint8Array(Math.max(0, Math.min(pageSize, this.#source.size - at)));
    try {
      return page.subarray(0, await this.#source.read(page, at));
    } catch (error) {
      this.#pages.delete(number);
      throw error;
    }
  }
}
