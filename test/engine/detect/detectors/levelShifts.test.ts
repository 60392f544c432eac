import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/engine/base/random.ts';
import { levelShifts } from '../../../../src/engine/detect/detectors/levelShifts.ts';
import { findChangePoint } from '../../../../src/engine/detect/numeric/changePoint.ts';
import type { Entry } from '../syntheticLog.ts';
import { evidenceOf } from './evidenceOf.ts';

const random = seededRandom(9);
const spread = (middle: number): number => Math.round(middle * Math.exp((random() - 0.5) * 1.2));

/** Queries whose duration is what `middle` says at their index, and a beat. */
function queries(middle: (index: number) => number, every: (at: number) => number): Entry[] {
  const entries = Array.from({ length: 900 }, (_, index): Entry => ({
    at: index * 700 + Math.floor(random() * 500),
    text: `INFO [db] query of ${index * 7} took ${spread(middle(index))} ms`,
  }));
  for (let at = 0; at < 630_000; at += every(at)) {
    entries.push({ at: Math.round(at + random() * 40), text: 'INFO [core] all checks passed' });
  }
  return entries.sort((a, b) => a.at - b.at);
}

describe('level shifts', () => {
  it('of values are told where they begin, with both levels', async () => {
    const entries = queries(
      (index) => (index < 600 ? 40 : 130),
      () => 5000,
    );
    const found = await evidenceOf(levelShifts, entries);
    expect(found.map(({ family }) => family)).toEqual(['value']);
    const index = Number(/query of (\d+)/.exec(entries[found[0]!.record]!.text)![1]) / 7;
    expect(Math.abs(index - 600)).toBeLessThan(15);
    expect(found[0]!.describe().text).toMatch(/^took \d+ to 2\d\d ms from here on \(\d+ values\)/);
  });

  it('of rates are told', async () => {
    const found = await evidenceOf(
      levelShifts,
      queries(
        () => 40,
        (at) => (at < 300_000 ? 3000 : 9000),
      ),
    );
    expect(found.map(({ family }) => family)).toEqual(['rate']);
    expect(found[0]!.describe().text).toMatch(/“all checks passed” came every 9 s/);
  });

  it('are none where values spread, drift, come in waves or in episodes', async () => {
    const levels: ((index: number) => number)[] = [
      () => 40,
      (index) => 40 + index / 6,
      (index) => 60 + 40 * Math.sin(index / 90),
      (index) => (index > 300 && index < 330 ? 400 : 40),
    ];
    for (const level of levels) {
      expect(
        (
          await evidenceOf(
            levelShifts,
            queries(level, () => 5000),
          )
        ).map(({ key }) => key),
      ).toEqual([]);
    }
  });
});

describe('change point', () => {
  it('is found with its side, and not in random walks', () => {
    const step = Float64Array.from({ length: 400 }, (_, at) => random() + (at < 250 ? 2 : 0.8));
    expect(findChangePoint(step)).toMatchObject({ at: 250 });
    expect(findChangePoint(step)!.dominance).toBeLessThan(0.25);
    let walks = 0;
    for (let run = 0; run < 200; run += 1) {
      let at = 0;
      const walk = Float64Array.from({ length: 400 }, () => (at += random() - 0.5));
      if ((findChangePoint(walk)?.bits ?? 0) >= 8) walks += 1;
    }
    expect(walks).toBeLessThan(4);
    expect(findChangePoint(new Float64Array(500).fill(7))).toBeNull();
  });
});
