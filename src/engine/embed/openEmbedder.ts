import { EngineError } from '../base/engineError.ts';
import type { Log } from '../base/log.ts';
import { cachedEmbedder } from './cachedEmbedder.ts';
import type { Embedder, EmbedderStatus } from './embedder.ts';
import { hashingEmbedder } from './hashingEmbedder.ts';
import { checkModelFiles } from './modelFiles.ts';
import { openTransformersEmbedder } from './transformersEmbedder.ts';
import { FileVectorCache } from './vectorCache.ts';

export interface EmbedderOptions {
  /** The folder with `manifest.json`. */
  readonly modelsDir: string;
  /** Where vectors are kept between runs. */
  readonly cacheDir: string;
  /** Cores that the model may use; at least one thread runs, at most four do. */
  readonly cores: number;
  readonly log: Log;
}

export interface OpenEmbedder {
  readonly embedder: Embedder;
  readonly status: EmbedderStatus;
  /** Gives back the memory of the model. Calls of `embed` must have ended. */
  readonly close: () => Promise<void>;
}

/** Threads beyond this wait for each other more than they work: a run of the model is short. */
const mostThreads = 4;

/**
 * The best embedder this machine has: the local model, or, where it is missing, damaged or refused,
 * hashing, with the reason in the status. Takes about a second and 300 MB for the model, so roots
 * call it when the first log needs it. Never rejects.
 */
export async function openEmbedder({
  modelsDir,
  cacheDir,
  cores,
  log,
}: EmbedderOptions): Promise<OpenEmbedder> {
  try {
    const model = await checkModelFiles(modelsDir);
    const inner = await openTransformersEmbedder(model, {
      threads: Math.max(1, Math.min(mostThreads, cores)),
    });
    const { id, dimensions } = inner;
    const cache = new FileVectorCache({ dir: cacheDir, embedderId: id, dimensions, log });
    return {
      embedder: cachedEmbedder(inner, cache),
      status: { id, state: 'ready', detail: '' },
      close: () => inner.close(),
    };
  } catch (error) {
    const detail = EngineError.is(error)
      ? `${error.message} ${error.advice}`
      : `The embedding model could not be opened: ${String(error)}`;
    log.error(detail, error);
    return {
      embedder: hashingEmbedder,
      status: { id: hashingEmbedder.id, state: 'fallback', detail },
      close: () => Promise.resolve(),
    };
  }
}
