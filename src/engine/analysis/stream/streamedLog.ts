import { EngineError } from '../../base/engineError.ts';
import type { InferredLog } from '../../record/inferLog.ts';
import type { ByteSource } from '../../source/byteSource.ts';
import type { AnalysisProgress } from '../analysis.ts';
import { encodingNotes } from '../notes.ts';
import { LogTail } from './logTail.ts';
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

/**
 * Segments that find out themselves how they are written. The first one is done before those behind them
 * are begun, for up to three threads, so that it is always the same ones.
 */
const ownReadings = 4;

type OnProgress = (progress: AnalysisProgress) => void;

/**
 * A log of any size, analysed segment by segment in one pass: memory grows with kinds of messages, not
 * with bytes. Findings are the same whatever the number of threads. One call at a time.
 */
export class StreamedLog {
  readonly source: ByteSource;
  readonly #options: StreamOptions;
  readonly sizes: SegmentSizes;
  #fold = new SegmentFold();
  #segments = 0;
  #tail: LogTail | null = null;
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
    const from = this.#fold.bytes;
    // A last line without an end may be written yet: it is left to the tail, which can grow.
    const end = (await this.#lastLineEnd(from)) ?? this.source.size;
    if (from >= this.source.size) {
      yield this.#told(this.#fold, started);
      return;
    }
    for await (const result of this.#results(from, end, signal)) {
      this.#fold.add(result);
      this.#segments += 1;
      const rate = (this.#fold.bytes - from) / Math.max(1e-3, (now() - started) / 1000);
      onProgress?.({
        stage: 'reading',
        share: this.#fold.bytes / end,
        bytesPerSecond: rate,
        secondsLeft: (end - this.#fold.bytes) / rate,
      });
      yield this.#told(this.#fold, started);
    }
    if (this.#fold.bytes < this.source.size) yield* this.#follow(started, signal);
  }

  /**
   * Judges what the source has gained, and yields what is known then; more than a segment is read as
   * `analyse` reads it.
   * @throws EngineError `aborted`; `changed-while-reading` where the source did not merely grow
   */
  async *append(signal?: AbortSignal, onProgress?: OnProgress): AsyncGenerator<StreamedAnalysis> {
    const started = this.#options.now();
    const change = await this.source.refresh();
    if (change.kind !== 'same' && change.kind !== 'grew') throw notAContinuation(this.source.path);
    const { core } = this.sizes;
    if (this.source.size - this.#fold.bytes > core) {
      const closed = await this.#tail?.closed(this.#segments);
      this.#tail = null;
      if (closed !== undefined && closed !== null) {
        this.#fold.add(closed);
        this.#segments += 1;
      }
    }
    if (this.source.size - this.#fold.bytes > core) {
      yield* this.analyse(signal, onProgress);
      return;
    }
    yield* this.#follow(started, signal);
  }

  /**
   * Learns from the end of what was read, so that the first line that is added is judged at once.
   * @throws EngineError `aborted`, and as `ByteSource.read`
   */
  async prepareTail(signal?: AbortSignal): Promise<void> {
    if (this.#tail !== null || this.#fold.bytes < this.source.size) return;
    this.#tail = new LogTail(this.source, this.#fold.bytes);
    await this.#tail.prepare(signal);
  }

  /** Judges what is behind the segments. */
  async *#follow(started: number, signal?: AbortSignal): AsyncGenerator<StreamedAnalysis> {
    this.#tail ??= new LogTail(this.source, this.#fold.bytes);
    for await (const result of this.#tail.results(this.#segments, signal)) {
      const whole = new SegmentFold(this.#fold);
      whole.add(result);
      yield this.#told(whole, started);
    }
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

  /** Analyses segments beside each other and gives their results in the order of the log. */
  async *#results(
    from: number,
    end: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<SegmentResult> {
    const { analyser } = this.#options;
    const stop = new AbortController();
    const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    const buffers = new SegmentBuffers(this.sizes);
    const range = { from, to: end, index: this.#segments };
    const segments = readSegments(this.source, range, this.sizes, buffers, both);
    // One more than are analysed, so that no thread waits for the disk.
    const most = analyser.parallel === 1 ? 1 : analyser.parallel + 1;
    const begun: { readonly bytes: Uint8Array; readonly result: Promise<SegmentResult> }[] = [];
    let isRead = false;
    try {
      for (;;) {
        while (!isRead && begun.length < most) {
          const next = await segments.next();
          if (next.done === true) isRead = true;
          else {
            const reading = next.value.index < ownReadings ? null : this.#reading;
            const result = analyser.analyse({ ...next.value, reading }, both);
            // Told when its turn comes; until then nobody listens.
            result.catch(() => undefined);
            begun.push({ bytes: next.value.bytes, result });
          }
        }
        const oldest = begun.shift();
        if (oldest === undefined) return;
        const result = await oldest.result;
        buffers.giveBack(oldest.bytes);
        if (result.index === 0) this.#reading = result.reading;
        yield result;
      }
    } finally {
      stop.abort();
    }
  }

  #told(fold: SegmentFold, started: number): StreamedAnalysis {
    const { path, size, notes, encoding } = this.source;
    const folded = fold.folded(path);
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

function notAContinuation(path: string): EngineError {
  return new EngineError(
    'changed-while-reading',
    `${path} does not continue what is known of it.`,
    'Analyse it again.',
  );
}
