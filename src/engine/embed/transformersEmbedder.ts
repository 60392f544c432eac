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
    session_options: {
      executionProviders: ['wasm'],
      // Threads that wait sleep: spinning ones take the core that the work needs when the machine is
      // busy (24 instead of 3 ms a text on two cores under load), and gain little when it is not.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    },
  });
}

/** Mean over the tokens of each text: `data` is texts × tokens × dimensions. */
function meanPool(data: Float32Array, texts: number, dimensions: number): Float32Array[] {
  const size = data.length / texts;
  return Array.from({ length: texts }, (_, text) => {
    const vector = new Float32Array(dimensions);
    for (let at = text * size; at < (text + 1) * size; at += dimensions) {
      for (let i = 0; i < dimensions; i++) vector[i]! += data[at + i]!;
    }
    return normalise(vector);
  });
}

/** Tokens of one run of the model: more gain nothing, and a run of a tenth of a second can be waited for. */
const runTokens = 256;

/** Positions of texts of the same number of tokens, so many as make a run. */
function runsOf(lengths: readonly number[]): number[][] {
  const byLength = new Map<number, number[]>();
  const runs: number[][] = [];
  lengths.forEach((length, position) => {
    const run = byLength.get(length) ?? [];
    if (run.length === 0) runs.push(run);
    run.push(position);
    if ((run.length + 1) * length > runTokens) byLength.delete(length);
    else byLength.set(length, run);
  });
  return runs;
}

async function embedRun(
  extractor: FeatureExtractionPipeline,
  model: ModelFiles,
  texts: readonly string[],
): Promise<Float32Array[]> {
  const inputs: unknown = extractor.tokenizer([...texts], {
    truncation: true,
    max_length: model.maxTokens,
  });
  const { last_hidden_state: states } = (await extractor.model(inputs)) as {
    last_hidden_state: Tensor;
  };
  const vectors = meanPool(states.data as Float32Array, texts.length, model.dimensions);
  if (!vectors.every((vector) => vector.every(Number.isFinite)))
    throw new Error('The model answered with numbers that are not finite.');
  return vectors;
}

const advice = 'Patterns are compared by their words meanwhile. Reload the window to try again.';

/**
 * Loads a sentence embedder (mean pooling, L2) and runs it in WebAssembly, in this thread.
 * Texts of equal length are run together, which saves a quarter of the time: the 8-bit scales are
 * fixed and nothing is padded, so a text has the same vector whatever it is run with.
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
      const vectors = new Array<Float32Array>(texts.length);
      try {
        const read = texts.map((text) => text.slice(0, maxCharacters));
        const lengths = read.map((text) =>
          Math.min(model.maxTokens, extractor.tokenizer.encode(text).length),
        );
        for (const run of runsOf(lengths)) {
          const found = await embedRun(
            extractor,
            model,
            run.map((position) => read[position]!),
          );
          run.forEach((position, index) => (vectors[position] = found[index]!));
          await yieldToEventLoop(signal);
        }
      } catch (error) {
        if (EngineError.is(error, 'aborted')) throw error;
        throw new EngineError(
          'model-failed',
          `The embedding model ${model.id} failed.`,
          advice,
          error,
        );
      }
      return vectors;
    },
    async close() {
      await extractor.dispose();
    },
  };
}
