import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReaderEvents, ReaderSide } from '../../src/protocol/readerApi.ts';
import type { SilentSide } from '../../src/protocol/rpc.ts';
import { RpcPeer } from '../../src/protocol/rpc.ts';
import type {
  HostSide,
  WorkerEvents,
  WorkerSetup,
  WorkerSide,
} from '../../src/protocol/workerApi.ts';

/** Bundles that `bench/run.mjs` makes. */
const bundle = (name: string): string => join(process.cwd(), '.cache', 'bench', `${name}.mjs`);

const spoolDir = join(tmpdir(), 'faultline-bench-follow-spool');

const complain = (message: string, cause?: unknown): void => {
  console.error(message, cause ?? '');
};

/** The reading thread and the engine's thread, as the extension host starts them. */
export interface Threads {
  readonly reader: RpcPeer<SilentSide, ReaderSide>;
  readonly engine: RpcPeer<HostSide, WorkerSide>;
  close(): Promise<void>;
}

export function startThreads(events: {
  readonly changed: (event: ReaderEvents['changed']) => void;
  readonly indexed: (event: ReaderEvents['indexed']) => void;
  readonly marks: (event: WorkerEvents['marks']) => void;
}): Threads {
  const reading = new Worker(bundle('follow-reader'), { workerData: { spoolDir } });
  const reader = new RpcPeer<SilentSide, ReaderSide>({
    post: (message, transfer) => {
      reading.postMessage(message, [...transfer]);
    },
    requests: {},
    events: {
      changed: events.changed,
      indexed: events.indexed,
      found: () => undefined,
      output: ({ message }) => {
        complain(message);
      },
    },
    onProblem: complain,
  });
  reading.on('message', (message: unknown) => {
    reader.receive(message);
  });
  const setup: WorkerSetup = {
    modelDir: '',
    cacheDir: '',
    incidentDir: '',
    spoolDir,
    options: {
      embeddings: false,
      normalTemplates: [],
      rules: [],
      formats: [],
      incidents: { similarity: 0.7, limit: 5, learning: false },
    },
  };
  const working = new Worker(bundle('follow-engine'), { workerData: setup });
  const engine = new RpcPeer<HostSide, WorkerSide>({
    post: (message, transfer) => {
      working.postMessage(message, [...transfer]);
    },
    requests: { editorModel: () => Promise.reject(new Error('There is no model here.')) },
    events: {
      marks: events.marks,
      progress: () => undefined,
      modelText: () => undefined,
      ruleProblems: () => undefined,
      formatProblems: () => undefined,
      output: ({ level, message }) => {
        if (level === 'error') complain(message);
      },
    },
    onProblem: complain,
  });
  working.on('message', (message: unknown) => {
    engine.receive(message);
  });
  return {
    reader,
    engine,
    close: async () => {
      await reading.terminate();
      await working.terminate();
    },
  };
}
