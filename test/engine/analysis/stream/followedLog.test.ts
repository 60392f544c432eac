import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src/engine/base/engineError.ts';
import { analyseSegment } from '../../../../src/engine/analysis/stream/analyseSegment.ts';
import type {
  SegmentAnalyser,
  SegmentResult,
} from '../../../../src/engine/analysis/stream/segment.ts';
import {
  StreamedLog,
  type StreamedAnalysis,
} from '../../../../src/engine/analysis/stream/streamedLog.ts';
import { healthyService, write, type Entry } from '../../detect/syntheticLog.ts';
import { TextSource } from './textSource.ts';

const sizes = { core: 40_000, context: 4_000 };

/** Analyses segments in this thread and keeps what was last known of each. */
class Watched implements SegmentAnalyser {
  readonly parallel = 1;
  readonly results = new Map<number, SegmentResult>();
  /** Waited for before each segment. */
  gate: Promise<void> = Promise.resolve();

  async analyse(...[segment, signal]: Parameters<typeof analyseSegment>): Promise<SegmentResult> {
    await this.gate;
    const result = await analyseSegment(segment, signal);
    this.results.set(segment.index, result);
    return result;
  }
}

function opened(source: TextSource, analyser: SegmentAnalyser): StreamedLog {
  return new StreamedLog(source, { analyser, now: () => 0, sizes });
}

async function last(stages: AsyncGenerator<StreamedAnalysis>): Promise<StreamedAnalysis> {
  let newest: StreamedAnalysis | null = null;
  for await (const analysis of stages) newest = analysis;
  return newest!;
}

const entries = healthyService(800, 12);
const end = entries.at(-1)!.at;
const faults: Entry[] = [
  { at: end * 0.2, text: 'ERROR [db] Pool: connection refused by orders-db, giving up' },
  { at: end * 0.55, text: 'FATAL [api] Gateway: out of memory\n  at Gateway.read (gateway.js:7)' },
  { at: end * 0.8, text: 'FATAL [disk] Volume: array degraded, one member missing' },
];
const text = write([...entries, ...faults]);
const lines = text.split('\n');
const lineOf = (words: string): number => lines.findIndex((line) => line.includes(words)) + 1;

describe('a log that is followed', () => {
  it('comes to what an analysis from the start comes to, however it was written', async () => {
    const fresh = new Watched();
    const whole = await last(opened(new TextSource(text), fresh).analyse());
    const cuts = fc.uniqueArray(fc.integer({ min: 45_000, max: text.length - 1 }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(cuts, fc.boolean(), async (places, isImpatient) => {
        const [first = 0, ...rest] = [...places].sort((a, b) => a - b);
        const source = new TextSource(text.slice(0, first));
        const watched = new Watched();
        const stream = opened(source, watched);
        await last(stream.analyse());
        await stream.prepareTail();
        let at = first;
        for (const to of [...rest, text.length]) {
          source.write(text.slice(at, to));
          at = to;
          if (!isImpatient || to === text.length) await last(stream.append());
          // What follows a first result is given up for new lines.
          else for await (const known of stream.append()) if (known.bytes === source.size) break;
        }
        const known = await last(stream.append());
        await stream.close();
        expect(known).toMatchObject({ bytes: text.length, lines: lines.length - 1 });
        // The last two parts depend on where the log ended when they were read.
        const solid = whole.places.slice(0, -2);
        expect(known.places.slice(0, solid.length)).toEqual(solid);
        for (const index of solid.keys()) {
          expect(watched.results.get(index)).toEqual(fresh.results.get(index));
        }
        for (const words of ['connection refused', 'out of memory', 'array degraded']) {
          const found = known.findings.find(({ title }) => title.includes(words));
          expect(found).toMatchObject({ line: lineOf(words), count: 1 });
          expect(found!.severity).not.toBe('low');
        }
      }),
      { numRuns: 6 },
    );
  });

  it('judges new lines while what is behind them is read again', async () => {
    const half = text.lastIndexOf('\n', text.length / 2) + 1;
    const source = new TextSource(text.slice(0, half));
    const watched = new Watched();
    const stream = opened(source, watched);
    await last(stream.analyse());
    await stream.prepareTail();
    let open = (): void => undefined;
    watched.gate = new Promise((resolve) => {
      open = resolve;
    });
    // Longer than a tail stays.
    const next = text.indexOf('\n', half + 15_000) + 1;
    source.write(text.slice(half, next));
    const stop = new AbortController();
    const long = stream.append(stop.signal);
    expect((await long.next()).value).toMatchObject({ bytes: next });
    const more = long.next();
    stop.abort();
    await expect(more).rejects.toSatisfy((error) => EngineError.is(error, 'aborted'));

    source.write('2024-03-04 23:00:00.000 FATAL [raid] Array: two members missing\n');
    const added = stream.append();
    const known = (await added.next()).value as StreamedAnalysis;
    expect(known.bytes).toBe(source.size);
    expect(known.findings.some(({ title }) => title.includes('two members missing'))).toBe(true);
    open();
    const renewed = await last(added);
    expect(renewed.places.at(-1)!.bytes).toBeLessThan(known.places.at(-1)!.bytes);
    expect(renewed).toMatchObject({ bytes: known.bytes, lines: known.lines });
    await stream.close();
  });

  it('says so where what is behind the new lines cannot be read again', async () => {
    const half = text.lastIndexOf('\n', text.length / 2) + 1;
    const source = new TextSource(text.slice(0, half));
    const watched = new Watched();
    const stream = opened(source, watched);
    await last(stream.analyse());
    await stream.prepareTail();
    watched.gate = Promise.reject(new EngineError('unreadable', 'The disk is gone.', 'Wait.'));
    watched.gate.catch(() => undefined);
    source.write(text.slice(half, half + 15_000));
    await expect(last(stream.append())).rejects.toMatchObject({ reason: 'unreadable' });
    await stream.close();
  });
});
