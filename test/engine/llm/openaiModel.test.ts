import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { EngineError } from '../../../src/engine/base/engineError.ts';
import { resolveEndpoint } from '../../../src/engine/llm/endpoint.ts';
import { EndpointMemory } from '../../../src/engine/llm/endpointMemory.ts';
import type { AnswerFormat, ModelReply } from '../../../src/engine/llm/languageModel.ts';
import type { PresetName } from '../../../src/engine/llm/modelChoice.ts';
import type { OpenaiDeps } from '../../../src/engine/llm/openaiModel.ts';
import { listModels, openaiModel } from '../../../src/engine/llm/openaiModel.ts';
import type { Timer } from '../../../src/engine/llm/watch.ts';
import type { ScriptedModel } from '../../support/scriptedModel.ts';
import { closedPort, startScriptedModel } from '../../support/scriptedModel.ts';

const key = 'sk-test-4f9a77c2b1d84e55a0';
let server: ScriptedModel;

beforeAll(async () => {
  server = await startScriptedModel();
});
afterAll(async () => {
  await server.close();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

interface Asking {
  readonly preset?: PresetName;
  readonly url?: string;
  readonly model?: string;
  readonly key?: string | null;
  readonly format?: AnswerFormat;
  readonly deps?: Partial<OpenaiDeps>;
  readonly signal?: AbortSignal;
  readonly onText?: (piece: string) => void;
}

function endpointOf({ preset = 'custom', url = server.url, model = 'small', ...more }: Asking) {
  return resolveEndpoint({
    kind: 'endpoint',
    preset,
    baseUrl: url,
    model,
    key: more.key === undefined ? key : more.key,
    contextTokens: null,
    privacy: null,
  });
}

function ask(asking: Asking = {}): Promise<ModelReply> {
  const { format = 'text', deps, signal = new AbortController().signal, onText } = asking;
  const model = openaiModel(endpointOf(asking), { memory: new EndpointMemory(), ...deps });
  return model.complete(
    {
      messages: [
        { role: 'system', content: 'Be short.' },
        { role: 'user', content: 'What broke?' },
      ],
      format,
      schema: { type: 'object' },
      maxOutputTokens: 900,
    },
    signal,
    onText ?? (() => undefined),
  );
}

/** The failure of a question, with everything that a reader or a log could see of it. */
async function failure(asking: Asking = {}): Promise<EngineError> {
  const error: unknown = await ask(asking).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!EngineError.is(error)) throw new Error(`no EngineError: ${String(error)}`);
  const seen = JSON.stringify([error.message, error.advice, error.stack, String(error.cause)]);
  expect(seen).not.toContain(key);
  expect(error.message).toMatch(/[.?]$/);
  expect(error.advice).toMatch(/\.$/);
  return error;
}

/** Time that passes when the test says so. */
function handTimer(): { readonly timer: Timer; readonly pass: (milliseconds: number) => void } {
  const waiting = new Set<{ left: number; run: () => void }>();
  return {
    timer: (milliseconds, run) => {
      const entry = { left: milliseconds, run };
      waiting.add(entry);
      return () => {
        waiting.delete(entry);
      };
    },
    pass: (milliseconds) => {
      for (const entry of [...waiting]) {
        entry.left -= milliseconds;
        if (entry.left > 0) continue;
        waiting.delete(entry);
        entry.run();
      }
    },
  };
}

/** A timer that does not wait: for retries. */
const impatient: Timer = (milliseconds, run) => {
  if (milliseconds > 10_000) return () => undefined;
  const handle = setImmediate(run);
  return () => {
    clearImmediate(handle);
  };
};

describe('a whole answer', () => {
  it('arrives in pieces and as one, with what was counted', async () => {
    server.play({ answer: 'The disk was full. '.repeat(20), promptTokens: 321 });
    const pieces: string[] = [];
    const reply = await ask({ onText: (piece) => pieces.push(piece) });
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.join('')).toBe(reply.text);
    expect(reply.promptTokens).toBe(321);
    expect(reply.outputTokens).toBeGreaterThan(0);
  });

  it('may come in one piece although a stream was asked for, and uncounted', async () => {
    server.play({ whole: true, answer: 'All at once.', promptTokens: null });
    expect(await ask()).toEqual({ text: 'All at once.', promptTokens: null, outputTokens: null });
  });

  it('is asked for with what the request says and with nothing of this machine', async () => {
    vi.stubEnv('OPENAI_ORG_ID', 'org-of-another');
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'X-Secret: of-another');
    vi.stubEnv('OPENAI_API_KEY', 'sk-of-another-provider');
    server.play({});
    const before = server.requests.length;
    await ask({ format: 'json_schema' });
    await ask({ key: null });
    const [first, second] = server.requests.slice(before);
    expect(first?.body).toMatchObject({
      model: 'small',
      stream: true,
      max_tokens: 900,
      response_format: {
        type: 'json_schema',
        json_schema: { strict: true, schema: { type: 'object' } },
      },
    });
    expect(first?.headers['authorization']).toBe(`Bearer ${key}`);
    expect(second?.headers['authorization']).toBeUndefined();
    const sent = JSON.stringify(server.requests.slice(before).map(({ headers }) => headers));
    expect(sent).not.toContain('of-another');
    expect(sent).not.toContain('stainless');
  });
});

