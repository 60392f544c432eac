import { throwIfAborted } from '../engine/base/abort.ts';
import { EngineError } from '../engine/base/engineError.ts';
import type { Analysis, AnalysisProgress, StageProgress } from '../engine/analysis/analysis.ts';
import { LogSession } from '../engine/analysis/logSession.ts';
import type { AnalysisDeps } from '../engine/analysis/options.ts';
import { decodeLog, rawLength } from '../engine/record/decodeLog.ts';
import { readLogFile, readLogTail } from '../engine/record/logFile.ts';
import type { LogText } from '../engine/record/logText.ts';
import type { WorkerRequests } from '../protocol/workerApi.ts';
import type { KnownLog, LogResult, LogShelf } from './logShelf.ts';
import type { ReceivedTexts } from './receivedTexts.ts';

/** Largest log in bytes: the editor hands out documents of up to 50 MB, an archive may hold more. */
const largestLog = 256 << 20;

/** Milliseconds between two words of progress in one stage. */
const progressPause = 150;

export interface AnalysisRunsOptions {
  readonly shelf: LogShelf;
  readonly received: ReceivedTexts;
  readonly deps: AnalysisDeps;
  /** A result that will be refined. */
  readonly onResult: (log: string, run: number, result: LogResult) => void;
  readonly onProgress: (log: string, run: number, progress: AnalysisProgress) => void;
}

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
  ): Promise<LogResult> {
    return this.#inTurn(log, signal, async (turnSignal) => {
      const { shelf, received, deps } = this.#options;
      const started = deps.now();
      const onProgress = this.#progressOf(log, run);
      const text =
        source.kind === 'slices'
          ? decodeLog(name, received.take(log))
          : await this.#readFile(source.path, turnSignal, onProgress);
      throwIfAborted(turnSignal);
      const known = shelf.put(log, new LogSession(text, deps), source.kind === 'path');
      const stages = known.session.analyse(turnSignal, onProgress);
      return this.#follow(known, run, stages, deps.now() - started);
    });
  }

  /** @throws EngineError `not-found`, `changed-while-reading`: analyse it from the start */
  append(
    { log, run, source }: WorkerRequests['append']['params'],
    signal: AbortSignal,
  ): Promise<LogResult> {
    return this.#inTurn(log, signal, async (turnSignal) => {
      const { shelf, deps } = this.#options;
      const started = deps.now();
      const known = shelf.get(log);
      const bytes =
        source.kind === 'bytes'
          ? typedBytes(known, source.bytes)
          : await appendedBytes(known, source.path);
      throwIfAborted(turnSignal);
      const stages = known.session.append(bytes, turnSignal);
      return this.#follow(known, run, stages, deps.now() - started);
    });
  }

  /** Gives up what is done for a log and forgets it. */
  close(log: string): void {
    this.#turns.get(log)?.controller.abort();
    this.#options.shelf.delete(log);
    this.#options.received.delete(log);
  }

  #readFile(
    path: string,
    signal: AbortSignal,
    onProgress: (progress: StageProgress) => void,
  ): Promise<LogText> {
    return readLogFile(path, {
      signal,
      maxBytes: largestLog,
      onProgress: (share) => {
        onProgress({ stage: 'reading', share });
      },
    });
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
    if (last === null) {
      throw new EngineError('invalid-argument', 'The analysis ended early.', 'Analyse it again.');
    }
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

/**
 * What a file has beyond the bytes that are known. The end of these is compared with the file, so that
 * a rotated log that has grown larger already is not taken for the old one.
 */
async function appendedBytes({ session, fromDisk }: KnownLog, path: string): Promise<Uint8Array> {
  if (!fromDisk) throw notAContinuation();
  const { log } = session;
  const isWide = log.encoding === 'utf-16le' || log.encoding === 'utf-16be';
  const overlap = isWide ? 0 : Math.min(64, log.bytes.length);
  const tail = await readLogTail(path, rawLength(log) - overlap);
  const known = log.bytes.subarray(log.bytes.length - overlap);
  if (!known.every((byte, at) => byte === tail[at])) throw notAContinuation();
  return tail.subarray(overlap);
}

function notAContinuation(): EngineError {
  return new EngineError(
    'changed-while-reading',
    'The log does not continue what is known of it.',
    'Analyse it again.',
  );
}
