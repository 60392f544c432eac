import { describe, expect, it } from 'vitest';
import { repeats } from '../../../../src/engine/detect/detectors/repeats.ts';
import type { Entry } from '../syntheticLog.ts';
import { evidenceOf } from './evidenceOf.ts';

/** Letters with numbers of their own, and a state that is written again and again. */
function post(): Entry[] {
  return Array.from({ length: 1500 }, (_, index): Entry => ({
    at: index * 500,
    text:
      index % 5 === 0
        ? 'INFO [mail] queue is empty'
        : `INFO [mail] letter ${7919 * (index + 11)} sent to customer ${(index * 31) % 977}`,
  }));
}

describe('repeats', () => {
  it('of a message that is never repeated are told once, with all copies', async () => {
    const entries = post();
    const twice = entries.flatMap((entry, index) =>
      index === 702
        ? [entry, { ...entry, at: entry.at + 2 }, { ...entry, at: entry.at + 5 }]
        : [entry],
    );
    const found = await evidenceOf(repeats, twice);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ family: 'count', record: 702, shows: [702, 703, 704] });
    expect(found[0]!.describe().text).toMatch(/^This message was written 3 times within 5 ms/);
    expect(await evidenceOf(repeats, twice, 900)).toEqual([]);
  });

  it('are none where a beat says the same twice by chance', async () => {
    const beat = (heap: number, index: number): Entry => ({
      at: index * 30_000,
      text: `INFO [main] alive, heap ${heap} of 1024 MB`,
    });
    const heaps = Array.from({ length: 400 }, (_, index) => 200 + ((index * 37) % 601));
    heaps[251] = heaps[250]!;
    expect(await evidenceOf(repeats, heaps.map(beat))).toEqual([]);
  });

  it('that are a habit, or far apart, are none', async () => {
    expect(await evidenceOf(repeats, post())).toEqual([]);
    const entries = post();
    const again = [...entries, { ...entries[301]!, at: entries[900]!.at + 1 }];
    expect(
      await evidenceOf(
        repeats,
        again.sort((a, b) => a.at - b.at),
      ),
    ).toEqual([]);
  });
});
