import { levelShifts as real } from '../../../src/engine/detect/detectors/levelShifts.ts';
import { silenced } from '../silenced.ts';

export * from '../../../src/engine/detect/detectors/levelShifts.ts';
export const levelShifts = silenced(real);
