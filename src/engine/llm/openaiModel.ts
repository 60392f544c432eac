import type { OpenAI } from 'openai';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';

import { EngineError } from '../base/engineError.ts';
import type { Endpoint } from './endpoint.ts';
import { requireKey } from './endpoint.ts';
import type { EndpointMemory, OptionalField } from './endpointMemory.ts';
import { endpointKey } from './endpointMemory.ts';
import { RefusedRequest, guardedFetch, notAModel, withoutEnd } from './guardedFetch.ts';
import type { LanguageModel, ModelReply, ModelRequest } from './languageModel.ts';
import { plural } from './plural.ts';
import {
  messageOf,
  providerWords,
  refusalOf,
  refusedField,
  refusesFormat,
} from './providerError.ts';
import type { Patience, Timer } from './watch.ts';
import { SilenceWatch } from './watch.ts';

/** Characters of an answer beyond which a model is taken to write without end. */
const maxAnswerChars = 200_000;
/** A failing server is asked again this often, before it wrote anything. */
const maxRetries = 2;
const retryWaitMs = 500;
/** Options given up in a row for one answer; there are only so many. */
const maxRefusedFields = 4;

/** How finished answers end, in the words of the known servers. */
const finished = new Set(['stop', 'tool_calls', 'function_call', 'end_turn', 'eos', 'eos_token']);

/**
 * Patience by default. A local model is loaded from the disk and reads the prompt on a slow machine
 * before it says anything; a remote one that reasons says nothing for a while.
 */
const patienceOf = (local: boolean): Patience => ({
  first: local ? 300_000 : 120_000,
  idle: 30_000,
});

/** What a test, or a program around the engine, may replace. */
export interface OpenaiDeps {
  readonly memory: EndpointMemory;
  readonly timer?: Timer;
  readonly patience?: Patience;
}

const realTimer: Timer = (milliseconds, run) => {
  const handle = setTimeout(run, milliseconds);
  return () => {
    clearTimeout(handle);
  };
};

/**
 * A model behind an OpenAI-compatible endpoint, through the `openai` package, which is loaded with
 * the first question. What that package lets pass as an answer (a cut stream, a web page, silence, an
 * abort) fails here with a reason; the key stands in no message and in no cause.
 */
export function openaiModel(endpoint: Endpoint, deps: OpenaiDeps): LanguageModel {
  return {
    name: endpoint.name,
    provider: endpoint.provider,
    local: endpoint.local,
    contextTokens: endpoint.contextTokens,
    complete: async (request, signal, onText) => {
      requireKey(endpoint);
      return new Conversation(endpoint, deps).complete(request, signal, onText);
    },
  };
}

/**
 * Names of the models that an endpoint offers, for settings.
 * @throws EngineError as `LanguageModel.complete`
 */
export async function listModels(
  endpoint: Endpoint,
  deps: OpenaiDeps,
  signal: AbortSignal,
): Promise<readonly string[]> {
  requireKey(endpoint);
  return new Conversation(endpoint, deps).models(signal);
}

class Conversation {
  readonly #endpoint: Endpoint;
  readonly #memory: EndpointMemory;
  readonly #timer: Timer;
  readonly #patience: Patience;
  readonly #key: string;

  constructor(endpoint: Endpoint, { memory, timer = realTimer, patience }: OpenaiDeps) {
    this.#endpoint = endpoint;
    this.#memory = memory;
    this.#timer = timer;
    this.#patience = patience ?? patienceOf(endpoint.local);
    this.#key = endpointKey(endpoint);
  }

