import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/engine/base/random.ts';
import { nextEvent } from '../../../../src/engine/detect/detectors/nextEvent.ts';
import { nextEventModel } from '../../../../src/engine/detect/detectors/nextEventModel.ts';
import { buildEvents } from '../../../../src/engine/detect/events.ts';
import { viewOf, write, type Entry } from '../syntheticLog.ts';

/** Bits per position of one stream. */
function bitsOf(events: readonly number[], vocabulary: number): number[] {
  const at = (index: number): number => events[index] ?? -1;
  const model = nextEventModel(
    {
      events: Uint32Array.from(events),
      one: Int32Array.from(events, (_, index) => at(index - 1)),
      two: Int32Array.from(events, (_, index) => at(index - 2)),
    },
    vocabulary,
  );
  return events.map((event, index) =>
    model.bits(model.excess(at(index - 2), at(index - 1), event, true)),
  );
}

describe('next event', () => {
  it('is surprised by a step out of turn', () => {
    const events = Array.from({ length: 900 }, (_, index) => index % 3);
    events[601] = 2;
    const bits = bitsOf(events, 3);
    expect(bits[601]).toBeGreaterThan(5);
    expect(bits[300]).toBe(0);
  });

  it('is not surprised by anything where everything follows everything', () => {
    const noise = seededRandom(7);
    const events = Array.from({ length: 3000 }, () => Math.floor(noise() * 6));
    expect(bitsOf(events, 6).filter((bits) => bits >= 8)).toEqual([]);
  });

  it('does not count a rare event twice', () => {
    const noise = seededRandom(8);
    const events = Array.from({ length: 3000 }, () => Math.floor(noise() * 6));
    events[1500] = 6;
    expect(bitsOf(events, 7)[1500]).toBeLessThan(8);
  });

  it('judges appended records by the log before them, and names what usually comes', async () => {
    const steps = ['round begins', 'sensors are read', 'values are stored', 'round ends'];
    const entries = Array.from({ length: 2400 }, (_, index): Entry => ({
      at: index * 1000,
      text: `INFO [unit] ${steps[index % 4]!}`,
    }));
    entries[2201] = { ...entries[2201]!, text: 'INFO [unit] values are stored' };
    const before = await viewOf(write(entries.slice(0, 2100)));
    const after = await viewOf(write(entries));
    const judge = nextEvent.learn(before, buildEvents(before.records, before.templates));
    expect(judge.surprise).toHaveLength(2100);
    const found = judge.judge(after, buildEvents(after.records, after.templates), 2100);
    expect(found.map(({ record }) => record)).toContain(2201);
    expect(found.find(({ record }) => record === 2201)!.describe()).toMatchObject({
      observed: 'after “round begins”',
      expected: '“sensors are read” next (100 %)',
    });
    const whole = nextEvent.learn(after, buildEvents(after.records, after.templates));
    const all = whole.judge(after, buildEvents(after.records, after.templates), 0);
    expect(all.map(({ record }) => record)).toContain(2201);
  });
});
