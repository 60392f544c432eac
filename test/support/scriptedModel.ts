import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the scripted endpoint behaves for one request. What is not named is done properly. */
export interface Behaviour {
  /** Text of the answer; a function is told the request. */
  readonly answer?: string | ((request: ReceivedRequest) => string);
  /** Characters a piece; the whole answer is streamed in such pieces. */
  readonly pieceChars?: number;
  /** Refuses with this status. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Body of a refusal; the usual shape of an error where it is not given. */
  readonly body?: string;
  /** Message of the usual error. */
  readonly message?: string;
  /** Refuses a request that holds one of these as a field: `response_format.json_schema`, `temperature`. */
  readonly refuses?: readonly string[];
  /** Refuses a key that is not this one. */
  readonly key?: string;
  /** Answers with a web page and status 200. */
  readonly page?: boolean;
  /** Answers as one JSON object although a stream was asked for. */
  readonly whole?: boolean;
  /** Closes the connection after so many pieces. */
  readonly cutAfter?: number;
  /** Ends properly, but without a finish reason. */
  readonly unfinished?: boolean;
  /** Writes until nobody listens. */
  readonly endless?: 'text' | 'bytes';
  /** Says nothing any more after so many pieces, and holds the connection open; 0 sends only headers. */
  readonly idleAfter?: number;
  /** Does not even answer with headers. */
  readonly silent?: boolean;
  /** Sends an error object after so many pieces. */
  readonly errorAfter?: number;
  readonly finish?: string;
  /** What is counted as prompt tokens: a number, a context that cuts, or nothing at all. */
  readonly promptTokens?: number | { readonly context: number } | null;
  /** Milliseconds before each piece. */
  readonly delay?: number;
}

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: {
    readonly model?: string;
    readonly messages?: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: { readonly type?: string };
    readonly [field: string]: unknown;
  };
}

/** A running endpoint. */
export interface ScriptedModel {
  /** `http://127.0.0.1:PORT/v1` */
  readonly url: string;
  readonly port: number;
  /** Requests for an answer, in the order in which they arrived. */
  readonly requests: readonly ReceivedRequest[];
  /** What comes next: one behaviour for each request, the last one for all further ones. */
  readonly play: (...behaviours: readonly Behaviour[]) => void;
  /** Connections that the other side closed before the answer was whole. */
  readonly abandoned: () => number;
  readonly close: () => Promise<void>;
}

const models = ['small', 'large', 'other-model'];

/** An answer of the right shape that claims nothing. */
export const emptyAnswer = JSON.stringify({
  verdict: 'inconclusive',
  summary: 'Nothing can be said.',
  root_cause: { category: 'unknown', component: '', statement: '', evidence: [] },
  alternatives: [],
  causal_chain: [],
  contradicting_evidence: [],
  missing_information: [],
  recommendations: [],
  similar_incidents_used: [],
});

/**
 * An OpenAI-compatible endpoint on loopback that does what it is told, also everything that real ones
 * do wrong. Models named `small`, `large`, `other-model` are listed and any of them answers.
 */
