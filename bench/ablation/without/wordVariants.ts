import { wordVariants as real } from '../../../src/engine/detect/detectors/wordVariants.ts';
import { silenced } from '../silenced.ts';

export * from '../../../src/engine/detect/detectors/wordVariants.ts';
export const wordVariants = silenced(real);
