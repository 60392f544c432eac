import { Worker } from 'node:worker_threads';
import type { EmbedderSetup } from '../protocol/embedderApi.ts';
import type { SegmentsSetup } from '../protocol/segmentsApi.ts';

/** A started thread. */
export interface ThreadPort {
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  terminate(): void;
}

export interface ThreadListeners {
  readonly onMessage: (message: unknown) => void;
  readonly onExit: (error: Error | null) => void;
}

/**
 * Megabytes for what is let go of soon after it was made, in threads that analyse segments: they take no
 * longer with a quarter of what is usual, and there are several of them.
 */
const segmentsYoung = 12;

/** Starts a bundle as a thread. */
export function startThread(
  program: URL,
  setup: EmbedderSetup | SegmentsSetup,
  { onMessage, onExit }: ThreadListeners,
): ThreadPort {
  const worker = new Worker(program, {
    name: `faultline-${setup.role}`,
    workerData: setup,
    ...(setup.role === 'segments'
      ? { resourceLimits: { maxYoungGenerationSizeMb: segmentsYoung } }
      : {}),
  });
  let failure: Error | null = null;
  worker.on('message', onMessage);
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error));
  });
  worker.on('exit', () => {
    onExit(failure);
  });
  return {
    post: (message, transfer) => {
      worker.postMessage(message, [...transfer]);
    },
    terminate: () => void worker.terminate(),
  };
}
