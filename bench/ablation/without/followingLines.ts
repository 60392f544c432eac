import { followingLines as real } from '../../../src/engine/detect/detectors/followingLines.ts';
import { silenced } from '../silenced.ts';

export * from '../../../src/engine/detect/detectors/followingLines.ts';
export const followingLines = silenced(real);
