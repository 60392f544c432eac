import { EngineError } from './engineError.ts';

/** @throws EngineError with reason `aborted` when the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw new EngineError('aborted', 'The analysis was cancelled.', 'Run it again when needed.');
  }
}

/** Lets pending messages (a cancel, an append) in between two slices of long work. */
export async function yieldToEventLoop(signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  throwIfAborted(signal);
}