describe('an answer that is none', () => {
  it.each([
    ['a login page', { page: true }, 'llm-failed', 'A login page?'],
    ['nothing', { answer: '  ' }, 'llm-empty', 'answered with nothing'],
    ['an answer cut by length', { finish: 'length' }, 'llm-truncated', 'no room to finish'],
    ['an answer that a filter stopped', { finish: 'content_filter' }, 'llm-failed', 'declined'],
    ['an unknown end', { finish: 'weather' }, 'llm-failed', 'weather'],
    ['a stream that just ends', { unfinished: true }, 'llm-truncated', 'cut off'],
    ['a connection that breaks', { cutAfter: 3 }, 'llm-truncated', 'broke before'],
    ['an error inside the stream', { errorAfter: 2 }, 'llm-failed', 'ran out of memory'],
    ['an answer without end', { endless: 'text' }, 'llm-failed', 'without end'],
    ['bytes without end or meaning', { endless: 'bytes' }, 'llm-failed', 'without end'],
  ] as const)('%s fails with its reason', async (_name, behaviour, reason, words) => {
    server.play({ answer: 'x'.repeat(400), ...behaviour });
    const error = await failure();
    expect(error.reason).toBe(reason);
    expect(error.message).toContain(words);
  });
});

describe('a refusal', () => {
  it.each([
    [401, {}, 'llm-refused', 'does not accept the key', 'Set the key'],
    [403, { message: 'No access.' }, 'llm-refused', 'No access', 'key'],
    [402, {}, 'llm-limited', 'quota', 'account'],
    [429, { headers: { 'retry-after': '20' } }, 'llm-limited', 'no more requests', 'in 20 seconds'],
    [429, { headers: { 'retry-after': '600' } }, 'llm-limited', '', 'in 10 minutes'],
    [429, { message: 'You exceeded your current quota.' }, 'llm-limited', 'quota', 'account'],
    [400, { message: 'Strange request.' }, 'llm-unusable', 'Strange request', 'another model'],
    [
      302,
      { headers: { location: 'https://login.example/x' } },
      'llm-failed',
      'https://login.example',
      'login page',
    ],
    [418, {}, 'llm-failed', '418', 'address'],
  ] as const)('%s %j says what to do', async (status, more, reason, words, advice) => {
    server.play({ status, ...more });
    const error = await failure();
    expect(error).toMatchObject({ reason });
    expect(error.message).toContain(words);
    expect(error.advice).toContain(advice);
  });

  it('never repeats the key, whatever the provider says about it', async () => {
    server.play({ key: 'the-right-one' });
    expect((await failure()).reason).toBe('llm-refused');
    server.play({ status: 403, message: `Key ${key} and sk-proj-abcdef***xyz may not.` });
    const error = await failure();
    expect(error.message).not.toContain('abcdef');
  });

  it('names the models that there are when one is unknown', async () => {
    server.play({});
    const error = await failure({ model: 'unheard-of', preset: 'ollama' });
    expect(error.reason).toBe('llm-refused');
    expect(error.message).toContain('small');
    expect(error.advice).toContain('ollama pull unheard-of');
  });

  it('of a prompt that is too long tells the context where it is stated', async () => {
    server.play({
      status: 400,
      body: '{"error":{"code":400,"message":"the request exceeds the available context size","n_ctx":4096}}',
    });
    const error = await failure({ format: 'json_schema' });
    expect(error).toMatchObject({ reason: 'llm-unusable', contextTokens: 4096 });
  });

  it('of a format is told apart from other refusals', async () => {
    server.play({ refuses: ['response_format.json_schema'] });
    expect(await failure({ format: 'json_schema' })).toMatchObject({ reason: 'llm-unusable' });
    const before = server.requests.length;
    const error = await failure({ preset: 'anthropic', format: 'json_schema' });
    expect(error.reason).toBe('llm-unusable');
    // What the preset knows is not asked.
    expect(server.requests).toHaveLength(before);
  });
});

describe('options that an endpoint does not know', () => {
  it('are dropped one after the other, and remembered', async () => {
    server.play({ refuses: ['max_tokens', 'temperature', 'stream_options'] });
    const memory = new EndpointMemory();
    const before = server.requests.length;
    await ask({ deps: { memory } });
    const asked = server.requests.slice(before);
    expect(asked).toHaveLength(4);
    expect(asked.at(-1)?.body).toMatchObject({ max_completion_tokens: 900 });
    expect(asked.at(-1)?.body).not.toHaveProperty('temperature');
    await ask({ deps: { memory } });
    expect(server.requests).toHaveLength(before + 5);
  });
});

