import type { ReaderFormat } from './readerFormat.ts';

/**
 * The formats that the reader described. A thread reads all its logs by the same ones, and they are
 * known before the first is read, so they are kept once instead of being handed through every function
 * between the settings and the inference.
 */
let inUse: readonly ReaderFormat[] = [];

/** Logs are read by these from now on. What was inferred before stands until a log is read again. */
export function useFormats(formats: readonly ReaderFormat[]): void {
  inUse = formats;
}

export function formatsInUse(): readonly ReaderFormat[] {
  return inUse;
}
