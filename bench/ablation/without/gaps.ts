import { gaps as real } from '../../../src/engine/detect/detectors/gaps.ts';
import { silenced } from '../silenced.ts';

export * from '../../../src/engine/detect/detectors/gaps.ts';
export const gaps = silenced(real);
