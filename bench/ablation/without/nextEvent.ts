import { nextEvent as real } from '../../../src/engine/detect/detectors/nextEvent.ts';
import { silenced } from '../silenced.ts';

export * from '../../../src/engine/detect/detectors/nextEvent.ts';
export const nextEvent = silenced(real);
