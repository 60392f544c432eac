import { beforeAll, describe, expect, it } from 'vitest';
import { inThisThread } from '../../src/engine/analysis/stream/analyseSegment.ts';
import type { SegmentPlace } from '../../src/engine/analysis/stream/segmentFold.ts';
import {
  StreamedLog,
  type StreamedAnalysis,
} from '../../src/engine/analysis/stream/streamedLog.ts';
import type { LogView } from '../../src/engine/detect/logView.ts';
import { lineTimes, recordAtTime, timeBounds } from '../../src/engine/present/lineTimes.ts';
import { lineInLog } from '../../src/engine/record/excerpt.ts';
import { SegmentReader } from '../../src/worker/segmentReader.ts';
import { streamedLineAt, streamedTimes } from '../../src/worker/streamedTimes.ts';
import { TextSource } from '../engine/analysis/stream/textSource.ts';
import { viewOf } from '../engine/detect/syntheticLog.ts';
import { trafficWith } from '../support/traffic.ts';

const trace = ['ERROR web request 7 failed', '  at Shop.pay (shop.js:7)', '  at run (shop.js:1)'];
const text = trafficWith(trace.slice(0, 1), 200, 600).replace(
  'failed\n',
  `failed\n${trace.slice(1).join('\n')}\n`,
);

/** Counts what is read. */
class CountedSource extends TextSource {
  reads = 0;

  override read(into: Uint8Array, at: number): Promise<number> {
    this.reads += 1;
    return super.read(into, at);
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Lines of a log that is written at equal distances, in milliseconds. */
function written(count: number, apart: number, stamp: (time: Date) => string): string {
  const first = Date.UTC(2023, 4, 4, 9);
  return Array.from({ length: count }, (_, index) => {
    const time = new Date(first + index * apart);
    return `${stamp(time)} gate app[71]: request ${1000 + index} took ${10 + (index % 23)} ms\n`;
  }).join('');
}

const dateless = written(600, 600_000, (time) => time.toISOString().slice(11, 19));
const yearless = written(600, 40 * 3_600_000, (time) => {
  const day = String(time.getUTCDate()).padStart(2);
  return `${months[time.getUTCMonth()] ?? ''} ${day} ${time.toISOString().slice(11, 19)}`;
});

describe.each([
  ['states its dates', text, 0],
  ['states no date, over four midnights', dateless, 4 * 86_400_000],
  ['states no year, over two of them', yearless, 2 * 365 * 86_400_000],
])('the times of a log that is read in segments and %s', (_, text, least) => {
  let source: CountedSource;
  let log: StreamedLog;
  let known: StreamedAnalysis;
  let whole: LogView;
  let read: (places: readonly SegmentPlace[]) => Promise<LogView>;

  beforeAll(async () => {
    source = new CountedSource(text);
    const sizes = { core: 6000, context: 400 };
    log = new StreamedLog(source, { analyser: inThisThread, now: () => 0, sizes });
    for await (const analysis of log.analyse()) known = analysis;
    whole = await viewOf(text);
    const reader = new SegmentReader();
    read = (places) => reader.read(log, known, places);
  });

  it('are those of the whole log, where segments meet as well', async () => {
    expect(known.places.length).toBeGreaterThan(4);
    const from = known.places[1]!.lines - 3;
    for (const [first, last] of [
      [0, 5],
      [from, from + 6],
      [0, known.lines + 3],
      [200, 203],
    ] as const) {
      const told = await streamedTimes(known, first, last, read);
      const expected = lineTimes(whole.records, first, last);
      expect([...told.times]).toEqual([...expected.times]);
      expect([...told.heads]).toEqual([...expected.heads]);
      expect(told.before).toBe(expected.before);
      expect(told.clock).toMatchObject(timeBounds(whole.records)!);
    }
  });

  it('go on over everything that is not stated', async () => {
    const { first, last } = timeBounds(whole.records)!;
    expect(last - first).toBeGreaterThan(least);
    const bounds = known.slices.map((slice) => slice.first);
    expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
    const templates = whole.templates.templates.map(({ text: each }) => known.patterns.get(each));
    const latest = templates.map((pattern) => pattern?.lastTime ?? 0);
    expect(Math.max(...latest)).toBe(last);
    // Pieces that stand together in an excerpt may be days apart.
    const places = [known.places[1]!, known.places.at(-2)!];
    const { log: held, records } = await read(places);
    const all = lineTimes(whole.records, 0, known.lines - 1).times;
    const own = lineTimes(records, 0, held.lineCount - 1).times;
    expect([...own]).toEqual(
      Array.from({ length: held.lineCount }, (_, line) => all[lineInLog(held, line + 1) - 1]),
    );
  });

  it('lead to the line that the whole log has at a moment', async () => {
    const { first, last } = timeBounds(whole.records)!;
    for (const share of [-0.1, 0, 0.2, 0.333, 0.5, 0.77, 0.999, 1, 1.2]) {
      const ms = Math.round(first + share * (last - first)) + 1;
      for (const side of ['after', 'nearest'] as const) {
        const told = await streamedLineAt(known, ms, side, read);
        expect(told).toEqual(recordAtTime(whole.records, ms, side));
      }
    }
  });

  it('are read once for neighbouring lines', async () => {
    await streamedTimes(known, 10, 20, read);
    const { reads } = source;
    await streamedTimes(known, 12, 30, read);
    expect(source.reads).toBe(reads);
    await streamedTimes(known, known.lines - 5, known.lines - 1, read);
    expect(source.reads).toBeGreaterThan(reads);
  });
});

describe('segments that are read again', () => {
  it('are forgotten with their log, and a reading that is given up does not harm the next', async () => {
    const source = new CountedSource(text);
    const log = new StreamedLog(source, { analyser: inThisThread, now: () => 0 });
    let known: StreamedAnalysis | null = null;
    for await (const analysis of log.analyse()) known = analysis;
    const reader = new SegmentReader();
    const given = AbortSignal.abort();
    const { places } = known!;
    await expect(reader.read(log, known!, places, given)).rejects.toMatchObject({
      reason: 'aborted',
    });
    const view = await reader.read(log, known!, places);
    expect(await reader.read(log, known!, places)).toBe(view);
    reader.forget(log);
    expect(await reader.read(log, known!, places)).not.toBe(view);
  });
});
