import { availableParallelism } from 'node:os';
import type { MessagePort } from 'node:worker_threads';
import type { OpenEmbedder } from '../engine/embed/openEmbedder.ts';
import { openEmbedder } from '../engine/embed/openEmbedder.ts';
import type { EmbedderSetup, EmbedderSide } from '../protocol/embedderApi.ts';
import { RpcPeer, transferring } from '../protocol/rpc.ts';
import type { SilentSide } from '../protocol/rpc.ts';
import { outputLog } from './outputLog.ts';

/** The embedder's thread: a run of the model blocks it, and nobody else. */
export function serveEmbedder(port: MessagePort, { modelDir, cacheDir }: EmbedderSetup): void {
  const log = outputLog((line) => {
    peer.emit('output', line);
  });
  let opening: Promise<OpenEmbedder> | null = null;
  const opened = (): Promise<OpenEmbedder> =>
    (opening ??= openEmbedder({
      modelsDir: modelDir,
      cacheDir,
      // One core is left to the editor.
      cores: availableParallelism() - 1,
      log,
    }));
  const peer: RpcPeer<EmbedderSide, SilentSide> = new RpcPeer<EmbedderSide, SilentSide>({
    post: (message, transfer) => {
      port.postMessage(message, [...transfer]);
    },
    requests: {
      open: async () => {
        const { embedder, status } = await opened();
        return { id: embedder.id, dimensions: embedder.dimensions, status };
      },
      embed: async ({ texts }, signal) => {
        const { embedder } = await opened();
        const vectors = new Float32Array(texts.length * embedder.dimensions);
        (await embedder.embed(texts, signal)).forEach((vector, index) => {
          vectors.set(vector, index * embedder.dimensions);
        });
        return transferring({ vectors }, [vectors.buffer]);
      },
    },
    events: {},
    onProblem: (message, cause) => {
      log.error(message, cause);
    },
  });
  port.on('message', (message: unknown) => {
    peer.receive(message);
  });
}
