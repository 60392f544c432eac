import { parentPort, workerData } from 'node:worker_threads';
import type { EmbedderSetup } from '../protocol/embedderApi.ts';
import type { WorkerSetup } from '../protocol/workerApi.ts';
import { serveEmbedder } from './serveEmbedder.ts';
import { serveEngine } from './serveEngine.ts';

// Everything heavy happens in two threads, so that the host of all extensions never waits: the engine,
// and the embedder, which the engine starts when it has patterns to compare. One bundle serves as both.

if (parentPort === null) throw new Error('This program is started by the extension, as a worker.');
const setup = workerData as WorkerSetup | EmbedderSetup;
if ('role' in setup) serveEmbedder(parentPort, setup);
else serveEngine(parentPort, setup, new URL(import.meta.url));
