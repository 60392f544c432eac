import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/engine/base/random.ts';
import { slotValues } from '../../../../src/engine/detect/detectors/slotValues.ts';
import { buildEvents } from '../../../../src/engine/detect/events.ts';
import { viewOf, write, type Entry } from '../syntheticLog.ts';
import { evidenceOf, everySecond } from './evidenceOf.ts';

const random = seededRandom(42);
const some = (low: number, high: number): number => Math.round(low + (high - low) * random());
/** Spread over three orders of magnitude, as durations are. */
const durations = Array.from({ length: 500 }, () => Math.round(Math.exp(3 + 2 * random())));

function withOdd<Item>(list: readonly Item[], at: number, odd: Item): Item[] {
  return list.map((item, index) => (index === at ? odd : item));
}

describe('numbers', () => {
  it('far outside are evidence that says what is usual', async () => {
    const found = await evidenceOf(
      slotValues,
      everySecond(withOdd(durations, 400, 48_312).map((ms) => `took ${ms} ms`)),
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ record: 400, family: 'value' });
    expect(found[0]!.bits).toBeGreaterThan(12);
    expect(found[0]!.describe().text).toMatch(/^took 48,312 ms, usually \d+-\d+ ms/);
  });

  it('are compared across units', async () => {
    const texts = durations.map((ms) => (ms < 60 ? `${ms * 1000}us` : `${ms}ms`));
    const [first, ...others] = await evidenceOf(
      slotValues,
      everySecond(withOdd(texts, 300, '95s').map((t) => `took ${t}`)),
    );
    expect(others).toEqual([]);
    expect(first).toMatchObject({ record: 300 });
    expect(first!.describe().expected).toMatch(/ms$/);
  });

  it('beyond a limit that most values reach are told', async () => {
    const sizes = Array.from({ length: 900 }, (_, at) => (at % 9 ? 67_108_864 : 3000 + at * 517));
    const found = await evidenceOf(
      slotValues,
      everySecond(
        withOdd(sizes, 500, 2_628_501_577).map((size) => `received a block of size ${size} now`),
      ),
    );
    expect(found.map(({ record }) => record)).toEqual([500]);
  });

  it('far outside a narrow range need not be many times larger', async () => {
    const celsius = Array.from({ length: 400 }, () => some(440, 560) / 10);
    const found = await evidenceOf(
      slotValues,
      everySecond(withOdd(celsius, 300, 94.5).map((c) => `package temperature is ${c} C now`)),
    );
    expect(found.map(({ record }) => record)).toEqual([300]);
  });

  it('that spread, count, identify or have a second mode are left alone', async () => {
    expect(
      await evidenceOf(slotValues, everySecond(durations.map((ms) => `took ${ms} ms`))),
    ).toEqual([]);
    const counter = durations.map((_, index) => `frame ${index * index} sent`);
    expect(await evidenceOf(slotValues, everySecond(counter))).toEqual([]);
    const ids = durations.map(() => `order ${Math.floor(random() * 1e12)} stored`);
    expect(await evidenceOf(slotValues, everySecond(ids))).toEqual([]);
    const modes = durations.map((_, at) => `took ${at % 20 === 0 ? 90_000 : 20 + (at % 9)} ms`);
    expect(await evidenceOf(slotValues, everySecond(modes))).toEqual([]);
  });
});

describe('values of a short list', () => {
  it('are evidence when the list does not hold them', async () => {
    const zones = ['a1', 'b2', 'c3', 'd4'];
    const messages = Array.from({ length: 1600 }, (_, at) =>
      at % 2 ? `zone ${zones[(at % 7) & 3]!} is up` : `status=${at % 3 ? 200 : 304} sent`,
    );
    const found = await evidenceOf(
      slotValues,
      everySecond(withOdd(messages, 700, 'status=503 sent')),
    );
    expect(found.map(({ record }) => record)).toEqual([700]);
    expect(found[0]!.describe().observed).toBe('status “503”');
  });

  it('are worth less where every list has strangers', async () => {
    const state = (at: number): string => (at % 97 === 0 ? `x${at}` : at % 3 ? 'a1' : 'b2');
    const strange = await evidenceOf(
      slotValues,
      everySecond(
        Array.from({ length: 1600 }, (_, at) => `state=${at === 700 ? 'c3' : state(at)} sent`),
      ),
    );
    expect(strange.filter(({ bits }) => bits >= 10)).toEqual([]);
  });
});

describe('fields beside the message', () => {
  const line = (index: number): Record<string, string | number> => ({
    time: new Date(Date.UTC(2024, 4, 2) + index * 800).toISOString(),
    level: 'info',
    msg: 'request done',
    id: 7919 * (index + 3),
    dur: index === 700 ? 98_412 : durations[index % 500]!,
    tenant: index === 400 ? 'zeta' : ['acme', 'globex', 'initech'][index % 3]!,
  });

  it.each([
    ['JSON', (index: number) => JSON.stringify(line(index))],
    [
      'logfmt',
      (index: number) =>
        Object.entries(line(index))
          .map(([key, value]) => `${key}=${String(value).includes(' ') ? `"${value}"` : value}`)
          .join(' '),
    ],
  ])('are judged as slots are: %s', async (_name, written) => {
    const text = Array.from({ length: 1500 }, (_, index) => written(index)).join('\n');
    const view = await viewOf(text);
    const events = buildEvents(view.records, view.templates);
    const found = slotValues.learn(view, events).judge(view, events, 0);
    expect(found.map(({ record }) => record)).toEqual([700, 400]);
    expect(found[0]!.describe().text).toMatch(/^dur 98,412, usually/);
    expect(found[1]!.describe().observed).toBe('tenant “zeta”');
    expect(slotValues.learn(view, events).judge(view, events, 500)[0]).toMatchObject({
      record: 700,
    });
  });
});

describe('a log that grew', () => {
  it('is judged from its new records on, by what was learned before', async () => {
    const lines = withOdd(durations, 400, 48_312).map((ms) => `took ${ms} ms`);
    const entries = lines.map((text, index): Entry => ({ at: index * 1000, text: `INFO ${text}` }));
    const before = await viewOf(write(entries.slice(0, 380)));
    const after = await viewOf(write(entries));
    const judge = slotValues.learn(before, buildEvents(before.records, before.templates));
    const events = buildEvents(after.records, after.templates);
    expect(judge.judge(after, events, 380).map(({ record }) => record)).toEqual([400]);
    expect(judge.judge(after, events, 401)).toEqual([]);
  });
});
