import { silences as real } from '../../../src/engine/detect/detectors/silences.ts';
import { silenced } from '../silenced.ts';

export * from '../../../src/engine/detect/detectors/silences.ts';
export const silences = silenced(real);
