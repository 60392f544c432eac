import { bursts as real } from '../../../src/engine/detect/detectors/bursts.ts';
import { silenced } from '../silenced.ts';

export * from '../../../src/engine/detect/detectors/bursts.ts';
export const bursts = silenced(real);
