import { readSegmentsAgain } from '../engine/analysis/stream/analysedExcerpt.ts';
import type { SegmentPlace } from '../engine/analysis/stream/segmentFold.ts';
import type { StreamedAnalysis, StreamedLog } from '../engine/analysis/stream/streamedLog.ts';
import type { LogView } from '../engine/detect/logView.ts';

interface Kept {
  readonly log: StreamedLog;
  readonly bytes: number;
  readonly starts: string;
  readonly view: LogView;
}

/**
 * Reads segments of large logs again, one request after the other. The newest excerpt of several
 * segments and the newest single one are kept: a report is followed by questions about it, and a line
 * by its neighbours. That is all that is held of any number of such logs.
 */
export class SegmentReader {
  #excerpt: Kept | null = null;
  #segment: Kept | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** @throws EngineError `aborted`, and as `ByteSource.read` */
  read(
    log: StreamedLog,
    known: StreamedAnalysis,
    places: readonly SegmentPlace[],
    signal?: AbortSignal,
  ): Promise<LogView> {
    const turn = this.#turn.then(() => this.#read(log, known, places, signal));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Lets go of what is kept of a log. */
  forget(log: StreamedLog): void {
    if (this.#excerpt?.log === log) this.#excerpt = null;
    if (this.#segment?.log === log) this.#segment = null;
  }

  async #read(
    log: StreamedLog,
    known: StreamedAnalysis,
    places: readonly SegmentPlace[],
    signal: AbortSignal | undefined,
  ): Promise<LogView> {
    const { bytes } = known;
    const starts = places.map(({ start }) => start).join(' ');
    const held = [this.#segment, this.#excerpt].find(
      (kept) => kept?.log === log && kept.bytes === bytes && kept.starts === starts,
    );
    if (held !== undefined && held !== null) return held.view;
    // What is kept makes room first: two excerpts at a time would be twice the memory.
    if (places.length === 1) this.#segment = null;
    else this.#excerpt = null;
    const view = await readSegmentsAgain(log, known, places, signal);
    const kept = { log, bytes, starts, view };
    if (places.length === 1) this.#segment = kept;
    else this.#excerpt = kept;
    return view;
  }
}
