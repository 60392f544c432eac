import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { EngineError } from '../../src/engine/base/engineError.ts';
import { resolveEndpoint } from '../../src/engine/llm/endpoint.ts';
import { EndpointMemory } from '../../src/engine/llm/endpointMemory.ts';
import type { LanguageModel, ModelRequest } from '../../src/engine/llm/languageModel.ts';
import { openaiModel } from '../../src/engine/llm/openaiModel.ts';
import { RpcError } from '../../src/protocol/rpc.ts';
import { EditorModels } from '../../src/worker/editorModels.ts';
import type { ScriptedModel } from '../support/scriptedModel.ts';
import { startScriptedModel } from '../support/scriptedModel.ts';

/** A model behind something that can be told how to behave. */
interface Rig {
  readonly model: LanguageModel;
  readonly play: (what: 'answers' | 'refuses' | 'writes slowly') => void;
  readonly close: () => Promise<void>;
}

const answer = 'The disk was full, and `write` failed.';

async function endpointRig(): Promise<Rig> {
  const server: ScriptedModel = await startScriptedModel();
  const endpoint = resolveEndpoint({
    kind: 'endpoint',
    preset: 'custom',
    baseUrl: server.url,
    model: 'small',
    key: null,
    contextTokens: null,
    privacy: null,
  });
  return {
    model: openaiModel(endpoint, { memory: new EndpointMemory() }),
    play: (what) => {
      if (what === 'answers') server.play({ answer, pieceChars: 5 });
      else if (what === 'refuses') server.play({ status: 403 });
      else server.play({ answer: answer.repeat(50), pieceChars: 5, delay: 5 });
    },
    close: server.close,
  };
}

/** A model of the editor, with a host that plays its part of the channel. */
function editorRig(): Promise<Rig> {
  let behaviour: Parameters<Rig['play']>[0] = 'answers';
  const models: EditorModels = new EditorModels(async ({ run }, signal) => {
    if (behaviour === 'refuses') {
      throw new RpcError({
        reason: 'llm-refused',
        message: 'The editor does not allow it.',
        advice: 'Allow it.',
      });
    }
    const whole = behaviour === 'answers' ? answer : answer.repeat(50);
    for (let at = 0; at < whole.length; at += 5) {
      await new Promise((go) => setImmediate(go));
      if (signal.aborted) throw new EngineError('aborted', 'It was cancelled.', 'Ask again.');
      models.text({ run, piece: whole.slice(at, at + 5) });
    }
    return { text: whole, promptTokens: null, outputTokens: null };
  });
  return Promise.resolve({
    model: models.open({
      kind: 'editor',
      id: 'vendor/family',
      name: 'Family',
      contextTokens: 8000,
      privacy: null,
    }),
    play: (what) => {
      behaviour = what;
    },
    close: () => Promise.resolve(),
  });
}

const request: ModelRequest = {
  messages: [{ role: 'user', content: 'What broke?' }],
  format: 'text',
  schema: {},
  maxOutputTokens: 100,
};

describe.each([
  { name: 'an OpenAI-compatible endpoint', open: endpointRig },
  { name: 'a model of the editor', open: editorRig },
])('language model: $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await open();
  });
  afterAll(() => rig.close());

  it('says who it is and who receives what is sent', () => {
    expect(rig.model.name).toMatch(/^[a-z]+\/\S/);
    expect(rig.model.provider).not.toBe('');
  });

  it('resolves with the whole text, told in pieces before', async () => {
    rig.play('answers');
    const pieces: string[] = [];
    const reply = await rig.model.complete(request, new AbortController().signal, (piece) =>
      pieces.push(piece),
    );
    expect(reply.text).toBe(answer);
    expect(pieces.join('')).toBe(answer);
    expect(pieces.length).toBeGreaterThan(1);
  });

  it('fails with a reason, a message and advice', async () => {
    rig.play('refuses');
    const failed = rig.model.complete(request, new AbortController().signal, () => undefined);
    const error: unknown = await failed.catch((reason: unknown) => reason);
    expect(EngineError.is(error, 'llm-refused')).toBe(true);
    expect((error as EngineError).advice).not.toBe('');
  });

  it('stops when it is told to, and answers the next question', async () => {
    rig.play('writes slowly');
    const abort = new AbortController();
    const stopped = rig.model.complete(request, abort.signal, () => {
      abort.abort();
    });
    await expect(stopped).rejects.toMatchObject({ reason: 'aborted' });
    rig.play('answers');
    const reply = await rig.model.complete(request, new AbortController().signal, () => undefined);
    expect(reply.text).toBe(answer);
  });
});
