import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReaderEvents, ReaderSetup, ReaderSide } from '../../src/protocol/readerApi.ts';
import type { SilentSide } from '../../src/protocol/rpc.ts';
import { RpcPeer } from '../../src/protocol/rpc.ts';

/** The reading thread, bundled as the extension ships it. */
const program = resolve('.cache', 'bench', 'reading-thread.mjs');

export interface ReadingThread {
  readonly peer: RpcPeer<SilentSide, ReaderSide>;
  /** Told how far the index has come. */
  onIndexed: (event: ReaderEvents['indexed']) => void;
  end(): Promise<unknown>;
}

/** Starts the thread as the extension host does. */
export function startThread(): ReadingThread {
  const setup: ReaderSetup = { spoolDir: join(tmpdir(), 'faultline-bench-spool'), formats: [] };
  const worker = new Worker(program, { workerData: setup });
  const peer = new RpcPeer<SilentSide, ReaderSide>({
    post: (message, transfer) => {
      worker.postMessage(message, [...transfer]);
    },
    requests: {},
    events: {
      indexed: (event) => {
        thread.onIndexed(event);
      },
      found: () => undefined,
      changed: () => undefined,
      output: ({ level, message }) => {
        if (level === 'error') throw new Error(message);
      },
    },
    onProblem: (message, cause) => {
      throw new Error(message, { cause });
    },
  });
  worker.on('message', (message: unknown) => {
    peer.receive(message);
  });
  const thread: ReadingThread = {
    peer,
    onIndexed: () => undefined,
    end: () => worker.terminate(),
  };
  return thread;
}
