import { analysedExcerpt, readSegmentsAgain } from '../engine/analysis/stream/analysedExcerpt.ts';
import { askedSegments } from '../engine/analysis/stream/askedSegments.ts';
import { chooseSegments } from '../engine/analysis/stream/chooseSegments.ts';
import { excerptRoom } from '../engine/analysis/stream/excerptRoom.ts';
import { StreamedLog, type StreamedAnalysis } from '../engine/analysis/stream/streamedLog.ts';
import { EngineError } from '../engine/base/engineError.ts';
import type { AnalysedLog } from '../engine/explain/analysedLog.ts';
import { progressWords } from '../engine/present/progressWords.ts';
import type { ByteSource } from '../engine/source/byteSource.ts';
import { partLines } from '../engine/source/partLines.ts';
import { SegmentThreads } from '../worker/segmentThreads.ts';
import { startThread } from '../worker/startThread.ts';
import type { Progress } from './terminal.ts';

interface Run {
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** A log that is analysed in segments, and what is known of it by now. */
export interface LargeLog {
  readonly log: StreamedLog;
  readonly known: StreamedAnalysis;
}

/**
 * Analyses a log that is too large to be held, as far as it is let, hands on what is known then, and
 * closes the log.
 * @throws EngineError as `ByteSource.read`; `aborted` where no segment was analysed yet
 */
export async function withLargeLog<T>(
  source: ByteSource,
  { signal, progress }: Run,
  use: (large: LargeLog) => T | Promise<T>,
): Promise<T> {
  const threads = new SegmentThreads({
    start: (listeners) => startThread(new URL(import.meta.url), { role: 'segments' }, listeners),
  });
  const log = new StreamedLog(source, { analyser: threads, now: () => performance.now() });
  let known: StreamedAnalysis | null = null;
  try {
    try {
      const stages = log.analyse(signal, (at) => {
        progress.show(`${source.path}: ${progressWords(at)}`);
      });
      for await (const analysis of stages) known = analysis;
    } catch (error) {
      if (!EngineError.is(error, 'aborted') || known === null) throw error;
    } finally {
      threads.close();
    }
    if (known === null) {
      throw new EngineError('unreadable', `${source.path} has no text.`, 'Choose another file.');
    }
    return await use({ log, known });
  } finally {
    await source.close();
  }
}

/**
 * The part of a large log that says most of what broke, with what is known of all of it. Lines of a
 * rotated set are told by its files.
 * @param largeLogs how many such logs there are with this one; they share what may be held
 * @param question what the reader asks; what it names is read as well
 * @throws EngineError as `ByteSource.read`, `excerptRoom`, `aborted`
 */
export async function explainableLog(
  source: ByteSource,
  largeLogs: number,
  question: string,
  run: Run,
): Promise<AnalysedLog> {
  let most: number;
  try {
    most = excerptRoom(largeLogs);
  } catch (error) {
    await source.close();
    throw error;
  }
  return withLargeLog(source, run, async ({ log, known }) => {
    run.progress.show(`${source.path}: reading again what was found`);
    const parts = source.parts.length < 2 ? undefined : await partLines(source, run.signal);
    const named = parts === undefined ? known : { ...known, parts };
    const places = chooseSegments(known, most, askedSegments(named, null, question));
    const view = await readSegmentsAgain(log, known, places, run.signal);
    const text = parts === undefined ? view.log : { ...view.log, parts };
    return analysedExcerpt({ ...view, log: text }, known);
  });
}
