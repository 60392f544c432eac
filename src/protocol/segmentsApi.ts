import type { Segment, SegmentResult } from '../engine/analysis/stream/segment.ts';
import type { ReaderFormat } from '../engine/record/readerFormat.ts';
import type { Side } from './rpc.ts';

/** What a thread that analyses segments is started with (`workerData`). */
export interface SegmentsSetup {
  readonly role: 'segments';
}

/** What such a thread answers. The bytes of a segment are shared, not sent. */
interface SegmentsRequests {
  /** @throws `aborted` */
  analyse: {
    params: { readonly segment: Segment; readonly formats: readonly ReaderFormat[] };
    result: SegmentResult;
  };
}

export type SegmentsSide = Side<SegmentsRequests, Record<string, never>>;
