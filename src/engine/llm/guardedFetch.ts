import { EngineError } from '../base/engineError.ts';
import type { Endpoint } from './endpoint.ts';
import type { HttpFailure } from './providerError.ts';
import { looksLikeHtml } from './providerError.ts';

/** Raw bytes of an answer beyond which an endpoint is taken to write without end. */
const maxStreamBytes = 16 * 1024 * 1024;
/** Bytes without a line end beyond which it is no stream of events; the package searches them again with every piece. */
const maxLineBytes = 256 * 1024;
const maxErrorBytes = 64 * 1024;
/** An answer that does not stream is read as a whole. */
const maxJsonBytes = 4 * 1024 * 1024;

/** The headers that a request needs; the library's own about machine and runtime are not sent. */
const sentHeaders = ['authorization', 'content-type', 'accept'];

/** A refusal on its way through the library, which knows only some shapes of errors. */
export class RefusedRequest extends Error {
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure) {
    super(`status ${failure.status}`);
    this.failure = failure;
  }
}

type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * `fetch` for one endpoint as a language model needs it. It follows no redirects (a key would go
 * along), sends no header that is not needed, stops an answer without end, refuses web pages, and
 * gives an answer that came in one piece the form of a stream.
 * @param onBytes told whenever something arrived
 */
export function guardedFetch(fetch: Fetch, endpoint: Endpoint, onBytes: () => void): Fetch {
  return async (url, init = {}) => {
    const given = new Headers(init.headers);
    const headers = new Headers({ 'user-agent': 'faultline' });
    for (const name of sentHeaders) {
      const value = given.get(name);
      if (value !== null) headers.set(name, value);
    }
    if (endpoint.key === null) headers.delete('authorization');
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    onBytes();
    if (!response.ok) {
      throw new RefusedRequest({
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        location: response.headers.get('location'),
        body: await readSome(response, maxErrorBytes),
      });
    }
    const type = response.headers.get('content-type') ?? '';
    if (/html|xml/i.test(type)) throw notAModel(endpoint);
    if (/json/i.test(type) && init.method?.toUpperCase() === 'POST') {
      return streamOf(await readSome(response, maxJsonBytes), endpoint);
    }
    return new Response(capped(response, endpoint, onBytes), {
      status: 200,
      headers: { 'content-type': type },
    });
  };
}

/** What a captive portal, a proxy or a wrong path answers. */
export function notAModel(endpoint: Endpoint): EngineError {
  return new EngineError(
    'llm-failed',
    `${endpoint.host} did not answer as a language model. A login page?`,
    'Open the address in a browser, sign in to the network if it asks for that, and check the base URL.',
  );
}

/** One whole answer as the stream of one piece: some servers ignore that a stream was asked for. */
function streamOf(text: string, endpoint: Endpoint): Response {
  if (looksLikeHtml(text)) throw notAModel(endpoint);
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    throw notAModel(endpoint);
  }
  const answer = whole as {
    readonly choices?: readonly {
      readonly message?: unknown;
      readonly finish_reason?: unknown;
    }[];
    readonly usage?: unknown;
    readonly error?: unknown;
  } | null;
  if (answer?.error === undefined && !Array.isArray(answer?.choices)) throw notAModel(endpoint);
  const first = answer.choices?.[0];
  const chunk =
    answer.error !== undefined
      ? { error: answer.error }
      : {
          choices: [
            { index: 0, delta: first?.message ?? {}, finish_reason: first?.finish_reason ?? null },
          ],
          usage: answer.usage ?? null,
        };
  return new Response(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`, {
    headers: { 'content-type': 'text/event-stream' },
  });
}

function capped(
  response: Response,
  endpoint: Endpoint,
  onBytes: () => void,
): ReadableStream<Uint8Array> | null {
  let bytes = 0;
  let lineBytes = 0;
  const cap = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      onBytes();
      bytes += chunk.byteLength;
      const lineEnd = chunk.lastIndexOf(10);
      lineBytes = lineEnd < 0 ? lineBytes + chunk.byteLength : chunk.byteLength - lineEnd - 1;
      if (bytes > maxStreamBytes || lineBytes > maxLineBytes)
        controller.error(withoutEnd(endpoint));
      else controller.enqueue(chunk);
    },
  });
  return response.body?.pipeThrough(cap) ?? null;
}

/** An answer that does not end. */
export function withoutEnd(endpoint: Endpoint): EngineError {
  return new EngineError(
    'llm-failed',
    `${endpoint.model} wrote without end and was stopped.`,
    'Ask again, or choose another model.',
  );
}

/** The beginning of a body; what cannot be read is left away. */
async function readSome(response: Response, maxBytes: number): Promise<string> {
  const body: ReadableStream<Uint8Array> | null = response.body;
  const reader = body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    while (bytes < maxBytes) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.byteLength;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return text;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return text;
}
