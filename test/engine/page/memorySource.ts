import type { ByteSource, SourceChange } from '../../../src/engine/source/byteSource.ts';

/** A source in memory that can grow and be cut. */
export class MemorySource implements ByteSource {
  readonly path = 'memory.log';
  readonly parts = [];
  readonly notes = [];
  readonly encoding: ByteSource['encoding'];
  #bytes: Uint8Array;

  constructor(text: string | Uint8Array, encoding: ByteSource['encoding'] = 'utf-8') {
    this.#bytes = typeof text === 'string' ? Buffer.from(text, asBuffer(encoding)) : text;
    this.encoding = encoding;
  }

  get size(): number {
    return this.#bytes.length;
  }

  append(text: string): SourceChange {
    const from = this.size;
    this.#bytes = Buffer.concat([this.#bytes, Buffer.from(text)]);
    return { kind: 'grew', from, to: this.size };
  }

  replace(text: string): SourceChange {
    this.#bytes = Buffer.from(text);
    return { kind: 'replaced', to: this.size };
  }

  read(into: Uint8Array, at: number): Promise<number> {
    const piece = this.#bytes.subarray(at, at + into.length);
    into.set(piece);
    return Promise.resolve(piece.length);
  }

  refresh(): Promise<SourceChange> {
    return Promise.resolve({ kind: 'same' });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function asBuffer(encoding: ByteSource['encoding']): BufferEncoding {
  return encoding === 'utf-8' ? 'utf-8' : 'latin1';
}
