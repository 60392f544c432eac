import { repeats as real } from '../../../src/engine/detect/detectors/repeats.ts';
import { silenced } from '../silenced.ts';

export * from '../../../src/engine/detect/detectors/repeats.ts';
export const repeats = silenced(real);
