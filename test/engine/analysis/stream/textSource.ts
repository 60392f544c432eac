import type {
  ByteSource,
  SourceChange,
  SourceEncoding,
} from '../../../../src/engine/source/byteSource.ts';

/** A source in memory that can be written to. */
export class TextSource implements ByteSource {
  readonly path = 'big.log';
  readonly parts = [];
  readonly encoding: SourceEncoding;
  readonly notes = [];
  #written: Uint8Array;
  size: number;

  constructor(text: string, encoding: SourceEncoding = 'utf-8') {
    this.encoding = encoding;
    this.#written = new TextEncoder().encode(text);
    this.size = this.#written.length;
  }

  write(text: string | Uint8Array): void {
    const more = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    this.#written = new Uint8Array([...this.#written, ...more]);
  }

  /** Puts another text in its place. */
  replace(text: string): void {
    this.#written = new TextEncoder().encode(text);
  }

  read(into: Uint8Array, at: number): Promise<number> {
    // Fewer than asked for, as a source may.
    const part = this.#written.subarray(at, Math.min(this.size, at + Math.min(into.length, 5000)));
    into.set(part);
    return Promise.resolve(part.length);
  }

  refresh(): Promise<SourceChange> {
    const from = this.size;
    const to = this.#written.length;
    this.size = to;
    if (to === from) return Promise.resolve({ kind: 'same' });
    return Promise.resolve(to > from ? { kind: 'grew', from, to } : { kind: 'truncated', to });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
