import type { SegmentPlace } from '../engine/analysis/stream/segmentFold.ts';
import type { StreamedAnalysis, StreamedLog } from '../engine/analysis/stream/streamedLog.ts';
import { EngineError } from '../engine/base/engineError.ts';
import type { LogView } from '../engine/detect/logView.ts';
import { SegmentReader } from './segmentReader.ts';

/** A log that is too large to be held in memory, and what is known about it. */
export interface KnownStream {
  readonly key: string;
  readonly log: StreamedLog;
  /** Null before the first segment was analysed. */
  result: StreamedResult | null;
}

export interface StreamedResult {
  readonly streamed: StreamedAnalysis;
  /** False while it is read. */
  readonly final: boolean;
}

/** The open logs that are read in segments. Their lines are those of the file: no editor opens so much. */
export class StreamedLogs {
  readonly #logs = new Map<string, KnownStream>();
  readonly #reader = new SegmentReader();

  put(key: string, log: StreamedLog): KnownStream {
    this.delete(key);
    const known: KnownStream = { key, log, result: null };
    this.#logs.set(key, known);
    return known;
  }

  get(key: string): KnownStream | null {
    return this.#logs.get(key) ?? null;
  }

  /**
   * Records and patterns of some segments of a log, read again.
   * @throws EngineError `not-found`; `aborted`, and as `ByteSource.read`
   */
  read(
    key: string,
    known: StreamedAnalysis,
    places: readonly SegmentPlace[],
    signal?: AbortSignal,
  ): Promise<LogView> {
    const stream = this.#logs.get(key);
    if (stream === undefined) {
      throw new EngineError('not-found', 'The log is not in memory.', 'Analyse it again.');
    }
    return this.#reader.read(stream.log, known, places, signal);
  }

  /** The newest result, or null where the log is none of these. @throws EngineError `not-found` */
  result(key: string): StreamedResult | null {
    const known = this.#logs.get(key);
    if (known === undefined) return null;
    if (known.result === null) {
      throw new EngineError('not-found', 'The log has not been analysed yet.', 'Wait a moment.');
    }
    return known.result;
  }

  delete(key: string): void {
    const known = this.#logs.get(key);
    this.#logs.delete(key);
    if (known !== undefined) this.#reader.forget(known.log);
    // Nothing can be done about a file that cannot be closed.
    known?.log.close().catch(() => undefined);
  }
}