  async complete(
    request: ModelRequest,
    signal: AbortSignal,
    onText: (piece: string) => void,
  ): Promise<ModelReply> {
    const { preset, model } = this.#endpoint;
    if (!preset.formats.includes(request.format)) {
      throw new EngineError(
        'llm-unusable',
        `${preset.title} does not answer as ${request.format}.`,
        'Ask for another format.',
      );
    }
    const heard = { any: false };
    const hear = (piece: string): void => {
      heard.any = true;
      onText(piece);
    };
    let retries = 0;
    let refused = 0;
    for (;;) {
      try {
        return await this.#attempt(request, signal, hear);
      } catch (error) {
        if (!(error instanceof RefusedRequest)) throw error;
        const { failure } = error;
        const again = !heard.any && isPassing(failure.status) && retries < maxRetries;
        const field = again ? null : this.#newlyRefused(error);
        if (again) {
          retries++;
          await this.#wait(retryWaitMs * 2 ** (retries - 1), signal);
        } else if (field !== null && refused < maxRefusedFields) {
          refused++;
          this.#memory.rememberRefused(this.#key, field);
        } else if (request.format !== 'text' && refusesFormat(failure)) {
          throw new EngineError(
            'llm-unusable',
            `${model} does not answer as ${request.format}.`,
            'Ask for another format.',
          );
        } else {
          const models = failure.status === 404 ? await this.#known(signal) : null;
          throw refusalOf(failure, this.#endpoint, models);
        }
      }
    }
  }

  async models(signal: AbortSignal): Promise<readonly string[]> {
    try {
      return await this.#listModels(signal);
    } catch (error) {
      if (error instanceof RefusedRequest) throw refusalOf(error.failure, this.#endpoint, null);
      throw error;
    }
  }

  /** One request from its first byte to its last. @throws RefusedRequest, EngineError */
  async #attempt(
    request: ModelRequest,
    signal: AbortSignal,
    onText: (piece: string) => void,
  ): Promise<ModelReply> {
    return this.#guarded(signal, async (client, inner) => {
      const stream = await client.chat.completions.create(this.#body(request), { signal: inner });
      const answer = new Answer(this.#endpoint, onText);
      for await (const chunk of stream) answer.take(chunk);
      stopIfAborted(inner);
      return answer.whole();
    });
  }

  async #listModels(signal: AbortSignal): Promise<readonly string[]> {
    return this.#guarded(signal, async (client, inner) => {
      const page: unknown = await client.models.list({ signal: inner });
      const data: unknown = (page as { readonly data?: unknown } | null)?.data;
      if (!Array.isArray(data)) throw notAModel(this.#endpoint);
      return data
        .map((item: unknown) => (item as { readonly id?: unknown } | null)?.id)
        .filter((id) => typeof id === 'string')
        .map((id) => id.replace(/^models\//, ''))
        .sort();
    });
  }

  /** Names of models for an error; null where the endpoint does not say, or not soon. */
  async #known(signal: AbortSignal): Promise<readonly string[] | null> {
    try {
      return await this.#listModels(signal);
    } catch (error) {
      if (EngineError.is(error, 'aborted')) throw error;
      return null;
    }
  }

