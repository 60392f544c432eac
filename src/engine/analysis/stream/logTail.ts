import { knownText } from '../../record/decodeLog.ts';
import type { InferredLog } from '../../record/inferLog.ts';
import type { ByteSource } from '../../source/byteSource.ts';
import type { Analysis } from '../analysis.ts';
import { LogSession } from '../logSession.ts';
import { segmentResult } from './analyseSegment.ts';
import type { QuietTime } from './quietTime.ts';
import { readRange } from './readSegments.ts';
import type { SegmentResult } from './segment.ts';

/** Bytes before the tail that it is judged by. */
const contextBytes = 2 << 20;

/** Growth after which it learns anew: once or twice, as a longer tail is soon followed by another one. */
const growth = 2;

const deps = {
  embedder: null,
  embedderStatus: { id: 'none', state: 'off', detail: '' },
  now: () => 0,
} as const;

export interface LogTailOptions {
  /** First byte that the tail answers for. */
  readonly start: number;
  /** How the log is written; null where that is not known. */
  readonly reading: InferredLog | null;
  /** When it is prepared. */
  readonly quiet: QuietTime;
}

/**
 * The end of a log that is still written: a log in memory that grows. It answers for what was added;
 * what is before it is there to compare with. One call at a time.
 */
export class LogTail {
  readonly #source: ByteSource;
  readonly #options: LogTailOptions;
  /** First byte that is held. */
  readonly #begin: number;
  #session: LogSession | null = null;
  #isPrepared = false;

  constructor(source: ByteSource, options: LogTailOptions) {
    this.#source = source;
    this.#options = options;
    this.#begin = Math.max(0, options.start - contextBytes);
  }

  /**
   * Learns what is before the tail, in quiet time.
   * @throws EngineError `aborted`, and as `ByteSource.read`
   */
  async prepare(signal?: AbortSignal): Promise<void> {
    const stages = await this.#grown(signal);
    while ((await stages.next()).done !== true);
    this.#isPrepared = true;
  }

  /**
   * Reads what the source has gained and judges it: first by what is known, then, where the tail has
   * outgrown that, by what was learned anew.
   * @throws EngineError `aborted`, and as `ByteSource.read`
   */
  async *results(index: number, signal?: AbortSignal): AsyncGenerator<SegmentResult> {
    this.#isPrepared = true;
    const { start } = this.#options;
    const from = start - this.#begin;
    for await (const { view, findings } of await this.#grown(signal)) {
      const to = view.log.bytes.length;
      yield segmentResult({ index, start, from, to, sessions: true }, view, findings);
    }
  }

  /** What is known of it with what the source has gained. */
  async #grown(signal?: AbortSignal): Promise<AsyncGenerator<Analysis>> {
    const { reading, quiet } = this.#options;
    const held = this.#session?.log.bytes.length ?? 0;
    const at = this.#begin + held;
    const more = await readRange(this.#source, at, new Uint8Array(this.#source.size - at), signal);
    if (this.#session !== null) return this.#session.append(more, signal);
    const { path, encoding } = this.#source;
    this.#session = new LogSession(knownText(path, more, encoding), deps, {
      ...(reading === null ? {} : { reading }),
      growth,
      rest: async () => {
        if (!this.#isPrepared) await quiet.wait();
      },
    });
    return this.#session.analyse(signal);
  }
}
