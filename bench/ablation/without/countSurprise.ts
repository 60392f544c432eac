import type { countSurprise as real } from '../../../src/engine/detect/detectors/countSurprise.ts';

export * from '../../../src/engine/detect/detectors/countSurprise.ts';
/** Surprised by nothing. */
export const countSurprise: typeof real = () => ({ score: () => 0 });
