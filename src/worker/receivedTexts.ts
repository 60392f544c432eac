import { EngineError } from '../engine/base/engineError.ts';

/** Texts on their way: slices of documents that have no file, until they are analysed. */
export class ReceivedTexts {
  readonly #slices = new Map<string, Uint8Array[]>();

  add(key: string, bytes: Uint8Array, first: boolean): void {
    const slices = first ? [] : (this.#slices.get(key) ?? []);
    slices.push(bytes);
    this.#slices.set(key, slices);
  }

  /** All slices as one piece; they are forgotten. @throws EngineError `not-found` */
  take(key: string): Uint8Array {
    const slices = this.#slices.get(key);
    if (slices === undefined) {
      throw new EngineError('not-found', 'No text of the log has arrived.', 'Analyse it again.');
    }
    this.#slices.delete(key);
    const bytes = new Uint8Array(slices.reduce((sum, slice) => sum + slice.length, 0));
    let at = 0;
    for (const slice of slices) {
      bytes.set(slice, at);
      at += slice.length;
    }
    return bytes;
  }

  delete(key: string): void {
    this.#slices.delete(key);
  }
}
