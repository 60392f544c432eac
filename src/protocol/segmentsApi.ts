import type { Segment, SegmentResult } from '../engine/analysis/stream/segment.ts';
import type { Side } from './rpc.ts';

/** What a thread that analyses segments is started with (`workerData`). */
export interface SegmentsSetup {
  readonly role: 'segments';
}

/** What such a thread answers. The bytes of a segment are shared, not sent. */
interface SegmentsRequests {
  /** @throws `aborted` */
  analyse: { params: Segment; result: SegmentResult };
}

export type SegmentsSide = Side<SegmentsRequests, Record<string, never>>;
