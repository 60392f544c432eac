import type { SourceEncoding } from './byteSource.ts';
import { detectEncoding } from './detectEncoding.ts';
import { Utf16Transcoder } from './utf16Transcoder.ts';

/** Bytes that are looked at before the encoding of a stream is decided. */
const sampleBytes = 65_536;

/** A stream of raw bytes becomes a stream of text as a source gives it: without mark, UTF-16 as UTF-8. */
export class TextIntake {
  readonly #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #encoding: SourceEncoding | null = null;
  #transcoder: Utf16Transcoder | null = null;

  /** `utf-8` until enough was seen. */
  get encoding(): SourceEncoding {
    return this.#encoding ?? 'utf-8';
  }

  /** The text that can be told by now. */
  take(bytes: Uint8Array): Uint8Array {
    if (this.#encoding !== null) return this.#transcoder?.transcode(bytes) ?? bytes;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    return this.#waitingBytes < sampleBytes ? new Uint8Array(0) : this.decide();
  }

  /** Decides with what is there, as at the end of the stream; more may follow. */
  decide(): Uint8Array {
    if (this.#encoding !== null) return new Uint8Array(0);
    const head = Buffer.concat(this.#waiting.splice(0));
    const { encoding, skip } = detectEncoding(head);
    this.#encoding = encoding;
    if (encoding === 'utf-16le' || encoding === 'utf-16be') {
      this.#transcoder = new Utf16Transcoder(encoding === 'utf-16be');
    }
    return this.take(head.subarray(skip));
  }
}