export async function startScriptedModel(...first: readonly Behaviour[]): Promise<ScriptedModel> {
  const requests: ReceivedRequest[] = [];
  let script: readonly Behaviour[] = first;
  let turn = 0;
  let abandoned = 0;
  const server = createServer((request, response) => {
    void received(request).then((got) => {
      const { path } = got;
      if (path.endsWith('/models')) {
        const behaviour = script[0] ?? {};
        if (behaviour.key !== undefined && !holdsKey(got, behaviour.key)) refuse(response, 401, {});
        else if (behaviour.page === true) sendPage(response);
        else listModels(response);
        return;
      }
      requests.push(got);
      const behaviour = script[Math.min(turn, script.length - 1)] ?? {};
      turn++;
      response.on('close', () => {
        if (!response.writableEnded) abandoned++;
      });
      void behave(behaviour, got, response);
    });
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    requests,
    play: (...behaviours) => {
      script = behaviours;
      turn = 0;
    },
    abandoned: () => abandoned,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** A port on loopback where nobody listens: it was free a moment ago. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await listen(server);
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  return port;
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

async function received(request: IncomingMessage): Promise<ReceivedRequest> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return {
    path: request.url ?? '',
    headers: request.headers,
    body: text === '' ? {} : (JSON.parse(text) as ReceivedRequest['body']),
  };
}

async function behave(
  behaviour: Behaviour,
  request: ReceivedRequest,
  response: ServerResponse,
): Promise<void> {
  if (behaviour.silent === true) return;
  if (behaviour.key !== undefined && !holdsKey(request, behaviour.key)) {
    refuse(response, 401, { message: `Incorrect API key provided: ${keyOf(request)}.` });
    return;
  }
  if (behaviour.status !== undefined) {
    refuse(response, behaviour.status, behaviour);
    return;
  }
  if (behaviour.page === true) {
    sendPage(response);
    return;
  }
  if (!models.includes(request.body.model ?? '')) {
    refuse(response, 404, { message: `model "${request.body.model ?? ''}" not found` });
    return;
  }
  const refused = behaviour.refuses?.find((field) => holds(request.body, field));
  if (refused !== undefined) {
    const name = refused.split('.')[0] ?? refused;
    refuse(response, 400, { message: `Unsupported parameter: '${name}' (${refused}).` });
    return;
  }
  const text =
    typeof behaviour.answer === 'function'
      ? behaviour.answer(request)
      : (behaviour.answer ?? emptyAnswer);
  if (behaviour.whole === true) sendWhole(response, text, usageOf(behaviour, request, text));
  else await stream(response, text, behaviour, request);
}

async function stream(
  response: ServerResponse,
  text: string,
  behaviour: Behaviour,
  request: ReceivedRequest,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  if (behaviour.endless === 'bytes') {
    const filler = 'x'.repeat(1 << 16);
    while (!response.destroyed) {
      if (!response.write(filler)) await drained(response);
    }
    return;
  }
  const size = behaviour.pieceChars ?? 40;
  for (let at = 0, sent = 0; behaviour.endless === 'text' || at < text.length; at += size, sent++) {
    if (response.destroyed) return;
    if (sent === behaviour.idleAfter) return;
    if (sent === behaviour.cutAfter) {
      response.destroy();
      return;
    }
    if (sent === behaviour.errorAfter) {
      event(response, {
        error: { message: 'The engine ran out of memory.', type: 'server_error' },
      });
      response.end();
      return;
    }
    if (behaviour.delay !== undefined) await pause(behaviour.delay);
    const piece =
      behaviour.endless === 'text' ? 'and so on '.repeat(50) : text.slice(at, at + size);
    const free = event(response, { choices: [{ index: 0, delta: { content: piece } }] });
    if (!free) await drained(response);
  }
  if (behaviour.idleAfter !== undefined) return;
  if (behaviour.unfinished !== true) {
    const finish = behaviour.finish ?? 'stop';
    event(response, { choices: [{ index: 0, delta: {}, finish_reason: finish }] });
    event(response, { choices: [], usage: usageOf(behaviour, request, text) });
    response.write('data: [DONE]\n\n');
  }
  response.end();
}

function event(response: ServerResponse, data: unknown): boolean {
  return response.write(`data: ${JSON.stringify(data)}\n\n`);
}

/** Resolves when more can be written, or when nobody listens any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** About four characters a token, as tokenisers count prose. */
function usageOf(behaviour: Behaviour, request: ReceivedRequest, text: string): unknown {
  if (behaviour.promptTokens === null) return null;
  const chars = (request.body.messages ?? []).reduce((sum, { content }) => sum + content.length, 0);
  const counted = Math.ceil(chars / 4);
  const { promptTokens = counted } = behaviour;
  const prompt =
    typeof promptTokens === 'number' ? promptTokens : Math.min(counted, promptTokens.context);
  const completion = Math.ceil(text.length / 4);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
  };
}

function sendWhole(response: ServerResponse, text: string, usage: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const message = { role: 'assistant', content: text };
  response.end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }], usage }));
}

function sendPage(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<!DOCTYPE html><html><body><h1>Sign in to the network</h1></body></html>');
}

function listModels(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ object: 'list', data: models.map((id) => ({ id })) }));
}

function refuse(
  response: ServerResponse,
  status: number,
  { headers, body, message = 'No.' }: Behaviour,
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body ?? JSON.stringify({ error: { message, type: 'invalid_request_error' } }));
}

function keyOf({ headers }: ReceivedRequest): string {
  const value = headers['authorization'];
  return typeof value === 'string' ? value.replace(/^Bearer /, '') : '';
}

function holdsKey(request: ReceivedRequest, key: string): boolean {
  return keyOf(request) === key;
}

/** Whether a request has a field; `a.b` means that `a` is there and says b. */
function holds(body: ReceivedRequest['body'], field: string): boolean {
  const [name = '', value] = field.split('.');
  const found = body[name];
  if (found === undefined) return false;
  return value === undefined || JSON.stringify(found).includes(`"${value}"`);
}
