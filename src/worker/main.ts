import { parentPort, workerData } from 'node:worker_threads';
import type { EmbedderSetup } from '../protocol/embedderApi.ts';
import type { SegmentsSetup } from '../protocol/segmentsApi.ts';
import type { WorkerSetup } from '../protocol/workerApi.ts';
import { serveEmbedder } from './serveEmbedder.ts';
import { serveEngine } from './serveEngine.ts';
import { serveSegments } from './serveSegments.ts';

// Everything heavy happens in threads, so that the host of all extensions never waits: the engine, and
// what it starts when needed, the embedder and two threads for large logs. One bundle serves as all.

if (parentPort === null) throw new Error('This program is started by the extension, as a worker.');
const setup = workerData as WorkerSetup | EmbedderSetup | SegmentsSetup;
if (!('role' in setup)) serveEngine(parentPort, setup, new URL(import.meta.url));
else if (setup.role === 'embedder') serveEmbedder(parentPort, setup);
else serveSegments(parentPort);
