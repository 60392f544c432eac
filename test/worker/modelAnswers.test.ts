import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inThisThread } from '../../src/engine/analysis/stream/analyseSegment.ts';
import { nullLog } from '../../src/engine/base/log.ts';
import { hashingEmbedder } from '../../src/engine/embed/hashingEmbedder.ts';
import { openIncidentStore } from '../../src/engine/incident/openIncidentStore.ts';
import type { ModelReply, ModelRequest } from '../../src/engine/llm/languageModel.ts';
import type { ModelChoice } from '../../src/engine/llm/modelChoice.ts';
import type { Handlers } from '../../src/protocol/rpc.ts';
import type { ModelResult, Question, WorkerRequests } from '../../src/protocol/workerApi.ts';
import { EditorModels } from '../../src/worker/editorModels.ts';
import { engineServer } from '../../src/worker/engineServer.ts';
import { trafficWith } from '../support/traffic.ts';
import type { ScriptedModel } from '../support/scriptedModel.ts';
import { closedPort, startScriptedModel } from '../support/scriptedModel.ts';

const fatal =
  'FATAL store cannot write /var/lib/orders for jane@example.com: No space left on device';
const question: Question = { logs: ['a'], line: null, question: null, mode: 'full', history: [] };
const never = new AbortController().signal;

/** A whole answer that cites the first evidence. */
const answer = (summary: string, evidence = ['E1']): string =>
  JSON.stringify({
    verdict: 'root_cause_found',
    summary,
    root_cause: {
      category: 'resource.disk',
      component: 'store',
      statement: 'No space was left on the device.',
      evidence,
    },
    alternatives: [],
    causal_chain: [],
    contradicting_evidence: [],
    missing_information: [],
    recommendations: [],
    similar_incidents_used: [],
  });

