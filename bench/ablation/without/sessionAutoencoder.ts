import { reconstructSessions as real } from '../../../src/engine/detect/detectors/sessionAutoencoder.ts';

export * from '../../../src/engine/detect/detectors/sessionAutoencoder.ts';
/** Reproduces every session equally well. */
export const reconstructSessions: typeof real = (matrix, training) => ({
  ...real(matrix, training),
  error: () => 1,
});
