import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nullLog } from '../../src/engine/base/log.ts';
import type { ThreadListeners } from '../../src/host/supervisedThread.ts';
import { EngineClient } from '../../src/host/engineClient.ts';
import { logMarks } from './logMarks.ts';

/** A worker that answers `marks` at once, never answers `templateAt`, and dies when told to. */
class FakeWorker {
  readonly posted: unknown[] = [];
  terminated = false;
  readonly #listeners: ThreadListeners;

  constructor(listeners: ThreadListeners) {
    this.#listeners = listeners;
  }

  post(message: unknown): void {
    this.posted.push(message);
    const { kind, id, name } = message as { kind: string; id: number; name: string };
    if (kind === 'request' && name === 'marks') {
      this.#listeners.onMessage({ kind: 'reply', id, value: logMarks() });
    }
  }

  tell(name: string, payload: unknown): void {
    this.#listeners.onMessage({ kind: 'event', name, payload });
  }

  ask(name: string, params: unknown): void {
    this.#listeners.onMessage({ kind: 'request', id: 1, name, params });
  }

  terminate(): void {
    this.terminated = true;
  }

  die(): void {
    this.#listeners.onExit(new Error('out of memory'));
  }
}

function setUp() {
  const workers: FakeWorker[] = [];
  const progress: string[] = [];
  let restarts = 0;
  const client = new EngineClient({
    start: (listeners) => {
      const worker = new FakeWorker(listeners);
      workers.push(worker);
      return worker;
    },
    editorModel: (_params, _signal, onText) => {
      onText('It is');
      return Promise.resolve({ text: 'It is full.', promptTokens: 1, outputTokens: 1 });
    },
    events: {
      marks: () => undefined,
      progress: ({ log }) => progress.push(log),
      modelText: () => undefined,
      ruleProblems: () => undefined,
      formatProblems: () => undefined,
    },
    onRestart: () => restarts++,
    log: nullLog,
  });
  return { client, workers, progress, restarts: () => restarts };
}

const untilPosted = async (worker: FakeWorker, count: number): Promise<readonly unknown[]> => {
  for (let turns = 0; turns < 20 && worker.posted.length < count; turns++) await Promise.resolve();
  return worker.posted;
};

describe('EngineClient', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('starts one worker ahead of the first request, and none that it should not', async () => {
    const { client, workers } = setUp();
    client.warmUp();
    client.warmUp();
    expect(workers).toHaveLength(1);
    await client.request('marks', { log: 'a' });
    expect(workers).toHaveLength(1);
    workers[0]!.die();
    client.warmUp();
    expect(workers).toHaveLength(1);
  });

  it('answers the engine with a model of the editor, its text piece by piece', async () => {
    const { client, workers } = setUp();
    client.warmUp();
    const request = { messages: [], format: 'text', schema: {}, maxOutputTokens: 10 } as const;
    workers[0]!.ask('editorModel', { run: 7, id: 'm', request });
    const posted = await untilPosted(workers[0]!, 2);
    expect(posted[0]).toMatchObject({
      kind: 'event',
      name: 'editorModelText',
      payload: { run: 7, piece: 'It is' },
    });
    expect(posted[1]).toMatchObject({ kind: 'reply', value: { text: 'It is full.' } });
  });

  it('starts the worker with the first request and keeps it', async () => {
    const { client, workers } = setUp();
    expect(workers).toHaveLength(0);
    expect(client.running).toBe(false);
    await client.request('marks', { log: 'a' });
    await client.request('marks', { log: 'b' });
    expect(workers).toHaveLength(1);
    expect(client.running).toBe(true);
  });

  it('hands events of the worker on', async () => {
    const { client, workers, progress } = setUp();
    await client.request('marks', { log: 'a' });
    workers[0]?.tell('progress', {
      log: 'a',
      run: 1,
      progress: { stage: 'reading', share: 0, bytesPerSecond: null, secondsLeft: null },
    });
    expect(progress).toEqual(['a']);
  });

  it('rejects what is pending when the worker dies, and starts another after a pause', async () => {
    const { client, workers, restarts } = setUp();
    const asked = client.request('templateAt', { log: 'a', line: 0 });
    const outcome = expect(asked).rejects.toMatchObject({ reason: 'disconnected' });
    workers[0]?.die();
    await outcome;
    await expect(client.request('marks', { log: 'a' })).rejects.toMatchObject({
      reason: 'disconnected',
    });
    expect(workers).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(300);
    expect(restarts()).toBe(1);
    await client.request('marks', { log: 'a' });
    expect(workers).toHaveLength(2);
  });

  it('rests longer each time, gives up, says what to do, and can be revived', async () => {
    const { client, workers } = setUp();
    for (const pause of [250, 1_000, 4_000, 15_000]) {
      await client.request('marks', { log: 'a' });
      workers.at(-1)?.die();
      await vi.advanceTimersByTimeAsync(pause - 1);
      expect(client.running).toBe(false);
      await expect(client.request('marks', { log: 'a' })).rejects.toThrow();
      await vi.advanceTimersByTimeAsync(1);
    }
    await client.request('marks', { log: 'a' });
    workers.at(-1)?.die();
    await vi.advanceTimersByTimeAsync(3_600_000);
    await expect(client.request('marks', { log: 'a' })).rejects.toMatchObject({
      reason: 'disconnected',
      advice: expect.stringContaining('Analyse Again') as string,
    });
    const started = workers.length;
    client.revive();
    await client.request('marks', { log: 'a' });
    expect(workers).toHaveLength(started + 1);
  });

  it('forgets old crashes of a worker that ran for long', async () => {
    const { client, workers, restarts } = setUp();
    for (let crash = 1; crash <= 10; crash++) {
      await client.request('marks', { log: 'a' });
      await vi.advanceTimersByTimeAsync(200_000);
      workers.at(-1)?.die();
      await vi.advanceTimersByTimeAsync(250);
      expect(restarts()).toBe(crash);
    }
  });

  it('ends the worker when it is disposed, and starts none afterwards', async () => {
    const { client, workers, restarts } = setUp();
    const asked = client.request('templateAt', { log: 'a', line: 0 });
    const outcome = expect(asked).rejects.toMatchObject({ reason: 'disconnected' });
    client.dispose();
    await outcome;
    expect(workers[0]?.terminated).toBe(true);
    workers[0]?.die();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(restarts()).toBe(0);
    await expect(client.request('marks', { log: 'a' })).rejects.toThrow();
    expect(workers).toHaveLength(1);
  });

  it('ignores the end of a worker that was replaced', async () => {
    const { client, workers, restarts } = setUp();
    await client.request('marks', { log: 'a' });
    workers[0]?.die();
    await vi.advanceTimersByTimeAsync(250);
    await client.request('marks', { log: 'a' });
    workers[0]?.die();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.running).toBe(true);
    expect(restarts()).toBe(1);
  });
});
