import { describe, expect, it } from 'vitest';
import { bursts } from '../../../../src/engine/detect/detectors/bursts.ts';
import { buildEvents } from '../../../../src/engine/detect/events.ts';
import { viewOf, write, type Entry } from '../syntheticLog.ts';
import { evidenceOf, traffic } from './evidenceOf.ts';

/** Traffic, and beside it a message that comes now and then. */
function calm(seed: number): Entry[] {
  const around = traffic(4000, 400, seed);
  const now = traffic(120, 13_000, seed + 100).map((entry): Entry => ({
    ...entry,
    text: 'WARN [pool] waited for a connection',
  }));
  return [...around, ...now].sort((a, b) => a.at - b.at);
}

function storm(at: number, count: number, apart: number, text: string): Entry[] {
  return Array.from({ length: count }, (_, index) => ({ at: at + index * apart, text }));
}

describe('bursts', () => {
  it('are told with their stretch and with what is usual', async () => {
    const entries = calm(1);
    const at = entries[2500]!.at;
    const stormy = [...entries, ...storm(at, 60, 30, 'WARN [pool] waited for a connection')].sort(
      (a, b) => a.at - b.at,
    );
    const found = await evidenceOf(bursts, stormy);
    expect(found).toHaveLength(1);
    expect(found[0]!.bits).toBeGreaterThan(12);
    expect(Math.abs(stormy[found[0]!.record]!.at - at)).toBeLessThan(2000);
    expect(Math.abs(stormy[found[0]!.until!]!.at - at - 1770)).toBeLessThan(2000);
    expect(found[0]!.describe().text).toMatch(
      /^“waited for a connection” came [5-7]\d times within/,
    );
  });

  it('are each told where there are two, and not where they are a habit', async () => {
    const entries = calm(2);
    const text = 'WARN [pool] waited for a connection';
    const at = (index: number): number => entries[index]!.at;
    const two = [...entries, ...storm(at(1200), 60, 30, text), ...storm(at(3000), 70, 30, text)];
    expect(await evidenceOf(bursts, two)).toHaveLength(2);
    const many = [300, 900, 1500, 2100, 2700, 3300].flatMap((index) =>
      storm(at(index), 60, 30, text),
    );
    expect(await evidenceOf(bursts, [...entries, ...many])).toEqual([]);
  });

  it('of everything at once are one burst of the whole log', async () => {
    const entries = calm(3);
    const at = entries[2000]!.at;
    const flood = Array.from({ length: 500 }, (_, index): Entry => ({
      at: at + index * 8,
      text: entries[(index * 7) % 4000]!.text,
    }));
    const found = await evidenceOf(bursts, [...entries, ...flood]);
    expect(found.map(({ key }) => key)).toEqual(['rate']);
    expect(found[0]!.describe().text).toMatch(/^All messages together came 5\d\d times within/);
  });

  it('are none in steady or random traffic, and without a clock records count', async () => {
    for (const seed of [4, 5, 6]) expect(await evidenceOf(bursts, calm(seed))).toEqual([]);
    const view = await viewOf(
      Array.from({ length: 2400 }, (_, index) =>
        index % 10 === 0 || (index > 1500 && index < 1560) ? 'pool is empty' : `page ${index} sent`,
      ).join('\n'),
    );
    const events = buildEvents(view.records, view.templates);
    const found = bursts.learn(view, events).judge(view, events, 0);
    expect(found.map(({ key }) => key)).toEqual([`rate:${events.ofRecord[0]!}`]);
    expect(found[0]!.describe().text).toMatch(/records/);
  });

  it('are found in what was appended', async () => {
    const entries = calm(1);
    const at = entries[3900]!.at;
    const stormy = [...entries, ...storm(at, 60, 30, 'WARN [pool] waited for a connection')].sort(
      (a, b) => a.at - b.at,
    );
    const before = await viewOf(write(stormy.slice(0, 3800)));
    const after = await viewOf(write(stormy));
    const judge = bursts.learn(before, buildEvents(before.records, before.templates));
    const events = buildEvents(after.records, after.templates);
    expect(judge.judge(after, events, 3800)).toHaveLength(1);
    expect(judge.judge(after, events, 4050)).toEqual([]);
  });
});
