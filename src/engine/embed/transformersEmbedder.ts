import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FeatureExtractionPipeline, Tensor } from '@huggingface/transformers';
import * as onnxRuntime from 'onnxruntime-web';
import { throwIfAborted, yieldToEventLoop } from '../base/abort.ts';
import { EngineError } from '../base/engineError.ts';
import type { Embedder } from './embedder.ts';
import type { ModelFiles } from './modelFiles.ts';
import { normalise } from './vectors.ts';

/** An embedder that holds memory and threads until it is closed. */
export interface TransformersEmbedder extends Embedder {
  close(): Promise<void>;
}

export interface TransformersOptions {
  /** Threads of the WebAssembly runtime. */
  readonly threads: number;
}

/** A token is at least one character, so 128 tokens of ordinary text lie well below; tokenising stays bounded. */
const maxCharacters = 2048;

const wasmFile = 'ort-wasm-simd-threaded.wasm';

/** Folder URL of the WebAssembly files: beside the bundle, or in the package when run from source. */
function runtimeFolder(): string {
  const beside = new URL('./', import.meta.url);
  if (existsSync(fileURLToPath(new URL(wasmFile, beside)))) return beside.href;
  const require = createRequire(import.meta.url);
  return new URL('./', pathToFileURL(require.resolve('onnxruntime-web'))).href;
}

async function loadPipeline(
  model: ModelFiles,
  threads: number,
): Promise<FeatureExtractionPipeline> {
  onnxRuntime.env.wasm.numThreads = threads;
  onnxRuntime.env.wasm.wasmPaths = runtimeFolder();
  // transformers takes the runtime it finds under this symbol instead of its native one, which is
  // 25-86 MB a platform and aborts the whole process when a worker ends in the middle of a run.
  (globalThis as Record<symbol, unknown>)[Symbol.for('onnxruntime')] = onnxRuntime;
  const { env, pipeline } = await import('@huggingface/transformers');
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = model.modelsDir;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  return pipeline('feature-extraction', model.id, {
    dtype: model.precision,
    device: 'auto',
    local_files_only: true,
    session_options: { executionProviders: ['wasm'] },
  });
}

/** Mean over the tokens of a one-text batch: `data` is tokens × dimensions. */
function meanPool(data: Float32Array, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  for (let at = 0; at < data.length; at += dimensions) {
    for (let i = 0; i < dimensions; i++) vector[i]! += data[at + i]!;
  }
  return normalise(vector);
}

async function embedOne(
  extractor: FeatureExtractionPipeline,
  model: ModelFiles,
  text: string,
): Promise<Float32Array> {
  const inputs: unknown = extractor.tokenizer([text.slice(0, maxCharacters)], {
    truncation: true,
    max_length: model.maxTokens,
  });
  const { last_hidden_state: states } = (await extractor.model(inputs)) as {
    last_hidden_state: Tensor;
  };
  const vector = meanPool(states.data as Float32Array, model.dimensions);
  if (!vector.every(Number.isFinite))
    throw new Error('The model answered with numbers that are not finite.');
  return vector;
}

const advice = 'Patterns are compared by their words meanwhile. Reload the window to try again.';

/**
 * Loads a sentence embedder (mean pooling, L2) and runs it in WebAssembly, in this thread.
 * Texts are run one at a time: the 8-bit scale of a batch is shared by its texts, so a vector would
 * depend on its neighbours. Alone, the same text has the same vector always.
 * @throws EngineError `model-failed` when the runtime refuses the model
 */
export async function openTransformersEmbedder(
  model: ModelFiles,
  options: TransformersOptions,
): Promise<TransformersEmbedder> {
  let extractor: FeatureExtractionPipeline;
  try {
    extractor = await loadPipeline(model, options.threads);
  } catch (error) {
    throw new EngineError(
      'model-failed',
      `The embedding model ${model.id} could not be started.`,
      advice,
      error,
    );
  }
  return {
    id: `${model.id}-${model.precision}-${model.revision}`,
    dimensions: model.dimensions,
    async embed(texts, signal) {
      throwIfAborted(signal);
      const vectors: Float32Array[] = [];
      for (const text of texts) {
        try {
          vectors.push(await embedOne(extractor, model, text));
        } catch (error) {
          throw new EngineError(
            'model-failed',
            `The embedding model ${model.id} failed.`,
            advice,
            error,
          );
        }
        await yieldToEventLoop(signal);
      }
      return vectors;
    },
    async close() {
      await extractor.dispose();
    },
  };
}
