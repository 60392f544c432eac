import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runtimeFiles, workerOptions } from '../../../scripts/bundle/worker-aliases.mjs';
import { modelsDir } from '../../support/models.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Embeds what it is sent and answers with the vectors, as the worker of the extension does. */
const program = `
  import { parentPort, workerData } from 'node:worker_threads';
  import { checkModelFiles } from './modelFiles.ts';
  import { openTransformersEmbedder } from './transformersEmbedder.ts';
  const model = await checkModelFiles(workerData.modelsDir);
  const embedder = await openTransformersEmbedder(model, { threads: workerData.threads });
  parentPort.on('message', async (texts) => {
    parentPort.postMessage('started');
    parentPort.postMessage(await embedder.embed(texts));
  });
  parentPort.postMessage('ready');
`;

describe('the embedder in a bundled worker', () => {
  let folder: string;
  let inputs: Metafile['inputs'];
  beforeAll(async () => {
    mkdirSync(join(root, '.cache'), { recursive: true });
    folder = mkdtempSync(join(root, '.cache', 'worker-bundle-'));
    const result = await build({
      ...workerOptions,
      stdin: { contents: program, resolveDir: join(root, 'src/engine/embed'), loader: 'ts' },
      outfile: join(folder, 'worker.mjs'),
      metafile: true,
      logLevel: 'error',
    });
    inputs = result.metafile.inputs;
    for (const file of runtimeFiles) copyFileSync(file, join(folder, basename(file)));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (threads: number) =>
    new Worker(join(folder, 'worker.mjs'), {
      workerData: { modelsDir, threads },
      // Nothing that the test runner sets may reach the worker.
      execArgv: [],
    });
  const next = (worker: Worker) =>
    new Promise<unknown>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });

  it('holds no native code', () => {
    const packages = Object.keys(inputs).filter((path) =>
      /onnxruntime-node|[\\/]sharp[\\/]/.test(path),
    );
    expect(packages).toEqual([]);
  });

  it.each([1, 2])('embeds with %i thread(s), from files beside the bundle', async (threads) => {
    const worker = start(threads);
    expect(await next(worker)).toBe('ready');
    worker.postMessage(['disk is full', 'no space left on device']);
    expect(await next(worker)).toBe('started');
    const vectors = (await next(worker)) as Float32Array[];
    expect(vectors.map((vector) => vector.length)).toEqual([384, 384]);
    await worker.terminate();
  });

  it.each([1, 2])('can be terminated in the middle of a run with %i thread(s)', async (threads) => {
    for (let round = 0; round < 2; round += 1) {
      const worker = start(threads);
      expect(await next(worker)).toBe('ready');
      worker.postMessage(
        Array.from({ length: 500 }, (_, index) => `long line ${index} `.repeat(20)),
      );
      expect(await next(worker)).toBe('started');
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await worker.terminate()).toBe(1);
    }
  });
});
