import { throwIfAborted } from '../../base/abort.ts';
import { EngineError } from '../../base/engineError.ts';
import type { InferredLog } from '../../record/inferLog.ts';
import type { ByteSource } from '../../source/byteSource.ts';
import type { AnalysisProgress } from '../analysis.ts';
import { encodingNotes } from '../notes.ts';
import { LogTail } from './logTail.ts';
import { QuietTime } from './quietTime.ts';
import {
  lineEndBefore,
  readRange,
  readSegments,
  SegmentBuffers,
  usualSizes,
  type SegmentSizes,
} from './readSegments.ts';
import type { SegmentAnalyser, SegmentResult } from './segment.ts';
import { SegmentFold, type Folded } from './segmentFold.ts';
import { analysedInOrder } from './segmentsInOrder.ts';

/** What is known of a log that is read in segments. */
export interface StreamedAnalysis extends Folded {
  readonly path: string;
  /** Bytes of the log, read or not. */
  readonly size: number;
  /** Milliseconds since its analysis began. */
  readonly milliseconds: number;
}

export interface StreamOptions {
  readonly analyser: SegmentAnalyser;
  /** A clock in milliseconds. */
  readonly now: () => number;
  readonly sizes?: SegmentSizes;
}

/** Bytes of a line that nobody waits for the end of. */
const longLine = 1 << 20;

/** A tail becomes a part of what was read when it is longer than a core divided by this. */
const tailsInCore = 8;

type OnProgress = (progress: AnalysisProgress) => void;

/** What a log is known by up to some byte. */
interface Known {
  /** Segments that are as they will be, however far the log goes on. */
  readonly solid: SegmentFold;
  /** These, and those behind them. */
  readonly all: SegmentFold;
}

/** What is made ready beside the lines that come: the log is known for longer, and its tail is shorter. */
interface Renewal {
  readonly stop: AbortController;
  ready: { readonly known: Known; readonly tail: LogTail } | null;
  /** Why it failed. */
  failure: { readonly cause: unknown } | null;
}

/**
 * A log of any size, analysed segment by segment in one pass: memory grows with kinds of messages, not
 * with bytes. Findings are the same whatever the number of threads. What is added is judged by a tail,
 * which is kept short: when it has grown, its segment is analysed anew and a new tail is prepared, and
 * until then the old one answers. One call at a time.
 */
export class StreamedLog {
  readonly source: ByteSource;
  readonly #options: StreamOptions;
  readonly sizes: SegmentSizes;
  #known: Known = { solid: new SegmentFold(), all: new SegmentFold() };
  #tail: LogTail | null = null;
  #renewal: Renewal | null = null;
  /** Resolves when nothing is made ready. */
  #renewing: Promise<void> = Promise.resolve();
  readonly #quiet = new QuietTime();
  /** How the first segment is written. */
  #reading: InferredLog | null = null;

  constructor(source: ByteSource, options: StreamOptions) {
    this.source = source;
    this.#options = options;
    this.sizes = options.sizes ?? usualSizes;
  }

