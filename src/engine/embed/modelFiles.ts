import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { EngineError } from '../base/engineError.ts';

/** A local model whose files are all there and unchanged. */
export interface ModelFiles {
  readonly id: string;
  /** First digits of the sha256 over all its files: the same id may be built anew. */
  readonly revision: string;
  /** Which of the ONNX files: `q8` is `onnx/model_quantized.onnx`. */
  readonly precision: 'q8';
  readonly dimensions: number;
  /** Longer texts are cut. */
  readonly maxTokens: number;
  /** The folder that holds one folder per model id. */
  readonly modelsDir: string;
}

const name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));

const manifestSchema = v.object({
  version: v.literal(1),
  models: v.array(
    v.object({
      id: name,
      precision: v.literal('q8'),
      dimensions: count,
      maxTokens: count,
      files: v.array(
        v.object({
          // Only below the folder of the model: a manifest must not make us read elsewhere.
          path: v.pipe(
            v.string(),
            v.regex(/^(?:[A-Za-z0-9_][A-Za-z0-9._-]*\/)*[A-Za-z0-9_][A-Za-z0-9._-]*$/),
          ),
          bytes: count,
          sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
        }),
      ),
    }),
  ),
});

const reinstall = 'Install the extension again. Until then patterns are compared by their words.';

async function readModelFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new EngineError(
      'model-missing',
      missing
        ? `A file of the embedding model is missing: ${path}`
        : `A file of the embedding model cannot be read: ${path}`,
      missing ? reinstall : 'Check the permissions of this file.',
      error,
    );
  }
}

function parseManifest(text: string, path: string): v.InferOutput<typeof manifestSchema> {
  try {
    return v.parse(manifestSchema, JSON.parse(text));
  } catch (error) {
    throw new EngineError(
      'model-corrupt',
      `The list of models is damaged: ${path}`,
      reinstall,
      error,
    );
  }
}

/**
 * Reads `manifest.json` in `modelsDir` and checks every file of a model against its size and
 * sha256 (about 60 ms for 24 MB), so that a half-copied file is told apart from a failing runtime.
 * @param id Model to check; the first one of the manifest when left out.
 * @throws EngineError `model-missing`, `model-corrupt`
 */
export async function checkModelFiles(modelsDir: string, id?: string): Promise<ModelFiles> {
  const manifestPath = join(modelsDir, 'manifest.json');
  const manifest = parseManifest(
    (await readModelFile(manifestPath)).toString('utf8'),
    manifestPath,
  );
  const model = manifest.models.find((each) => id === undefined || each.id === id);
  if (model === undefined) {
    throw new EngineError(
      'model-missing',
      `The list of models has no ${id ?? 'entry'}: ${manifestPath}`,
      reinstall,
    );
  }
  const all = createHash('sha256');
  for (const file of model.files) {
    const path = join(modelsDir, model.id, file.path);
    const content = await readModelFile(path);
    const sha256 = createHash('sha256').update(content).digest('hex');
    if (content.length !== file.bytes || sha256 !== file.sha256) {
      throw new EngineError(
        'model-corrupt',
        `A file of the embedding model is damaged: ${path}`,
        reinstall,
      );
    }
    all.update(sha256);
  }
  return {
    id: model.id,
    revision: all.digest('hex').slice(0, 8),
    precision: model.precision,
    dimensions: model.dimensions,
    maxTokens: model.maxTokens,
    modelsDir,
  };
}
