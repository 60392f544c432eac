import type { MessagePort } from 'node:worker_threads';
import { checkFormats } from '../engine/record/checkFormats.ts';
import { useFormats } from '../engine/record/formatsInUse.ts';
import type { ReaderSetup, ReaderSide } from '../protocol/readerApi.ts';
import type { SilentSide } from '../protocol/rpc.ts';
import { RpcPeer } from '../protocol/rpc.ts';
import { identifierLines } from './identifierLines.ts';
import { openJoined } from './openJoined.ts';
import { Views } from './views.ts';

/** Answers requests about views of logs on a port. */
export function serveReader(port: MessagePort, setup: ReaderSetup): void {
  useFormats(checkFormats(setup.formats).formats);
  const views = new Views({
    open: (params, signal) => openJoined({ ...params, spoolDir: setup.spoolDir, signal }),
    followIdentifier: (params, signal) => identifierLines(params, setup.spoolDir, signal),
    emit: (event, payload) => {
      peer.emit(event, payload);
    },
  });
  const peer: RpcPeer<ReaderSide, SilentSide> = new RpcPeer<ReaderSide, SilentSide>({
    post: (message, transfer) => {
      port.postMessage(message, [...transfer]);
    },
    requests: views.handlers(),
    events: {},
    onProblem: (message, cause) => {
      const detail = cause instanceof Error ? ` ${cause.stack ?? cause.message}` : '';
      peer.emit('output', { level: 'error', message: `${message}${detail}` });
    },
  });
  port.on('message', (message: unknown) => {
    peer.receive(message);
  });
  port.on('close', () => {
    peer.close({
      reason: 'disconnected',
      message: 'The channel was closed.',
      advice: 'Open the log again.',
    });
    void views.closeAll();
  });
}