  /**
   * Reads on to the end of the source and yields what is known after each segment. What was read before
   * a failure or a cancel stays known, and the next call goes on behind it.
   * @throws EngineError `aborted`, and as `ByteSource.read`
   */
  async *analyse(signal?: AbortSignal, onProgress?: OnProgress): AsyncGenerator<StreamedAnalysis> {
    const { now } = this.#options;
    const started = now();
    const told = this.#known.all.bytes;
    if (told >= this.source.size) {
      yield this.#told(this.#known.all, started);
      return;
    }
    this.#dropTail();
    const from = this.#known.solid.bytes;
    // A last line without an end may be written yet: it is left to the tail, which can grow.
    const end = (await this.#lastLineEnd(from)) ?? this.source.size;
    for await (const known of this.#read(end, signal)) {
      this.#known = known;
      const { bytes } = known.all;
      const rate = (bytes - from) / Math.max(1e-3, (now() - started) / 1000);
      onProgress?.({
        stage: 'reading',
        share: bytes / end,
        bytesPerSecond: rate,
        secondsLeft: (end - bytes) / rate,
      });
      // What is read again was told before.
      if (bytes > told) yield this.#told(known.all, started);
    }
    if (this.#known.all.bytes < this.source.size) yield* this.#follow(started, signal);
  }

  /**
   * Judges what the source has gained, and yields what is known then; more than a segment is read as
   * `analyse` reads it.
   * @throws EngineError `aborted`; `changed-while-reading` where the source did not merely grow
   */
  async *append(signal?: AbortSignal, onProgress?: OnProgress): AsyncGenerator<StreamedAnalysis> {
    const started = this.#options.now();
    this.#quiet.interrupt();
    try {
      const change = await this.source.refresh();
      if (change.kind !== 'same' && change.kind !== 'grew')
        throw notAContinuation(this.source.path);
      this.#takeRenewal();
      if (this.source.size - this.#known.all.bytes > this.sizes.core) {
        yield* this.analyse(signal, onProgress);
        return;
      }
      yield* this.#follow(started, signal);
      if (!(await this.#isRenewed(signal))) return;
      this.#takeRenewal();
      yield* this.#follow(started, signal);
    } finally {
      this.#quiet.resume();
    }
  }

  /**
   * Learns from the end of what was read, so that the first line that is added is judged at once.
   * @throws EngineError `aborted`, and as `ByteSource.read`
   */
  async prepareTail(signal?: AbortSignal): Promise<void> {
    const { bytes } = this.#known.all;
    if (this.#tail !== null || bytes < this.source.size) return;
    this.#tail = this.#tailFrom(bytes);
    await this.#tail.prepare(signal);
  }

  /** Gives up what goes on and closes the source. */
  async close(): Promise<void> {
    this.#dropTail();
    await this.#renewing;
    await this.source.close();
  }

  #tailFrom(start: number): LogTail {
    return new LogTail(this.source, { start, reading: this.#reading, quiet: this.#quiet });
  }

  /** Judges what is behind the segments. */
  async *#follow(started: number, signal?: AbortSignal): AsyncGenerator<StreamedAnalysis> {
    const { all } = this.#known;
    this.#tail ??= this.#tailFrom(all.bytes);
    for await (const result of this.#tail.results(all.segments, signal)) {
      const whole = new SegmentFold(all);
      whole.add(result);
      yield this.#told(whole, started);
      // What a tail learns that another one follows is soon forgotten.
      if (this.#isLong) return;
    }
  }

  /** Takes what was made ready. @throws what it failed with */
  #takeRenewal(): void {
    const { ready, failure } = this.#renewal ?? { ready: null, failure: null };
    if (failure !== null) throw failure.cause;
    if (ready === null) return;
    this.#renewal = null;
    this.#known = ready.known;
    this.#tail = ready.tail;
  }

  /** Whether the tail has grown so long that another one is to follow it. */
  get #isLong(): boolean {
    return this.source.size - this.#known.all.bytes > this.sizes.core / tailsInCore;
  }

  /**
   * Makes a shorter tail where the one that answers is long. That goes on when this is cancelled.
   * @returns whether there is one
   * @throws EngineError `aborted`
   */
  async #isRenewed(signal: AbortSignal | undefined): Promise<boolean> {
    if (this.#renewal === null) {
      const end = this.#isLong ? await this.#lastLineEnd(this.#known.all.bytes) : null;
      if (end === null) return false;
      this.#renew(end);
    }
    this.#quiet.resume();
    await ended(this.#renewing, signal);
    this.#quiet.interrupt();
    return true;
  }

  #renew(end: number): void {
    const renewal: Renewal = { stop: new AbortController(), ready: null, failure: null };
    const before = this.#renewing;
    const work = async (): Promise<void> => {
      try {
        await before;
        renewal.ready = await this.#renewed(end, renewal.stop.signal);
      } catch (cause) {
        renewal.failure = { cause };
      }
    };
    this.#renewal = renewal;
    this.#renewing = work();
  }

  async #renewed(end: number, signal: AbortSignal): Promise<NonNullable<Renewal['ready']>> {
    let known = this.#known;
    for await (const more of this.#read(end, signal)) known = more;
    const tail = this.#tailFrom(known.all.bytes);
    await tail.prepare(signal);
    return { known, tail };
  }

  #dropTail(): void {
    this.#tail = null;
    this.#renewal?.stop.abort();
    this.#renewal = null;
  }

  /** The offset behind the last line end of the source; null where its last line is a long one. */
  async #lastLineEnd(from: number): Promise<number | null> {
    const { size } = this.source;
    const start = Math.max(from, size - longLine);
    if (start >= size) return null;
    const bytes = await readRange(this.source, start, new Uint8Array(size - start));
    const end = lineEndBefore(bytes, bytes.length, 0);
    return end === null ? null : start + end;
  }

  /** Reads from behind what is known for good up to a line end, and gives what is known after each segment. */
  async *#read(end: number, signal: AbortSignal | undefined): AsyncGenerator<Known> {
    const { core, context } = this.sizes;
    const solid = new SegmentFold(this.#known.solid);
    let all = solid;
    for await (const result of this.#results(solid, end, signal)) {
      // Nothing that is written later is around it.
      const isSolid = result.start + core + context < end;
      if (!isSolid) all = new SegmentFold(all);
      all.add(result);
      yield { solid, all };
    }
  }

  /** Analyses segments beside each other and gives their results in the order of the log. */
  async *#results(
    { bytes: from, segments: index }: SegmentFold,
    end: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<SegmentResult> {
    const stop = new AbortController();
    const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    const buffers = new SegmentBuffers(this.sizes);
    const range = { from, to: end, index };
    const segments = readSegments(this.source, range, this.sizes, buffers, both);
    const { analyser } = this.#options;
    try {
      for await (const result of analysedInOrder(
        segments,
        analyser,
        buffers,
        this.#reading,
        both,
      )) {
        if (result.index === 0) this.#reading = result.reading;
        yield result;
      }
    } finally {
      stop.abort();
    }
  }

  #told(fold: SegmentFold, started: number): StreamedAnalysis {
    const { path, size, notes, encoding } = this.source;
    const folded = fold.folded(path, size);
    const milliseconds = this.#options.now() - started;
    return {
      ...folded,
      path,
      size,
      milliseconds,
      notes: [...notes, ...encodingNotes(encoding), ...folded.notes],
    };
  }
}

/** Resolves when `work` does. @throws EngineError `aborted` */
async function ended(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  throwIfAborted(signal);
  await new Promise<void>((resolve) => {
    const done = (): void => {
      signal?.removeEventListener('abort', done);
      resolve();
    };
    signal?.addEventListener('abort', done);
    void work.then(done);
  });
  throwIfAborted(signal);
}

function notAContinuation(path: string): EngineError {
  return new EngineError(
    'changed-while-reading',
    `${path} does not continue what is known of it.`,
    'Analyse it again.',
  );
}
