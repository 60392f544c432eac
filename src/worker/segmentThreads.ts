import { availableParallelism } from 'node:os';
import type { Segment, SegmentAnalyser, SegmentResult } from '../engine/analysis/stream/segment.ts';
import { EngineError } from '../engine/base/engineError.ts';
import { formatsInUse } from '../engine/record/formatsInUse.ts';
import { RpcError, RpcPeer } from '../protocol/rpc.ts';
import type { Failure, SilentSide } from '../protocol/rpc.ts';
import type { SegmentsSide } from '../protocol/segmentsApi.ts';
import type { ThreadListeners, ThreadPort } from './startThread.ts';

/** More would be faster and take more memory than a large log may. */
const mostThreads = 2;

/** Milliseconds without work after which a thread ends and gives its memory back. */
const idleTime = 5000;

export interface SegmentThreadsOptions {
  readonly start: (listeners: ThreadListeners) => ThreadPort;
  /** Threads at most; as many as there are cores, up to two, when absent. */
  readonly threads?: number;
}

interface Thread {
  readonly peer: RpcPeer<SilentSide, SegmentsSide>;
  readonly port: ThreadPort;
  hasEnded: boolean;
}

const ended: Failure = {
  reason: 'unreadable',
  message: 'A thread that analyses the log ended.',
  advice: 'Analyse it again; close what else takes memory.',
};

/** Analyses segments in threads of their own, which are started when needed. */
export class SegmentThreads implements SegmentAnalyser {
  readonly parallel: number;
  readonly #start: SegmentThreadsOptions['start'];
  readonly #idle: Thread[] = [];
  readonly #waiting: (() => void)[] = [];
  #working = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor({ start, threads }: SegmentThreadsOptions) {
    this.#start = start;
    this.parallel = threads ?? Math.min(mostThreads, availableParallelism());
  }

  async analyse(segment: Segment, signal?: AbortSignal): Promise<SegmentResult> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    while (this.#working >= this.parallel) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#working += 1;
    const thread = this.#idle.pop() ?? this.#begin();
    try {
      const formats = formatsInUse();
      return await thread.peer.request('analyse', { segment, formats }, signal);
    } catch (error) {
      throw asEngineError(error);
    } finally {
      this.#working -= 1;
      if (!thread.hasEnded) this.#idle.push(thread);
      this.#waiting.shift()?.();
      if (this.#working === 0) this.#rest();
    }
  }

  /** Ends the threads that have nothing to do. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const { peer, port } of this.#idle.splice(0)) {
      peer.close(ended);
      port.terminate();
    }
  }

  #rest(): void {
    this.#timer = setTimeout(() => {
      this.close();
    }, idleTime);
    this.#timer.unref();
  }

  #begin(): Thread {
    const peer: Thread['peer'] = new RpcPeer<SilentSide, SegmentsSide>({
      post: (message, transfer) => {
        port.post(message, transfer);
      },
      requests: {},
      events: {},
      onProblem: (message, cause) => {
        peer.close({ ...ended, message: `${ended.message} ${message} ${String(cause)}` });
      },
    });
    const port = this.#start({
      onMessage: (message) => {
        peer.receive(message);
      },
      onExit: () => {
        thread.hasEnded = true;
        const at = this.#idle.indexOf(thread);
        if (at >= 0) this.#idle.splice(at, 1);
        peer.close(ended);
      },
    });
    const thread: Thread = { peer, port, hasEnded: false };
    return thread;
  }
}

/** The engine knows its own errors; those of the channel mean that the thread did not answer. */
function asEngineError(error: unknown): unknown {
  if (!(error instanceof RpcError)) return error;
  const { reason, message, advice } = error;
  const isKnown =
    reason !== 'disconnected' && reason !== 'unknown-request' && reason !== 'internal';
  return new EngineError(isKnown ? reason : 'unreadable', message, advice, error);
}
