import { throwIfAborted } from '../engine/base/abort.ts';
import { EngineError } from '../engine/base/engineError.ts';
import type { Analysis, AnalysisProgress, StageProgress } from '../engine/analysis/analysis.ts';
import { LogSession } from '../engine/analysis/logSession.ts';
import type { AnalysisDeps } from '../engine/analysis/options.ts';
import { largestWhole } from '../engine/analysis/stream/readSegments.ts';
import type { SegmentAnalyser } from '../engine/analysis/stream/segment.ts';
import { StreamedLog, type StreamedAnalysis } from '../engine/analysis/stream/streamedLog.ts';
import { decodeLog, rawLength } from '../engine/record/decodeLog.ts';
import { readLogTail } from '../engine/record/logFile.ts';
import type { WorkerRequests } from '../protocol/workerApi.ts';
import type { KnownLog, LogResult, LogShelf } from './logShelf.ts';
import { openLog } from './openLog.ts';
import type { ReceivedTexts } from './receivedTexts.ts';
import type { KnownStream, StreamedLogs, StreamedResult } from './streamedLogs.ts';

/** Milliseconds between two words of progress in one stage. */
const progressPause = 150;

export interface AnalysisRunsOptions {
  readonly shelf: LogShelf;
  readonly received: ReceivedTexts;
  /** Logs that are too large for the shelf. */
  readonly streams: StreamedLogs;
  readonly segments: SegmentAnalyser;
  /** Bytes from which on a log is one of these. */
  readonly largestWhole?: number;
  readonly spoolDir: string;
  readonly deps: AnalysisDeps;
  /** A result that will be refined. */
  readonly onResult: (log: string, run: number, result: RunResult) => void;
  readonly onProgress: (log: string, run: number, progress: AnalysisProgress) => void;
}

/** What a run comes to: of a log in memory, or of one that is read in segments. */
export type RunResult = LogResult | StreamedResult;

interface Turn {
  readonly controller: AbortController;
  /** Resolves when the run has ended, however it did. */
  readonly ended: Promise<void>;
}

/** Reads and analyses logs: several at once, but each log one run at a time, the newest wins. */
export class AnalysisRuns {
  readonly #options: AnalysisRunsOptions;
  readonly #turns = new Map<string, Turn>();

  constructor(options: AnalysisRunsOptions) {
    this.#options = options;
  }

