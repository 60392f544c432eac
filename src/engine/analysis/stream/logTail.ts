import { knownText } from '../../record/decodeLog.ts';
import type { ByteSource } from '../../source/byteSource.ts';
import type { Analysis } from '../analysis.ts';
import { analysisOf } from '../analyseLog.ts';
import { LogSession } from '../logSession.ts';
import { segmentResult } from './analyseSegment.ts';
import { lineEndBefore, readRange } from './readSegments.ts';
import type { SegmentResult } from './segment.ts';

/** Bytes before the tail that it is judged by. */
const contextBytes = 2 << 20;

const deps = {
  embedder: null,
  embedderStatus: { id: 'none', state: 'off', detail: '' },
  now: () => 0,
} as const;

/**
 * The end of a log that is still written: a log in memory that grows. It answers for what was added;
 * what is before it is there to compare with.
 */
export class LogTail {
  readonly #source: ByteSource;
  /** First byte that the tail answers for. */
  readonly #start: number;
  /** First byte that is held. */
  readonly #begin: number;
  #session: LogSession | null = null;
  #newest: Analysis | null = null;

  constructor(source: ByteSource, start: number) {
    this.#source = source;
    this.#start = start;
    this.#begin = Math.max(0, start - contextBytes);
  }

  /** Learns what is before the tail. @throws EngineError `aborted`, and as `ByteSource.read` */
  async prepare(signal?: AbortSignal): Promise<void> {
    for await (const analysis of await this.#grown(signal)) this.#newest = analysis;
  }

  /**
   * Reads what the source has gained and judges it: first by what is known, then, where the tail has
   * outgrown that, by what was learned anew.
   * @throws EngineError `aborted`, and as `ByteSource.read`
   */
  async *results(index: number, signal?: AbortSignal): AsyncGenerator<SegmentResult> {
    for await (const analysis of await this.#grown(signal)) {
      this.#newest = analysis;
      yield this.#result(index, analysis, analysis.view.log.bytes.length);
    }
  }

  /** What is known of it with what the source has gained. */
  async #grown(signal?: AbortSignal): Promise<AsyncGenerator<Analysis>> {
    const held = this.#session?.log.bytes.length ?? 0;
    const at = this.#begin + held;
    const more = await readRange(this.#source, at, new Uint8Array(this.#source.size - at), signal);
    if (this.#session !== null) return this.#session.append(more, signal);
    const { path, encoding } = this.#source;
    this.#session = new LogSession(knownText(path, more, encoding), deps);
    return this.#session.analyse(signal);
  }

  /**
   * What is known of its whole lines when it ends; null where there are none.
   * @throws EngineError `aborted`
   */
  async closed(index: number): Promise<SegmentResult | null> {
    if (this.#session === null || this.#newest === null) return null;
    this.#newest = await analysisOf(this.#session.analyse());
    const { bytes } = this.#newest.view.log;
    const to = lineEndBefore(bytes, bytes.length, this.#start - this.#begin);
    return to === null ? null : this.#result(index, this.#newest, to);
  }

  #result(index: number, { view, findings }: Analysis, to: number): SegmentResult {
    const from = this.#start - this.#begin;
    return segmentResult({ index, start: this.#start, from, to, sessions: true }, view, findings);
  }
}
