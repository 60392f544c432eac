import { reconstructLines as real } from '../../../src/engine/detect/detectors/lineAutoencoder.ts';

export * from '../../../src/engine/detect/detectors/lineAutoencoder.ts';
/** Every line is reproduced as badly as can be, so that the neighbours decide. */
export const reconstructLines: typeof real = (...told) => {
  const found = real(...told);
  found.bits.fill(20);
  return found;
};
