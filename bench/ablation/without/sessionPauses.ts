import { learnPauses as real } from '../../../src/engine/detect/detectors/sessionPauses.ts';

export * from '../../../src/engine/detect/detectors/sessionPauses.ts';
/** Calls no step slow. */
export const learnPauses: typeof real = (...told) => ({ ...real(...told), slow: () => null });
