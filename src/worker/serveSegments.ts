import type { MessagePort } from 'node:worker_threads';
import { analyseSegment } from '../engine/analysis/stream/analyseSegment.ts';
import { useFormats } from '../engine/record/formatsInUse.ts';
import { RpcPeer } from '../protocol/rpc.ts';
import type { SilentSide } from '../protocol/rpc.ts';
import type { SegmentsSide } from '../protocol/segmentsApi.ts';

/** A thread that analyses segments of large logs, one at a time. */
export function serveSegments(port: MessagePort): void {
  const peer: RpcPeer<SegmentsSide, SilentSide> = new RpcPeer<SegmentsSide, SilentSide>({
    post: (message, transfer) => {
      port.postMessage(message, [...transfer]);
    },
    requests: {
      analyse: ({ segment, formats }, signal) => {
        useFormats(formats);
        return analyseSegment(segment, signal);
      },
    },
    events: {},
    // A reply that cannot be sent ends the thread; whoever waits is told that it ended.
    onProblem: (message, cause) => {
      throw new Error(message, { cause });
    },
  });
  port.on('message', (message: unknown) => {
    peer.receive(message);
  });
}
