import type { Embedder, EmbedderStatus } from '../engine/embed/embedder.ts';
import { hashingEmbedder } from '../engine/embed/hashingEmbedder.ts';
import type { OpenEmbedder } from '../engine/embed/openEmbedder.ts';

const notOpened: EmbedderStatus = { id: 'local model', state: 'loading', detail: '' };

/**
 * The local model, opened when the first pattern is to be compared, so that first marks never wait for
 * it. Embeds for one caller at a time: the runtime has one session.
 */
export class LazyEmbedder implements Embedder {
  readonly #open: () => Promise<OpenEmbedder>;
  #opening: Promise<OpenEmbedder> | null = null;
  #opened: OpenEmbedder | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(open: () => Promise<OpenEmbedder>) {
    this.#open = open;
  }

  get id(): string {
    return this.#opened?.embedder.id ?? notOpened.id;
  }

  get dimensions(): number {
    return this.#opened?.embedder.dimensions ?? hashingEmbedder.dimensions;
  }

  get status(): EmbedderStatus {
    return this.#opened?.status ?? notOpened;
  }

  /**
   * The embedder, opened: from then on `id`, `dimensions` and `status` are the model's.
   * @throws EngineError `model-failed`
   */
  async ready(): Promise<Embedder> {
    this.#opening ??= this.#open();
    try {
      this.#opened = await this.#opening;
    } catch (error) {
      // Not for ever: the next log may try again.
      this.#opening = null;
      throw error;
    }
    return this;
  }

  async embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    const turn = this.#embedAfter(this.#queue, texts, signal);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #embedAfter(
    before: Promise<unknown>,
    texts: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<Float32Array[]> {
    await this.ready();
    await before;
    return (this.#opened?.embedder ?? hashingEmbedder).embed(texts, signal);
  }
}
