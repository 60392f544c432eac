import { parentPort, workerData } from 'node:worker_threads';
import type { ReaderSetup } from '../protocol/readerApi.ts';
import { serveReader } from './serveReader.ts';

// A thread of its own, so that lines appear at once while the engine's thread analyses.

if (parentPort === null) throw new Error('This program is started by the extension, as a worker.');
serveReader(parentPort, workerData as ReaderSetup);
