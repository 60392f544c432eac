import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/engine/base/random.ts';
import { gaps } from '../../../../src/engine/detect/detectors/gaps.ts';
import { buildEvents } from '../../../../src/engine/detect/events.ts';
import { viewOf, write, type Entry } from '../syntheticLog.ts';
import { evidenceOf, traffic } from './evidenceOf.ts';

/** Everything from an entry on happens later. */
function delayed(entries: readonly Entry[], from: number, by: number): Entry[] {
  return entries.map((entry, index) => (index < from ? entry : { ...entry, at: entry.at + by }));
}

describe('gaps', () => {
  it('are told where the log paused far longer than it ever does', async () => {
    const found = await evidenceOf(gaps, delayed(traffic(3000, 400, 1), 2000, 120_000));
    expect(found.map(({ record }) => record)).toEqual([2000]);
    expect(found[0]!.bits).toBeGreaterThan(13);
    expect(found[0]!.shows).toEqual([1999, 2000]);
    expect(found[0]!.describe().text).toMatch(
      /^Nothing was logged for 2 min before this line; 99 %/,
    );
  });

  it('are told of steps that always follow at once, in a log that often waits', async () => {
    const random = seededRandom(3);
    const steps = ['began the round', 'read the sensors', 'wrote the values', 'ended the round'];
    let at = 0;
    const entries = Array.from({ length: 2400 }, (_, index): Entry => {
      at += index % 4 === 0 ? 20_000 + random() * 60_000 : 20 + random() * 200;
      if (index === 1402) at += 55_000;
      return { at: Math.round(at), text: `INFO [unit] ${steps[index % 4]!}` };
    });
    const found = await evidenceOf(gaps, entries);
    expect(found.map(({ record }) => record)).toEqual([1402]);
    expect(found[0]!.describe().text).toMatch(/^5\d(\.\d)? s after “read the sensors”/);
  });

  it('are not the longest of ordinary pauses, several of a kind, or a clock set back', async () => {
    for (const seed of [4, 5, 6])
      expect(await evidenceOf(gaps, traffic(4000, 700, seed))).toEqual([]);
    let often = traffic(3000, 400, 7);
    for (let from = 60; from < 3000; from += 60) often = delayed(often, from, 90_000 + from * 20);
    expect(await evidenceOf(gaps, often)).toEqual([]);
    const view = await viewOf(write(traffic(3000, 400, 8)));
    const back = view.records.time.map((time, index) => (index < 1500 ? time : time - 7_200_000));
    const events = buildEvents(view.records, view.templates);
    const jumped = { ...view, records: { ...view.records, time: back } };
    expect(gaps.learn(jumped, events).judge(jumped, events, 0)).toEqual([]);
  });

  it('are found in what was appended', async () => {
    const entries = delayed(traffic(3000, 400, 1), 2900, 120_000);
    const before = await viewOf(write(entries.slice(0, 2800)));
    const after = await viewOf(write(entries));
    const judge = gaps.learn(before, buildEvents(before.records, before.templates));
    const events = buildEvents(after.records, after.templates);
    expect(judge.judge(after, events, 2800).map(({ record }) => record)).toEqual([2900]);
    expect(judge.judge(after, events, 2901)).toEqual([]);
  });
});
