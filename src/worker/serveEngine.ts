import { randomBytes } from 'node:crypto';
import type { MessagePort } from 'node:worker_threads';
import { openIncidentStore } from '../engine/incident/openIncidentStore.ts';
import { RpcPeer } from '../protocol/rpc.ts';
import type { HostSide, WorkerSetup, WorkerSide } from '../protocol/workerApi.ts';
import { EditorModels } from './editorModels.ts';
import { openEmbedderThread } from './embedderThread.ts';
import { engineServer } from './engineServer.ts';
import { outputLog } from './outputLog.ts';
import { SegmentThreads } from './segmentThreads.ts';
import { startThread } from './startThread.ts';

/** The engine's thread. `program` is this bundle, which serves as the embedder's thread as well. */
export function serveEngine(port: MessagePort, setup: WorkerSetup, program: URL): void {
  const { modelDir, cacheDir, incidentDir, spoolDir, options } = setup;
  const log = outputLog((line) => {
    peer.emit('output', line);
  });
  const editorModels = new EditorModels((params, signal) =>
    peer.request('editorModel', params, signal),
  );
  const peer: RpcPeer<WorkerSide, HostSide> = new RpcPeer<WorkerSide, HostSide>({
    post: (message, transfer) => {
      port.postMessage(message, [...transfer]);
    },
    requests: engineServer({
      options,
      openEmbedder: () =>
        openEmbedderThread({
          start: (listeners) =>
            startThread(program, { role: 'embedder', modelDir, cacheDir }, listeners),
          log,
        }),
      openIncidents: (embedder) =>
        openIncidentStore({ dir: incidentDir, embedder, now: Date.now, log }),
      segments: new SegmentThreads({
        start: (listeners) => startThread(program, { role: 'segments' }, listeners),
      }),
      spoolDir,
      editorModels,
      nonce: randomBytes(16).toString('hex'),
      emit: (event, payload) => {
        peer.emit(event, payload);
      },
      log,
      now: () => performance.now(),
      today: () => new Date().toISOString(),
    }),
    events: {
      editorModelText: (event) => {
        editorModels.text(event);
      },
    },
    onProblem: (message, cause) => {
      log.error(message, cause);
    },
  });
  port.on('message', (message: unknown) => {
    peer.receive(message);
  });
}
