import { severityPrior as real } from '../../../src/engine/detect/detectors/severity.ts';

export * from '../../../src/engine/detect/detectors/severity.ts';
/** No level and no word speaks for a failure. */
export const severityPrior: typeof real = (...told) => {
  const prior = real(...told);
  prior.prior.fill(0);
  prior.bits.fill(0);
  return prior;
};
