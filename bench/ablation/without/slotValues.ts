import { slotValues as real } from '../../../src/engine/detect/detectors/slotValues.ts';
import { silenced } from '../silenced.ts';

export * from '../../../src/engine/detect/detectors/slotValues.ts';
export const slotValues = silenced(real);
