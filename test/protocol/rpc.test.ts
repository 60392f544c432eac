import { MessageChannel } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../src/engine/base/engineError.ts';
import type { Side, SilentSide } from '../../src/protocol/rpc.ts';
import { RpcPeer, transferring } from '../../src/protocol/rpc.ts';

interface ServerRequests {
  double: { params: number; result: number };
  fail: { params: string; result: null };
  crash: { params: null; result: null };
  wait: { params: null; result: string };
  size: { params: { bytes: Uint8Array<ArrayBuffer> }; result: number };
  unclonable: { params: null; result: unknown };
}
type ServerSide = Side<ServerRequests, { tick: number; bad: number }>;

interface Pair {
  readonly client: RpcPeer<SilentSide, ServerSide>;
  readonly server: RpcPeer<ServerSide, SilentSide>;
  readonly ticks: number[];
  readonly problems: string[];
  /** Signals of the `wait` handlers that run or ran. */
  readonly waiting: AbortSignal[];
}

/** Two peers joined by queues that clone like a real port; `lose` drops what it returns true for. */
function pair(lose: (kind: string) => boolean = () => false): Pair {
  const ticks: number[] = [];
  const problems: string[] = [];
  const waiting: AbortSignal[] = [];
  const send = (message: unknown, receive: (message: unknown) => void): void => {
    const copy = structuredClone(message);
    if (!lose((copy as { kind: string }).kind))
      setImmediate(() => {
        receive(copy);
      });
  };
  const client = new RpcPeer<SilentSide, ServerSide>({
    post: (message) => {
      send(message, (copy) => {
        server.receive(copy);
      });
    },
    requests: {},
    events: {
      tick: (value) => ticks.push(value),
      bad: () => {
        throw new Error('handler broke');
      },
    },
    onProblem: (message) => problems.push(message),
  });
  const server = new RpcPeer<ServerSide, SilentSide>({
    post: (message) => {
      send(message, (copy) => {
        client.receive(copy);
      });
    },
    requests: {
      double: (value) => value * 2,
      fail: (path) => {
        throw new EngineError('no-permission', `Cannot read ${path}.`, 'Change its permissions.');
      },
      crash: () => {
        throw new TypeError('x is not a function');
      },
      wait: (_params, signal) => {
        waiting.push(signal);
        return new Promise(() => undefined);
      },
      size: ({ bytes }) => bytes.length,
      unclonable: () => () => 1,
    },
    events: {},
    onProblem: (message) => problems.push(message),
  });
  return { client, server, ticks, problems, waiting };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

describe('RpcPeer', () => {
  it('answers each request with its own result, whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 30 }),
        async (values) => {
          const { client } = pair();
          const results = await Promise.all(values.map((value) => client.request('double', value)));
          expect(results).toEqual(values.map((value) => value * 2));
        },
      ),
      { seed: 7, numRuns: 20 },
    );
  });

  it('keeps reason, message and advice of an expected failure', async () => {
    const { client, problems } = pair();
    await expect(client.request('fail', 'a.log')).rejects.toMatchObject({
      name: 'RpcError',
      reason: 'no-permission',
      message: 'Cannot read a.log.',
      advice: 'Change its permissions.',
    });
    expect(problems).toEqual([]);
  });

  it('turns a crash into an internal failure and reports it on its own side', async () => {
    const { client, problems } = pair();
    await expect(client.request('crash', null)).rejects.toMatchObject({ reason: 'internal' });
    expect(problems).toEqual(['The request crash failed.']);
    await expect(client.request('double', 4)).resolves.toBe(8);
  });

  it('fails a request nobody answers, also when it is named like an inherited property', async () => {
    const { client } = pair();
    const ask = client.request.bind(client) as (name: string, params: null) => Promise<unknown>;
    await expect(ask('nothing', null)).rejects.toMatchObject({ reason: 'unknown-request' });
    await expect(ask('constructor', null)).rejects.toMatchObject({ reason: 'unknown-request' });
  });

  it('fails a request whose parameters or result cannot be sent', async () => {
    const { client } = pair();
    const ask = client.request.bind(client) as (name: string, params: unknown) => Promise<unknown>;
    await expect(ask('double', () => 1)).rejects.toMatchObject({ reason: 'internal' });
    await expect(client.request('unclonable', null)).rejects.toMatchObject({ reason: 'internal' });
  });

  it('cancels at once for the caller and fires the signal of the handler', async () => {
    const { client, waiting } = pair();
    const controller = new AbortController();
    const asked = client.request('wait', null, controller.signal);
    await settle();
    controller.abort();
    await expect(asked).rejects.toMatchObject({ reason: 'aborted' });
    await settle();
    expect(waiting[0]?.aborted).toBe(true);
  });

  it('does not ask at all when the signal has fired before', async () => {
    const { client, waiting } = pair();
    await expect(client.request('wait', null, AbortSignal.abort())).rejects.toMatchObject({
      reason: 'aborted',
    });
    await settle();
    expect(waiting).toEqual([]);
  });

  it('rejects everything that is pending when the other end goes away', async () => {
    const { client, server, waiting } = pair();
    const asked = [client.request('wait', null), client.request('wait', null)];
    const outcomes = Promise.allSettled(asked);
    await settle();
    const gone = {
      reason: 'disconnected',
      message: 'The engine stopped.',
      advice: 'Wait.',
    } as const;
    client.close(gone);
    server.close(gone);
    for (const outcome of await outcomes) {
      expect(outcome.status).toBe('rejected');
      expect((outcome as PromiseRejectedResult).reason).toMatchObject(gone);
    }
    expect(waiting.map((signal) => signal.aborted)).toEqual([true, true]);
    await expect(client.request('double', 1)).rejects.toMatchObject({ reason: 'disconnected' });
  });

  it('stays usable when replies are lost: the caller can still cancel', async () => {
    let losing = true;
    const { client } = pair((kind) => losing && kind === 'reply');
    const controller = new AbortController();
    const lost = client.request('double', 1, controller.signal);
    await settle();
    losing = false;
    await expect(client.request('double', 2)).resolves.toBe(4);
    controller.abort();
    await expect(lost).rejects.toMatchObject({ reason: 'aborted' });
  });

  it('ignores a reply that arrives twice, late, or for nobody', async () => {
    const { client } = pair();
    const asked = client.request('double', 3);
    client.receive({ kind: 'reply', id: 99, value: 'for nobody' });
    await expect(asked).resolves.toBe(6);
    client.receive({ kind: 'reply', id: 1, value: 'again' });
    await expect(client.request('double', 5)).resolves.toBe(10);
  });

  it('reports messages of unknown shape and goes on', async () => {
    const { client, problems } = pair();
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (noise) => {
        client.receive(noise);
        await expect(client.request('double', 1)).resolves.toBe(2);
      }),
      { seed: 11, numRuns: 100 },
    );
    expect(problems.length).toBeGreaterThan(0);
  });

  it('delivers events in order and survives a handler that throws', async () => {
    const { server, ticks, problems } = pair();
    server.emit('tick', 1);
    server.emit('bad', 0);
    server.emit('tick', 2);
    await settle();
    expect(ticks).toEqual([1, 2]);
    expect(problems).toEqual(['Handling the event bad failed.']);
  });

  it('sends and takes nothing after it was closed', async () => {
    const { client, server, ticks } = pair();
    client.close({ reason: 'disconnected', message: 'Closed.', advice: '' });
    server.emit('tick', 1);
    client.receive({ kind: 'request', id: 1, name: 'double', params: 1 });
    await settle();
    expect(ticks).toEqual([]);
  });
});

describe('RpcPeer over a MessagePort', () => {
  const { port1, port2 } = new MessageChannel();
  afterEach(() => {
    port1.close();
  });

  it('moves marked buffers instead of copying them', async () => {
    const server = new RpcPeer<
      Side<Pick<ServerRequests, 'size'>, Record<string, never>>,
      SilentSide
    >({
      post: (message) => {
        port2.postMessage(message);
      },
      requests: { size: ({ bytes }) => bytes.length },
      events: {},
      onProblem: (message) => {
        throw new Error(message);
      },
    });
    port2.on('message', (message) => {
      server.receive(message);
    });
    const client = new RpcPeer<SilentSide, ServerSide>({
      post: (message, transfer) => {
        port1.postMessage(message, [...transfer]);
      },
      requests: {},
      events: { tick: () => undefined, bad: () => undefined },
      onProblem: (message) => {
        throw new Error(message);
      },
    });
    port1.on('message', (message) => {
      client.receive(message);
    });

    const bytes = new Uint8Array(1024);
    const asked = client.request('size', transferring({ bytes }, [bytes.buffer]));
    expect(bytes.length).toBe(0);
    await expect(asked).resolves.toBe(1024);
  });
});
