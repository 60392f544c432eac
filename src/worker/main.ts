import { inspect } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import type { Log } from '../engine/base/log.ts';
import { openEmbedder } from '../engine/embed/openEmbedder.ts';
import { openIncidentStore } from '../engine/incident/openIncidentStore.ts';
import type { SilentSide } from '../protocol/rpc.ts';
import { RpcPeer } from '../protocol/rpc.ts';
import type { WorkerSetup, WorkerSide } from '../protocol/workerApi.ts';
import { engineServer } from './engineServer.ts';

// The engine's thread: everything heavy happens here, so that the host of all extensions never waits.

const port = parentPort;
if (port === null) throw new Error('This program is started by the extension, as a worker.');
const setup = workerData as WorkerSetup;

const log: Log = {
  debug: (message) => {
    peer.emit('output', { level: 'debug', message });
  },
  info: (message) => {
    peer.emit('output', { level: 'info', message });
  },
  warn: (message) => {
    peer.emit('output', { level: 'warn', message });
  },
  error: (message, cause) => {
    peer.emit('output', { level: 'error', message: withCause(message, cause) });
  },
};

const peer: RpcPeer<WorkerSide, SilentSide> = new RpcPeer<WorkerSide, SilentSide>({
  post: (message, transfer) => {
    port.postMessage(message, [...transfer]);
  },
  requests: engineServer({
    options: setup.options,
    openEmbedder: () => openEmbedder({ modelsDir: setup.modelDir, cacheDir: setup.cacheDir, log }),
    openIncidents: (embedder) =>
      openIncidentStore({ dir: setup.incidentDir, embedder, now: Date.now, log }),
    emit: (event, payload) => {
      peer.emit(event, payload);
    },
    log,
    now: () => performance.now(),
    today: () => new Date().toISOString(),
  }),
  events: {},
  onProblem: (message, cause) => {
    log.error(message, cause);
  },
});

port.on('message', (message: unknown) => {
  peer.receive(message);
});

function withCause(message: string, cause: unknown): string {
  return cause === undefined ? message : `${message} ${inspect(cause)}`;
}
