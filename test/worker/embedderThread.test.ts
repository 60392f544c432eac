import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nullLog } from '../../src/engine/base/log.ts';
import type { ThreadListeners } from '../../src/worker/startThread.ts';
import { openEmbedderThread } from '../../src/worker/embedderThread.ts';

/** A thread whose vector of a text is its length twice; it answers nothing to `never`. */
class FakeThread {
  terminated = false;
  readonly #listeners: ThreadListeners;

  constructor(listeners: ThreadListeners) {
    this.#listeners = listeners;
  }

  post(message: unknown): void {
    const { kind, id, name, params } = message as {
      kind: string;
      id: number;
      name: string;
      params: { texts: string[] } | null;
    };
    if (kind !== 'request' || params?.texts[0] === 'never') return;
    const value =
      name === 'open'
        ? { id: 'fake', dimensions: 2, status: { id: 'fake', state: 'ready', detail: '' } }
        : { vectors: Float32Array.from(params!.texts.flatMap(({ length }) => [length, length])) };
    this.#listeners.onMessage({ kind: 'reply', id, value });
  }

  terminate(): void {
    this.terminated = true;
  }

  die(): void {
    this.#listeners.onExit(new Error('unreachable executed'));
  }
}

describe('openEmbedderThread', () => {
  const threads: FakeThread[] = [];
  const open = () =>
    openEmbedderThread({
      start: (listeners) => {
        const thread = new FakeThread(listeners);
        threads.push(thread);
        return thread;
      },
      log: nullLog,
      idle: 1_000,
    });

  beforeEach(() => {
    vi.useFakeTimers();
    threads.length = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gives each text its vector', async () => {
    const { embedder, status } = await open();
    expect(status.state).toBe('ready');
    const vectors = await embedder.embed(['a', 'abc']);
    expect(vectors.map((vector) => [...vector])).toEqual([
      [1, 1],
      [3, 3],
    ]);
  });

  it('ends after a while without work and starts again when there is some', async () => {
    const { embedder } = await open();
    await vi.advanceTimersByTimeAsync(900);
    await embedder.embed(['a']);
    await vi.advanceTimersByTimeAsync(900);
    expect(threads[0]?.terminated).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(threads[0]?.terminated).toBe(true);
    await expect(embedder.embed(['ab'])).resolves.toHaveLength(1);
    expect(threads).toHaveLength(2);
  });

  it('does not end while it works, however long that takes', async () => {
    const { embedder } = await open();
    const controller = new AbortController();
    const asked = expect(embedder.embed(['never'], controller.signal)).rejects.toMatchObject({
      name: 'EngineError',
      reason: 'aborted',
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(threads[0]?.terminated).toBe(false);
    controller.abort();
    await asked;
  });

  it('fails what is asked when the thread dies, and lives on', async () => {
    const { embedder } = await open();
    const asked = expect(embedder.embed(['never'])).rejects.toMatchObject({
      name: 'EngineError',
      reason: 'model-failed',
    });
    threads[0]?.die();
    await asked;
    await expect(embedder.embed(['a'])).resolves.toHaveLength(1);
    expect(threads).toHaveLength(2);
  });
});
