import { expect, test } from 'vitest';
import { SegmentBuffers } from '../../../../src/engine/analysis/stream/readSegments.ts';
import type {
  Segment,
  SegmentAnalyser,
  SegmentResult,
} from '../../../../src/engine/analysis/stream/segment.ts';
import { analysedInOrder } from '../../../../src/engine/analysis/stream/segmentsInOrder.ts';
import type { InferredLog } from '../../../../src/engine/record/inferLog.ts';

const sizes = { core: 8, context: 0 };
const never = new AbortController().signal;

/** Nobody looks into it here. */
const reading = {} as unknown as InferredLog;

/** Segments that say nothing but their place, with bytes from the buffers. */
async function* segmentsFrom(count: number, buffers: SegmentBuffers): AsyncGenerator<Segment> {
  for (let index = 0; index < count; index += 1) {
    await Promise.resolve();
    yield { index, bytes: buffers.take() } as unknown as Segment;
  }
}

/** An analyser whose segments end when the test says so. */
class Held implements SegmentAnalyser {
  readonly parallel: number;
  readonly begun: Segment[] = [];
  readonly #ends = new Map<number, (failure?: Error) => void>();

  constructor(parallel: number) {
    this.parallel = parallel;
  }

  analyse(segment: Segment): Promise<SegmentResult> {
    this.begun.push(segment);
    return new Promise((resolve, reject) => {
      this.#ends.set(segment.index, (failure) => {
        if (failure === undefined) {
          resolve({ index: segment.index, reading } as unknown as SegmentResult);
        } else reject(failure);
      });
    });
  }

  async end(index: number, failure?: Error): Promise<void> {
    this.#ends.get(index)?.(failure);
    await new Promise((resolve) => setImmediate(resolve));
  }

  get order(): number[] {
    return this.begun.map(({ index }) => index);
  }
}

/** Runs to the end, noting what comes. */
function started(
  analyser: SegmentAnalyser,
  count: number,
): { readonly got: number[]; readonly ended: Promise<void>; readonly buffers: SegmentBuffers } {
  const buffers = new SegmentBuffers(sizes);
  const got: number[] = [];
  const run = async (): Promise<void> => {
    const segments = segmentsFrom(count, buffers);
    for await (const { index } of analysedInOrder(segments, analyser, buffers, null, never)) {
      got.push(index);
    }
  };
  return { got, ended: run(), buffers };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('threads go on while an earlier segment takes long, and results come in order', async () => {
  const analyser = new Held(2);
  const { got, ended } = started(analyser, 6);
  await turn();
  expect(analyser.order).toEqual([0, 1, 2]);
  await analyser.end(1);
  await analyser.end(2);
  expect(analyser.order).toEqual([0, 1, 2, 3]);
  expect(got).toEqual([]);
  await analyser.end(0);
  expect(got).toEqual([0, 1, 2]);
  for (const index of [5, 4, 3]) await analyser.end(index);
  await analyser.end(5);
  await ended;
  expect(got).toEqual([0, 1, 2, 3, 4, 5]);
});

test('only the fifth segment waits for what the first one says, whatever the number of threads', async () => {
  for (const parallel of [1, 2, 8]) {
    const analyser = new Held(parallel);
    const { ended } = started(analyser, 7);
    await turn();
    expect(Math.max(...analyser.order)).toBeLessThan(4);
    for (let index = 0; index < 7; index += 1) await analyser.end(index);
    await ended;
    expect(analyser.begun.map((segment) => segment.reading !== null)).toEqual([
      ...[false, false, false, false],
      ...[true, true, true],
    ]);
  }
});

test('bytes are used again as soon as they were analysed', async () => {
  const analyser = new Held(2);
  const { ended } = started(analyser, 4);
  await turn();
  await analyser.end(2);
  expect(analyser.begun[3]?.bytes.buffer).toBe(analyser.begun[2]?.bytes.buffer);
  for (const index of [0, 1, 3]) await analyser.end(index);
  await ended;
});

test('a failure is told behind the results before it', async () => {
  const analyser = new Held(2);
  const { got, ended } = started(analyser, 4);
  const told = expect(ended).rejects.toThrow('no memory');
  await turn();
  await analyser.end(1, new Error('no memory'));
  expect(got).toEqual([]);
  await analyser.end(0);
  expect(got).toEqual([0]);
  await told;
});
