/** What turns texts into vectors. Implementations: the local transformer, the hashing fallback. */
export interface Embedder {
  /** Model id and precision: part of every cache key. */
  readonly id: string;
  readonly dimensions: number;
  /**
   * One L2-normalised vector of `dimensions` entries per text, in order.
   * @throws EngineError `aborted`, `model-missing`, `model-corrupt`, `model-failed`
   */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
}

/** What the reader is told about the embedder. */
export interface EmbedderStatus {
  readonly id: string;
  readonly state: 'ready' | 'loading' | 'fallback' | 'off';
  /** Why it is a fallback or off, and what to do; empty when ready. */
  readonly detail: string;
}