  /** Runs something with a client that is watched, and gives every failure its reason. */
  async #guarded<T>(
    signal: AbortSignal,
    run: (client: OpenAI, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    stopIfAborted(signal);
    const { OpenAI } = await import('openai');
    const inner = new AbortController();
    const silence = { is: false };
    const watch = new SilenceWatch(this.#timer, this.#patience, () => {
      silence.is = true;
      inner.abort();
    });
    const abort = (): void => {
      inner.abort();
    };
    signal.addEventListener('abort', abort, { once: true });
    const client = new OpenAI({
      baseURL: this.#endpoint.baseUrl,
      // Without a key the header is taken off again: the package insists on some text here, and would
      // otherwise take the key of another provider from the environment.
      apiKey: this.#endpoint.key ?? 'none',
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      maxRetries: 0,
      // The watch is stricter; this must only never fire before it.
      timeout: 2 ** 31 - 1,
      logLevel: 'off',
      fetch: guardedFetch(globalThis.fetch, this.#endpoint, () => {
        watch.heard();
      }),
    });
    try {
      return await run(client, inner.signal);
    } catch (error) {
      stopIfAborted(signal);
      if (silence.is) throw this.#stalled();
      throw this.#reasonOf(error);
    } finally {
      watch.stop();
      signal.removeEventListener('abort', abort);
      inner.abort();
    }
  }

  #body(request: ModelRequest): OpenAI.ChatCompletionCreateParamsStreaming {
    const { preset, model } = this.#endpoint;
    const refused = this.#memory.refused(this.#key);
    const other = preset.outputLimit === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
    const limit = [preset.outputLimit, other].find((name) => !refused.has(name as OptionalField));
    return {
      model,
      messages: request.messages.map(({ role, content }) => ({ role, content })),
      stream: true,
      ...(refused.has('stream_options') ? {} : { stream_options: { include_usage: true } }),
      ...(limit === undefined ? {} : { [limit]: request.maxOutputTokens }),
      ...(preset.temperature === null || refused.has('temperature')
        ? {}
        : { temperature: preset.temperature }),
      ...formatField(request),
    };
  }

  /** The option that a refusal is about, when it was sent; null otherwise. */
  #newlyRefused({ failure }: RefusedRequest): OptionalField | null {
    const field = refusedField(failure);
    return field === null || this.#memory.refused(this.#key).has(field) ? null : field;
  }

  /** What the network or the package threw, with a reason and without the key. */
  #reasonOf(error: unknown): Error {
    const chain = causesOf(error);
    const known = chain.find((each) => each instanceof RefusedRequest || EngineError.is(each));
    if (known !== undefined) return known;
    const { host, key, local, preset, provider } = this.#endpoint;
    const code = chain.map((each) => (each as NodeJS.ErrnoException).code).find(isErrno);
    if (code !== undefined || chain.some(({ message }) => message === 'fetch failed')) {
      return new EngineError(
        'llm-unreachable',
        `${host} cannot be reached${code === undefined ? '' : ` (${code})`}.`,
        local
          ? `Start ${preset.name === 'custom' ? 'the server' : preset.title}, or check its port.`
          : 'Check the address and the network.',
        bareCause(chain, key),
      );
    }
    const api = error as { readonly error?: unknown; readonly name?: string };
    if (api.error !== undefined) {
      const said = providerWords(messageOf(JSON.stringify(api.error)), key);
      const isLimit = /rate.?limit|quota|overloaded/i.test(said);
      return new EngineError(
        isLimit ? 'llm-limited' : 'llm-failed',
        `${provider} broke its answer off. It says: ${said.replace(/[.!]*$/, '')}.`,
        isLimit ? 'Ask again in a minute.' : 'Ask again, or choose another model.',
        bareCause(chain, key),
      );
    }
    if (chain.some((each) => each instanceof SyntaxError)) return notAModel(this.#endpoint);
    return new EngineError(
      'llm-truncated',
      `The connection to ${host} broke before the answer was whole.`,
      'Ask again.',
      bareCause(chain, key),
    );
  }

  #stalled(): EngineError {
    const { idle, first } = this.#patience;
    const seconds = plural(Math.round(Math.min(idle, first) / 1000), 'second');
    return new EngineError(
      'llm-stalled',
      `${this.#endpoint.provider} said nothing for ${idle === first ? seconds : `${seconds} or more`}.`,
      this.#endpoint.local
        ? 'Ask again once the model is loaded, or choose a smaller one.'
        : 'Ask again, or choose another model.',
    );
  }

  async #wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const stop = this.#timer(milliseconds, resolve);
      signal.addEventListener(
        'abort',
        () => {
          stop();
          resolve();
        },
        { once: true },
      );
    });
    stopIfAborted(signal);
  }
}

/** Collects the pieces of one answer and judges whether it is whole. */
class Answer {
  readonly #endpoint: Endpoint;
  readonly #onText: (piece: string) => void;
  #text = '';
  #refusal = '';
  #finish: string | null = null;
  #chunks = 0;
  #promptTokens: number | null = null;
  #outputTokens: number | null = null;

  constructor(endpoint: Endpoint, onText: (piece: string) => void) {
    this.#endpoint = endpoint;
    this.#onText = onText;
  }

