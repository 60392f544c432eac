import type { findCountInvariants as real } from '../../../src/engine/detect/detectors/countInvariants.ts';

export * from '../../../src/engine/detect/detectors/countInvariants.ts';
/** Finds no rule. */
export const findCountInvariants: typeof real = () => ({ invariants: [], deviations: () => [] });
