import { Worker } from 'node:worker_threads';
import type { WorkerSetup } from '../protocol/workerApi.ts';
import type { EnginePort, EnginePortListeners } from './engineClient.ts';

/**
 * Heap of the worker in MB. Logs live outside of it in typed arrays; a runaway object graph then ends
 * the worker with an error instead of the process that hosts all extensions.
 */
const heapLimit = 1_024;

/** Starts the engine in a thread of its own. */
export function startWorker(
  file: string,
  setup: WorkerSetup,
  listeners: EnginePortListeners,
): EnginePort {
  const worker = new Worker(file, {
    name: 'faultline-engine',
    workerData: setup,
    resourceLimits: { maxOldGenerationSizeMb: heapLimit },
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