  take(chunk: ChatCompletionChunk): void {
    this.#chunks++;
    // What servers send is only roughly what the package says that they send.
    const { usage, choices } = chunk as {
      readonly usage?: { readonly prompt_tokens?: unknown; readonly completion_tokens?: unknown };
      readonly choices?: readonly {
        readonly delta?: { readonly content?: unknown; readonly refusal?: unknown };
        readonly finish_reason?: unknown;
      }[];
    };
    this.#promptTokens = countOf(usage?.prompt_tokens) ?? this.#promptTokens;
    this.#outputTokens = countOf(usage?.completion_tokens) ?? this.#outputTokens;
    const choice = choices?.[0];
    const piece = choice?.delta?.content;
    if (typeof choice?.delta?.refusal === 'string') this.#refusal += choice.delta.refusal;
    if (typeof piece === 'string' && piece !== '') {
      this.#text += piece;
      if (this.#text.length > maxAnswerChars) throw withoutEnd(this.#endpoint);
      this.#onText(piece);
    }
    if (typeof choice?.finish_reason === 'string') this.#finish = choice.finish_reason;
  }

  /** @throws EngineError for an answer that is cut, empty, refused or none */
  whole(): ModelReply {
    const { model } = this.#endpoint;
    if (this.#chunks === 0) throw notAModel(this.#endpoint);
    if (this.#finish === null) {
      throw new EngineError(
        'llm-truncated',
        `The answer of ${model} was cut off on the way.`,
        'Ask again.',
      );
    }
    if (this.#finish === 'length') {
      throw new EngineError(
        'llm-truncated',
        `${model} had no room to finish its answer.`,
        this.#endpoint.preset.raiseContext === ''
          ? 'Choose a model with a larger context.'
          : this.#endpoint.preset.raiseContext,
      );
    }
    if (this.#finish === 'content_filter' || (this.#refusal !== '' && this.#text === '')) {
      throw new EngineError(
        'llm-failed',
        `${model} declined to answer.`,
        'Choose another model, or keep the offline report.',
      );
    }
    if (!finished.has(this.#finish)) {
      throw new EngineError(
        'llm-failed',
        `${model} ended its answer with "${providerWords(this.#finish, null)}", which is no end.`,
        'Ask again, or choose another model.',
      );
    }
    if (this.#text.trim() === '') {
      throw new EngineError(
        'llm-empty',
        `${model} answered with nothing.`,
        'Ask again, or choose another model.',
      );
    }
    return {
      text: this.#text,
      promptTokens: this.#promptTokens,
      outputTokens: this.#outputTokens,
    };
  }
}

/** Some servers count nothing and say 0. */
function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

function formatField(
  request: ModelRequest,
): Pick<OpenAI.ChatCompletionCreateParamsStreaming, 'response_format'> {
  switch (request.format) {
    case 'json_schema':
      return {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'explanation', strict: true, schema: { ...request.schema } },
        },
      };
    case 'json_object':
      return { response_format: { type: 'json_object' } };
    case 'text':
      return {};
  }
}

/** Statuses of a server that may be well again in a second. */
function isPassing(status: number): boolean {
  return status === 408 || (status >= 500 && status !== 501);
}

/** @throws EngineError `aborted` */
function stopIfAborted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new EngineError('aborted', 'The question was cancelled.', 'Ask again when needed.');
}

/** An error and its causes, at most eight. */
function causesOf(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  let at = error;
  while (at instanceof Error && chain.length < 8) {
    chain.push(at);
    if (at instanceof AggregateError) chain.push(...(at.errors as Error[]).slice(0, 2));
    at = at.cause;
  }
  return chain;
}

/** The innermost reason in words: the original error may hold the request with its key. */
function bareCause(chain: readonly Error[], key: string | null): Error {
  const innermost = chain.at(-1);
  return new Error(providerWords(`${innermost?.name ?? ''}: ${innermost?.message ?? ''}`, key));
}

function isErrno(code: unknown): code is string {
  return (
    typeof code === 'string' && /^(?:E[A-Z]{3,}|CERT_|UNABLE_|SELF_|DEPTH_|ERR_TLS)/.test(code)
  );
}
