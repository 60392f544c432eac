import type { InferredLog } from '../../record/inferLog.ts';
import type { SegmentBuffers } from './readSegments.ts';
import type { Segment, SegmentAnalyser, SegmentResult } from './segment.ts';

/**
 * Segments that find out themselves how they are written. The first one is done before those behind them
 * are begun, so that it is the same ones for any number of threads.
 */
const ownReadings = 4;

/** Results per thread that wait for an earlier one: threads go on while one segment takes long. */
const mostWaiting = 4;

/** A segment that was given away to be analysed. */
interface Begun {
  readonly result: Promise<SegmentResult>;
  /** Resolves when the result is there, or has failed. */
  readonly settled: Promise<void>;
  isSettled: boolean;
}

/**
 * Analyses segments beside each other and gives their results in the order of the log.
 *
 * @param buffers where the bytes of the segments are from: each is given back when it was analysed
 * @param reading how the first segment of the log is written, where that is known from an earlier call
 * @throws what reading the segments and analysing them throws, behind the results before it
 */
export async function* analysedInOrder(
  segments: AsyncGenerator<Segment>,
  analyser: SegmentAnalyser,
  buffers: SegmentBuffers,
  reading: InferredLog | null,
  signal: AbortSignal,
): AsyncGenerator<SegmentResult> {
  // One more than are analysed, so that no thread waits for the disk.
  const most = analyser.parallel === 1 ? 1 : analyser.parallel + 1;
  const begun: Begun[] = [];
  /** The result of the log's first segment; null where that was analysed in an earlier call. */
  let first: Promise<SegmentResult> | null = null;
  let isRead = false;

  const readingOf = async (index: number): Promise<InferredLog | null> => {
    if (index < ownReadings) return null;
    return first === null ? reading : (await first).reading;
  };
  const begin = async (segment: Segment): Promise<void> => {
    const told = { ...segment, reading: await readingOf(segment.index) };
    const result = analyser.analyse(told, signal);
    if (segment.index === 0) first = result;
    const entry: Begun = {
      result,
      // A failure is told when its turn comes; until then nobody listens.
      settled: result.then(settle, settle),
      isSettled: false,
    };
    function settle(): void {
      entry.isSettled = true;
      buffers.giveBack(segment.bytes);
    }
    begun.push(entry);
  };

  for (;;) {
    const analysed = begun.filter(({ isSettled }) => !isSettled);
    const isFull = analysed.length >= most || begun.length >= analyser.parallel * mostWaiting;
    if (!isRead && !isFull) {
      const next = await segments.next();
      if (next.done === true) isRead = true;
      else await begin(next.value);
      continue;
    }
    const [oldest] = begun;
    if (oldest === undefined) return;
    if (oldest.isSettled) {
      begun.shift();
      yield await oldest.result;
      continue;
    }
    // Either the result whose turn it is, or room for the next segment.
    await Promise.race(analysed.map(({ settled }) => settled));
  }
}
