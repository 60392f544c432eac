import type { EmbedderStatus } from '../engine/embed/embedder.ts';
import type { WorkerEvents } from './workerApi.ts';
import type { Side } from './rpc.ts';

/** What the thread of the embedder is started with; `role` tells it from the engine's thread. */
export interface EmbedderSetup {
  readonly role: 'embedder';
  /** Folder with `manifest.json` of the embedding model. */
  readonly modelDir: string;
  /** Folder of the vector cache. */
  readonly cacheDir: string;
}

/** What the embedder's thread answers. */
interface EmbedderRequests {
  /** Opens the model, or what stands in for it. */
  open: {
    params: null;
    result: { readonly id: string; readonly dimensions: number; readonly status: EmbedderStatus };
  };
  /** One vector after the other in one array of `texts.length * dimensions` entries. */
  embed: {
    params: { readonly texts: readonly string[] };
    result: { readonly vectors: Float32Array<ArrayBuffer> };
  };
}

/** The embedder's side of the channel to the engine's thread. */
export type EmbedderSide = Side<EmbedderRequests, { output: WorkerEvents['output'] }>;