describe('a failing server', () => {
  it('is asked at most three times before it wrote anything', async () => {
    server.play({ status: 503 }, { status: 500 }, { answer: 'Well again.' });
    const before = server.requests.length;
    expect((await ask({ deps: { timer: impatient } })).text).toBe('Well again.');
    expect(server.requests).toHaveLength(before + 3);
    server.play({ status: 503, message: 'Down for work.' });
    const error = await failure({ deps: { timer: impatient } });
    expect(error.reason).toBe('llm-failed');
    expect(error.message).toContain('Down for work');
    expect(server.requests).toHaveLength(before + 6);
  });

  it('is not asked again once it wrote something', async () => {
    server.play({ answer: 'x'.repeat(200), errorAfter: 2 }, { answer: 'Not asked for.' });
    const before = server.requests.length;
    await failure({ deps: { timer: impatient } });
    expect(server.requests).toHaveLength(before + 1);
  });

  it('that is not there is named with what to do', async () => {
    const port = await closedPort();
    const error = await failure({ url: `http://127.0.0.1:${port}/v1`, preset: 'ollama' });
    expect(error.reason).toBe('llm-unreachable');
    expect(error.message).toContain(`127.0.0.1:${port}`);
    expect(error.advice).toContain('Start Ollama');
  });
});

describe('silence', () => {
  it.each([
    ['before the headers', { silent: true }, 0],
    ['after the headers', { idleAfter: 0 }, 0],
    ['in the middle of an answer', { answer: 'x'.repeat(200), idleAfter: 2 }, 2],
  ] as const)('%s ends the question', async (_name, behaviour, pieces) => {
    const { timer, pass } = handTimer();
    server.play(behaviour);
    let heard = 0;
    const before = server.requests.length;
    const failed = failure({
      deps: { timer, patience: { first: 30_000, idle: 30_000 } },
      onText: () => heard++,
    });
    await vi.waitFor(() => {
      expect(server.requests).toHaveLength(before + 1);
      expect(heard).toBe(pieces);
    });
    // Headers are told by nothing but the watch itself, so it is given time to have heard them.
    await vi.waitFor(
      async () => {
        pass(30_000);
        const error = await Promise.race([failed, new Promise((no) => setTimeout(no, 50, null))]);
        expect(error).toMatchObject({ reason: 'llm-stalled' });
      },
      { timeout: 5000 },
    );
  });

  it('is no silence while something arrives', async () => {
    const { timer, pass } = handTimer();
    server.play({ answer: 'x'.repeat(400), pieceChars: 4, delay: 1 });
    const reply = await ask({
      deps: { timer, patience: { first: 30_000, idle: 30_000 } },
      onText: () => {
        // A hundred of these are more than the patience; some pieces arrive together.
        pass(1000);
      },
    });
    expect(reply.text).toHaveLength(400);
  });
});

describe('a cancelled question', () => {
  it('ends at once and closes the connection', async () => {
    server.play({ answer: 'x'.repeat(4000), delay: 5 });
    const abort = new AbortController();
    const before = server.abandoned();
    const error = await failure({
      signal: abort.signal,
      onText: () => {
        abort.abort();
      },
    });
    expect(error.reason).toBe('aborted');
    await vi.waitFor(() => {
      expect(server.abandoned()).toBe(before + 1);
    });
  });

  it('is never sent when it was cancelled before', async () => {
    const before = server.requests.length;
    expect(await failure({ signal: AbortSignal.abort() })).toMatchObject({ reason: 'aborted' });
    expect(server.requests).toHaveLength(before);
  });

  it('does not wait for its next try', async () => {
    const { timer } = handTimer();
    server.play({ status: 503 });
    const abort = new AbortController();
    const before = server.requests.length;
    const failed = failure({ signal: abort.signal, deps: { timer } });
    await vi.waitFor(() => {
      expect(server.requests).toHaveLength(before + 1);
    });
    setTimeout(() => {
      abort.abort();
    }, 20);
    expect(await failed).toMatchObject({ reason: 'aborted' });
  });
});

describe('listing models', () => {
  it('gives the names, and fails as an answer does', async () => {
    server.play({});
    const list = (): Promise<readonly string[]> =>
      listModels(endpointOf({}), { memory: new EndpointMemory() }, new AbortController().signal);
    expect(await list()).toEqual(['large', 'other-model', 'small']);
    server.play({ page: true });
    await expect(list()).rejects.toMatchObject({ reason: 'llm-failed' });
    server.play({ key: 'another' });
    await expect(list()).rejects.toMatchObject({ reason: 'llm-refused' });
  });
});
