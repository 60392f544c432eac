import type { rarityBits as real } from '../../../src/engine/detect/detectors/rarity.ts';

export * from '../../../src/engine/detect/detectors/rarity.ts';
/** Nothing is rare. */
export const rarityBits: typeof real = (events) => new Float64Array(events.count);
