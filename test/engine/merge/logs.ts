import type { ByteSource, SourceEncoding } from '../../../src/engine/source/byteSource.ts';
import type { MergeInput } from '../../../src/engine/merge/timeMerge.ts';

/** A source in memory that may hand out less than it is asked for, as a disk may. */
export function memorySource(
  path: string,
  text: string | Uint8Array,
  {
    most = Infinity,
    encoding = 'utf-8',
  }: { readonly most?: number; readonly encoding?: SourceEncoding } = {},
): ByteSource {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return {
    path,
    parts: [{ path, start: 0, packing: 'none' }],
    encoding,
    size: bytes.length,
    notes: [],
    read(into, at) {
      const piece = bytes.subarray(at, Math.min(bytes.length, at + Math.min(most, into.length)));
      into.set(piece);
      return Promise.resolve(piece.length);
    },
    refresh: () => Promise.resolve({ kind: 'same' }),
    close: () => Promise.resolve(),
  };
}

/** The text of a log, or the text and its skew in milliseconds. */
export type OneLog = string | { readonly text: string; readonly skew: number };

/** Logs to merge, named by letters. */
export function inputsOf(...texts: readonly OneLog[]): MergeInput[] {
  return texts.map((one, index) => {
    const name = `${String.fromCharCode(97 + index)}.log`;
    const { text, skew } = typeof one === 'string' ? { text: one, skew: 0 } : one;
    return { source: memorySource(name, text), name, skew };
  });
}

/** Keeps what is appended, copied as the contract of a writer demands. */
export class Collected {
  readonly pieces: Uint8Array[] = [];

  append(bytes: Uint8Array): Promise<void> {
    this.pieces.push(bytes.slice());
    return Promise.resolve();
  }

  get text(): string {
    return Buffer.concat(this.pieces).toString('utf8');
  }

  get lines(): string[] {
    const lines = this.text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    return lines;
  }
}

/** A log line of an ordinary program, so many milliseconds after noon. */
export function at(ms: number, message: string): string {
  return `${new Date(Date.UTC(2026, 2, 12, 12) + ms).toISOString()} INFO shop.Cart - ${message}`;
}
