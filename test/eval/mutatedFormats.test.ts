import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/engine/base/random.ts';
import { mutatedLog } from '../../src/eval/formats/mutateSample.ts';
import { sampledFormats } from '../../src/eval/formats/sampledFormats.ts';
import { readMutated } from '../../src/eval/formats/readMutated.ts';

/** One choice of seeds for every run: what a format is read as is no matter of luck. */
const seed = 2026;

describe('samples with other words, hosts, dates and containers', () => {
  it.each(sampledFormats.map((entry) => [entry.name, entry] as const))(
    'of %s are read as the same format, with the right fields',
    async (name, entry) => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (number) => {
          const log = mutatedLog(entry, seededRandom(number));
          const { wrong } = await readMutated(name, log);
          expect(wrong).toBeNull();
        }),
        { seed, numRuns: 8 },
      );
    },
  );
});
