import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/engine/base/random.ts';
import { silences } from '../../../../src/engine/detect/detectors/silences.ts';
import { buildEvents } from '../../../../src/engine/detect/events.ts';
import { viewOf, write, type Entry } from '../syntheticLog.ts';
import { evidenceOf, traffic } from './evidenceOf.ts';

/** A beat every ten seconds, with traffic around it. */
function beating(seed: number): Entry[] {
  const around = traffic(4000, 400, seed);
  const beats = Math.floor(around.at(-1)!.at / 10_000);
  return [
    ...around,
    ...Array.from({ length: beats }, (_, index): Entry => ({
      at: index * 10_000 + ((index * 37) % 300),
      text: 'INFO [core] all checks passed',
    })),
  ].sort((a, b) => a.at - b.at);
}

const isBeat = ({ text }: Entry): boolean => text.includes('checks');

describe('silences', () => {
  it('of a beat are told while the log goes on', async () => {
    const entries = beating(1);
    const end = entries.at(-1)!.at;
    const silent = entries.filter(
      (entry) => !(isBeat(entry) && entry.at > end * 0.5 && entry.at < end * 0.6),
    );
    const found = await evidenceOf(silences, silent);
    expect(found).toHaveLength(1);
    expect(isBeat(silent[found[0]!.record]!)).toBe(true);
    expect(found[0]!.describe().text).toMatch(/came every 10 s \(1\d\d times\), then not for/);
  });

  it('of a complaint are no fault', async () => {
    const end = beating(1).at(-1)!.at;
    const relieved = beating(1)
      .filter((entry) => !(isBeat(entry) && entry.at > end * 0.5 && entry.at < end * 0.6))
      .map((entry) => (isBeat(entry) ? { ...entry, text: 'WARN [core] checks are late' } : entry));
    expect(await evidenceOf(silences, relieved)).toEqual([]);
  });

  it('to the end of the log are told, whether regular or not', async () => {
    const entries = beating(2);
    const end = entries.at(-1)!.at;
    const stopped = entries.filter((entry) => !(isBeat(entry) && entry.at > end * 0.7));
    expect((await evidenceOf(silences, stopped))[0]!.describe().text).toMatch(
      /then never again for/,
    );
    const visits = traffic(600, 2700, 3).map((entry): Entry => ({
      ...entry,
      text: 'INFO [mail] letter sent',
    }));
    const all = [...entries, ...visits].sort((a, b) => a.at - b.at);
    const unsent = all.filter(({ at, text }) => !(text.includes('letter') && at > end * 0.8));
    const found = await evidenceOf(silences, unsent);
    expect(found.map(({ record }) => unsent[record]!.text)).toEqual(['INFO [mail] letter sent']);
  });

  it('are none where the event comes at any moment, in clusters, or the whole log pauses', async () => {
    for (const seed of [4, 5, 6]) expect(await evidenceOf(silences, beating(seed))).toEqual([]);
    const random = seededRandom(7);
    const clusters = beating(8).flatMap((entry): Entry[] =>
      random() < 0.01
        ? Array.from({ length: 12 }, (_, index) => ({
            at: entry.at + index * 5,
            text: 'INFO [cache] entry dropped',
          }))
        : [entry],
    );
    expect(await evidenceOf(silences, clusters)).toEqual([]);
    const slept = beating(9).map((entry, index) =>
      index < 2000 ? entry : { ...entry, at: entry.at + 3_600_000 },
    );
    expect(await evidenceOf(silences, slept)).toEqual([]);
  });

  it('are found in what was appended', async () => {
    const entries = beating(1);
    const end = entries.at(-1)!.at;
    const stopped = entries.filter((entry) => !(isBeat(entry) && entry.at > end * 0.7));
    const known = stopped.findIndex(({ at }) => at > end * 0.72);
    const before = await viewOf(write(stopped.slice(0, known)));
    const after = await viewOf(write(stopped));
    const judge = silences.learn(before, buildEvents(before.records, before.templates));
    const found = judge.judge(after, buildEvents(after.records, after.templates), known);
    expect(found.map(({ record }) => stopped[record]!.text)).toEqual([
      'INFO [core] all checks passed',
    ]);
  });
});