  analyse(
    { log, run, name, source }: WorkerRequests['analyse']['params'],
    signal: AbortSignal,
  ): Promise<RunResult> {
    return this.#inTurn(log, signal, async (turnSignal): Promise<RunResult> => {
      const { shelf, received, deps, streams, spoolDir, largestWhole } = this.#options;
      const started = deps.now();
      const onProgress = this.#progressOf(log, run);
      const opened =
        source.kind === 'slices'
          ? ({ kind: 'whole', text: decodeLog(name, received.take(log)), parts: [] } as const)
          : await openLog(source.path, {
              spoolDir,
              shared: true,
              rotated: source.rotated ?? false,
              signal: turnSignal,
              onProgress,
              ...(largestWhole === undefined ? {} : { largest: largestWhole }),
            });
      if (opened.kind === 'large') {
        shelf.delete(log);
        const { segments: analyser } = this.#options;
        const stream = new StreamedLog(opened.source, { analyser, now: deps.now });
        const known = streams.put(log, stream);
        const result = await this.#followStream(known, run, stream.analyse(turnSignal, onProgress));
        await stream.prepareTail(turnSignal);
        return result;
      }
      streams.delete(log);
      throwIfAborted(turnSignal);
      const counted = source.kind === 'path' ? source.lines : 'editor';
      const session = new LogSession(opened.text, deps);
      const known = shelf.put(log, session, source.kind === 'path', counted);
      known.fileStart = opened.parts.at(-1)?.start ?? 0;
      const stages = known.session.analyse(turnSignal, onProgress);
      return this.#follow(known, run, stages, deps.now() - started);
    });
  }

  /** @throws EngineError `not-found`, `changed-while-reading`: analyse it from the start */
  append(
    { log, run, source }: WorkerRequests['append']['params'],
    signal: AbortSignal,
  ): Promise<RunResult> {
    return this.#inTurn(log, signal, async (turnSignal): Promise<RunResult> => {
      const { shelf, deps, streams } = this.#options;
      const started = deps.now();
      const stream = streams.get(log);
      if (stream !== null) {
        if (source.kind === 'bytes') throw notAContinuation();
        const grown = stream.log.append(turnSignal, this.#progressOf(log, run));
        return this.#followStream(stream, run, grown);
      }
      const known = shelf.get(log);
      const bytes =
        source.kind === 'bytes'
          ? typedBytes(known, source.bytes)
          : await appendedBytes(known, source.path);
      throwIfAborted(turnSignal);
      // Whoever follows a file may hear of the same lines twice.
      if (bytes.length === 0 && known.result?.final === true) return known.result;
      const { largestWhole: largest = largestWhole } = this.#options;
      if (known.fromDisk && known.session.log.bytes.length + bytes.length > largest) {
        throw outgrown(known);
      }
      const stages = known.session.append(bytes, turnSignal);
      return this.#follow(known, run, stages, deps.now() - started);
    });
  }

  /** Gives up what is done for a log and forgets it. */
  close(log: string): void {
    this.#turns.get(log)?.controller.abort();
    this.#options.shelf.delete(log);
    this.#options.streams.delete(log);
    this.#options.received.delete(log);
  }

  /** Every result is told at once: between two of them lies a segment. */
  async #followStream(
    known: KnownStream,
    run: number,
    stages: AsyncGenerator<StreamedAnalysis>,
  ): Promise<StreamedResult> {
    for await (const streamed of stages) {
      known.result = { streamed, final: false };
      this.#options.onResult(known.key, run, known.result);
    }
    if (known.result === null) throw endedEarly();
    known.result = { ...known.result, final: true };
    return known.result;
  }

  async #follow(
    known: KnownLog,
    run: number,
    stages: AsyncGenerator<Analysis>,
    reading: number,
  ): Promise<LogResult> {
    const { shelf, onResult } = this.#options;
    let last: Analysis | null = null;
    for await (const analysis of stages) {
      last = { ...analysis, milliseconds: analysis.milliseconds + reading };
      const goesOn = analysis.stage === 'first' || analysis.embedder.state === 'loading';
      if (goesOn) onResult(known.key, run, shelf.keep(known, last, false));
    }
    if (last === null) throw endedEarly();
    return shelf.keep(known, settled(last), true);
  }

  /** Progress, told at once for a new stage and then now and then: each word costs the host some work. */
  #progressOf(log: string, run: number): (progress: StageProgress) => void {
    const { deps, onProgress } = this.#options;
    let stage = '';
    let told = 0;
    return (progress) => {
      const now = deps.now();
      if (progress.stage === stage && now - told < progressPause) return;
      stage = progress.stage;
      told = now;
      onProgress(log, run, { bytesPerSecond: null, secondsLeft: null, ...progress });
    };
  }

  async #inTurn<T>(
    log: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const before = this.#turns.get(log);
    before?.controller.abort();
    const controller = new AbortController();
    const abort = (): void => {
      controller.abort();
    };
    signal.addEventListener('abort', abort, { once: true });
    const running = (async () => {
      await before?.ended;
      throwIfAborted(controller.signal);
      return work(controller.signal);
    })();
    const ended = running.then(
      () => undefined,
      () => undefined,
    );
    const turn = { controller, ended };
    this.#turns.set(log, turn);
    try {
      return await running;
    } finally {
      signal.removeEventListener('abort', abort);
      if (this.#turns.get(log) === turn) this.#turns.delete(log);
    }
  }
}

/** A log that needed no vectors never opens the model: nothing is loading any more. */
function settled(analysis: Analysis): Analysis {
  if (analysis.embedder.state !== 'loading') return analysis;
  const detail = 'No model was needed for this log.';
  return { ...analysis, embedder: { ...analysis.embedder, state: 'off', detail } };
}

/** Typed text is UTF-8; it can follow bytes of that kind only. */
function typedBytes(known: KnownLog, bytes: Uint8Array): Uint8Array {
  if (known.session.log.encoding !== 'utf-8') throw notAContinuation();
  known.fromDisk = false;
  return bytes;
}

/** Bytes before what was added that are compared: a last line that goes on is among them. */
const comparedBytes = 4096;

/**
 * What a file has beyond the bytes that are known. The end of these is compared with the file, so that
 * a rotated log that has grown larger already is not taken for the old one.
 */
async function appendedBytes(
  { session, fromDisk, fileStart }: KnownLog,
  path: string,
): Promise<Uint8Array> {
  if (!fromDisk) throw notAContinuation();
  const { log } = session;
  const isWide = log.encoding === 'utf-16le' || log.encoding === 'utf-16be';
  const ofFile = rawLength(log) - fileStart;
  const overlap = isWide ? 0 : Math.min(comparedBytes, log.bytes.length, ofFile);
  const tail = await readLogTail(path, ofFile - overlap);
  const known = log.bytes.subarray(log.bytes.length - overlap);
  if (!known.every((byte, at) => byte === tail[at])) throw notAContinuation();
  return tail.subarray(overlap);
}

function endedEarly(): EngineError {
  return new EngineError('invalid-argument', 'The analysis ended early.', 'Analyse it again.');
}

/** What is known of it takes memory that such a log may not take: it is read in segments from now on. */
function outgrown({ session }: KnownLog): EngineError {
  return new EngineError(
    'changed-while-reading',
    `${session.log.path} has become too large to be held in memory.`,
    'Analyse it again: it is read in parts then.',
  );
}

function notAContinuation(): EngineError {
  return new EngineError(
    'changed-while-reading',
    'The log does not continue what is known of it.',
    'Analyse it again.',
  );
}