describe('language models behind the worker', () => {
  let folder: string;
  let model: ScriptedModel;
  let texts: { run: number; piece: string }[];
  let asked: { id: string; request: ModelRequest }[];
  let editorAnswer: () => Promise<ModelReply>;
  let server: Handlers<WorkerRequests>;
  let choice: Extract<ModelChoice, { kind: 'endpoint' }>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faultline-model-'));
    model = await startScriptedModel({ answer: answer('The disk of the store is full [E1].') });
    texts = [];
    asked = [];
    editorAnswer = () =>
      Promise.resolve({
        text: answer('The disk is full [E1].'),
        promptTokens: null,
        outputTokens: null,
      });
    choice = {
      kind: 'endpoint',
      preset: 'custom',
      baseUrl: model.url,
      model: 'small',
      key: null,
      contextTokens: null,
      privacy: 'personal',
    };
    const editorModels: EditorModels = new EditorModels(({ run, id, request }) => {
      asked.push({ id, request });
      editorModels.text({ run, piece: '{"summary": "The disk' });
      return editorAnswer();
    });
    server = engineServer({
      options: {
        embeddings: false,
        normalTemplates: [],
        rules: [],
        formats: [],
        incidents: { similarity: 0.5, limit: 5, learning: true },
      },
      openEmbedder: () => Promise.reject(new Error('No model is needed here.')),
      openIncidents: () =>
        openIncidentStore({
          dir: join(folder, 'incidents'),
          embedder: () => Promise.resolve(hashingEmbedder),
          now: () => Date.UTC(2026, 5, 1),
          log: nullLog,
        }),
      segments: inThisThread,
      spoolDir: join(folder, 'spool'),
      editorModels,
      nonce: 'f00d',
      emit: (name, payload) => {
        if (name === 'modelText') texts.push(payload as { run: number; piece: string });
      },
      log: nullLog,
      now: () => performance.now(),
      today: () => '2026-06-01T00:00:00.000Z',
    });
    const path = join(folder, 'a.log');
    await writeFile(path, trafficWith([fatal]));
    await server.analyse({ log: 'a', run: 1, name: path, source: { kind: 'path', path } }, never);
  });
  afterEach(async () => {
    await model.close();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = async (
    approved: string | null,
    about: ModelChoice = choice,
    signal = never,
  ): Promise<ModelResult> => server.askModel({ run: 7, question, model: about, approved }, signal);

  it('shows what would be sent and sends nothing', async () => {
    const payload = await server.payload({ question, model: choice }, never);
    expect(model.requests).toEqual([]);
    const text = payload.messages.map(({ content }) => content).join('\n');
    expect(text).toContain('No space left on device');
    expect(text).not.toContain('jane@example.com');
    expect(payload.masked).toMatchObject({ EMAIL: 1 });
    expect(payload.provider).toContain('127.0.0.1');
  });

  it('sends exactly what was approved', async () => {
    const payload = await server.payload({ question, model: choice }, never);
    const { failure, explanation, offline } = await ask(payload.digest);
    expect(model.requests).toHaveLength(1);
    expect(model.requests[0]?.body.messages).toEqual(payload.messages);
    expect(failure).toBeNull();
    expect(explanation.source).toMatch(/^llm:/);
    expect(explanation.coverage.provider).toBe(payload.provider);
    expect(offline.source).toBe('offline');
    expect(texts.every(({ run }) => run === 7)).toBe(true);
    expect(texts.map(({ piece }) => piece).join('')).toContain('The disk of the store is full');
  });

  it('sends nothing where something else was approved', async () => {
    await expect(ask('another digest')).rejects.toMatchObject({ reason: 'llm-not-approved' });
    const { digest } = await server.payload(
      { question, model: { ...choice, privacy: 'secrets' } },
      never,
    );
    await expect(ask(digest)).rejects.toMatchObject({ reason: 'llm-not-approved' });
    expect(model.requests).toEqual([]);
  });

  it('gives the offline report with the reason where nobody answers', async () => {
    const gone = { ...choice, baseUrl: `http://127.0.0.1:${await closedPort()}/v1` };
    const { failure, explanation, offline } = await ask(null, gone);
    expect(failure).toMatchObject({ kind: 'unavailable' });
    expect(failure?.message).not.toBe('');
    expect(explanation.source).toBe('offline');
    expect(explanation.rootCause).toEqual(offline.rootCause);
  });

  it('gives the offline report where the answer is none', async () => {
    model.play({ answer: 'I would rather talk about the weather.' });
    const { failure, explanation } = await ask(null);
    expect(failure).toMatchObject({ kind: 'rejected' });
    expect(explanation.source).toBe('offline');
    expect(explanation.coverage.linesSent).toBeGreaterThan(0);
  });

  it('stops the endpoint when the reader does', async () => {
    model.play({ endless: 'text', delay: 5 });
    const controller = new AbortController();
    const asking = ask(null, choice, controller.signal);
    while (model.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await expect(asking).rejects.toMatchObject({ reason: 'aborted' });
    await expect.poll(() => model.abandoned()).toBe(1);
  });

  it('names the models of an endpoint before one is chosen', async () => {
    const unnamed = { ...choice, model: '' };
    expect(await server.probeModel({ model: unnamed }, never)).toEqual({
      models: ['large', 'other-model', 'small'],
    });
    expect(model.requests).toEqual([]);
  });

  it('asks the host for a model of the editor, and passes its text on', async () => {
    const editor = {
      kind: 'editor',
      id: 'copilot-x',
      name: 'X',
      contextTokens: 16_000,
      privacy: null,
    } as const;
    const payload = await server.payload({ question, model: editor }, never);
    expect(payload.level).toBe('personal');
    const { explanation, failure } = await ask(payload.digest, editor);
    expect(failure).toBeNull();
    expect(explanation.source).toBe('llm:editor/X');
    expect(asked.map(({ id }) => id)).toEqual(['copilot-x']);
    expect(asked[0]?.request.messages).toEqual(payload.messages);
    expect(texts.map(({ piece }) => piece).join('')).toContain('The disk');
    expect(model.requests).toEqual([]);
  });

  it('keeps the reason of a model of the editor', async () => {
    editorAnswer = () => Promise.reject(new Error('gone'));
    const editor = {
      kind: 'editor',
      id: 'x',
      name: 'X',
      contextTokens: null,
      privacy: null,
    } as const;
    await expect(ask(null, editor)).rejects.toThrow('gone');
  });
});
