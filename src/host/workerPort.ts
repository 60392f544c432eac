import { Worker } from 'node:worker_threads';
import type { ReaderSetup } from '../protocol/readerApi.ts';
import type { WorkerSetup } from '../protocol/workerApi.ts';
import type { ThreadListeners, ThreadPort } from './supervisedThread.ts';

/**
 * Heaps in MB. Logs live outside of them in typed arrays; a runaway object graph then ends the worker
 * with an error instead of the process that hosts all extensions.
 */
const engineHeap = 1_024;
const readerHeap = 256;

/** Starts the engine in a thread of its own. */
export function startWorker(
  file: string,
  setup: WorkerSetup,
  listeners: ThreadListeners,
): ThreadPort {
  return startThread('faultline-engine', file, setup, engineHeap, listeners);
}

/** Starts the thread that reads logs for the viewer. */
export function startReader(
  file: string,
  setup: ReaderSetup,
  listeners: ThreadListeners,
): ThreadPort {
  return startThread('faultline-reader', file, setup, readerHeap, listeners);
}

function startThread(
  name: string,
  file: string,
  workerData: unknown,
  heapMb: number,
  listeners: ThreadListeners,
): ThreadPort {
  const worker = new Worker(file, {
    name,
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  let failure: Error | null = null;
  worker.on('message', listeners.onMessage);
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error));
  });
  worker.on('exit', () => {
    listeners.onExit(failure);
  });
  return {
    post: (message, transfer) => {
      worker.postMessage(message, [...transfer]);
    },
    terminate: () => void worker.terminate(),
  };
}
