import { EngineError } from '../base/engineError.ts';
import type { Endpoint } from './endpoint.ts';
import type { OptionalField } from './endpointMemory.ts';
import { plural } from './plural.ts';

/** A refusal as it came: HTTP status, headers, and the beginning of its body. */
export interface HttpFailure {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly location: string | null;
  readonly body: string;
}

/** The context of the model is smaller than the prompt; `contextTokens` where the provider says it. */
export class ContextTooSmall extends EngineError {
  readonly contextTokens: number | null;

  constructor(endpoint: Endpoint, contextTokens: number | null) {
    super(
      'llm-unusable',
      `What was sent does not fit the context of ${endpoint.model}.`,
      endpoint.preset.raiseContext === ''
        ? 'Choose a model with a larger context, or set the context that it has.'
        : endpoint.preset.raiseContext,
    );
    this.contextTokens = contextTokens;
  }
}

/** What a provider says, made fit for a sentence: one line, short, without the key. */
export function providerWords(text: string, key: string | null): string {
  let words = text;
  if (key !== null) words = words.split(key).join('(key)');
  words = words
    // Providers show a part of the key that was refused.
    .replace(/\b(?:sk|gsk|AIza|xai|key)[-_A-Za-z0-9*]{8,200}/g, '(key)')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return words.length > 200 ? `${words.slice(0, 200)}…` : words;
}

/** The message inside an error body in any of the known shapes; the body itself where it has none. */
export function messageOf(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    return pick(parsed) ?? body;
  } catch {
    return looksLikeHtml(body) ? '' : body;
  }
}

function pick(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return pick(value[0]);
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Readonly<Record<string, unknown>>;
  for (const name of ['error', 'message', 'detail', 'msg']) {
    const found = fields[name] === undefined ? null : pick(fields[name]);
    if (found !== null) return found;
  }
  return null;
}

/** Whether a body is a web page. */
export function looksLikeHtml(body: string): boolean {
  return /^\s*<(?:!doctype|html|head|body|\?xml)/i.test(body.slice(0, 500));
}

/** The option that a 400 or 422 is about, where it says so; null otherwise. */
export function refusedField(failure: HttpFailure): OptionalField | null {
  if (failure.status !== 400 && failure.status !== 422) return null;
  const text = failure.body;
  // An error that recommends the other limit names both: the refused one stands first.
  const limits = [...text.matchAll(/max_completion_tokens|max_tokens/g)].map(([name]) => name);
  if (isAboutContext(text)) return null;
  if (text.includes('stream_options')) return 'stream_options';
  if (text.includes('temperature')) return 'temperature';
  const [first] = limits;
  return first === undefined ? null : (first as OptionalField);
}

/** Whether a refusal is about `response_format`, or could be: a bare 400 says nothing. */
export function refusesFormat(failure: HttpFailure): boolean {
  if (![400, 404, 415, 422, 501].includes(failure.status)) return false;
  if (failure.status === 404) return /response_format|json_schema|json_object/i.test(failure.body);
  if (failure.status === 501) return true;
  return !isAboutContext(failure.body);
}

function isAboutContext(text: string): boolean {
  return /context[ _-]?(?:length|size|window)|maximum context|too many tokens|prompt is too long|exceeds? the (?:available )?context|n_ctx|reduce the length/i.test(
    text,
  );
}

/** Tokens of the context as an error states them: `maximum context length is 4096 tokens`, `n_ctx: 4096`. */
function statedContext(text: string): number | null {
  const found =
    /"?n_ctx"?\s{0,3}[:=]\s{0,3}(\d{3,8})/.exec(text) ??
    /context (?:length|size|window)\D{0,30}(\d{3,8})/i.exec(text);
  return found?.[1] === undefined ? null : Number(found[1]);
}

/**
 * A refusal in words, with what to do next. `models` are the names that the endpoint offers, for a
 * model that it does not have; null where it did not say.
 */
export function refusalOf(
  failure: HttpFailure,
  endpoint: Endpoint,
  models: readonly string[] | null,
): EngineError {
  const { preset, model, host } = endpoint;
  const who = preset.name === 'custom' ? host : preset.title;
  const said = providerWords(messageOf(failure.body), endpoint.key);
  const words = said === '' ? '' : ` It says: ${said.replace(/[.!]*$/, '')}.`;
  const { status } = failure;
  if (status === 401 || (status === 400 && /api[ _-]?key/i.test(said))) {
    return new EngineError(
      'llm-refused',
      endpoint.key === null ? `${who} asks for a key.` : `${who} does not accept the key.`,
      'Set the key of this provider.',
    );
  }
  if (status === 403) {
    return new EngineError(
      'llm-refused',
      `${who} does not allow this request (403).${words}`,
      'Check that the key may use this model, and set another key or model.',
    );
  }
  if (status === 404) return notFound(endpoint, who, words, models);
  if (status === 402 || (status === 429 && /quota|billing|credit/i.test(said))) {
    return new EngineError(
      'llm-limited',
      `The quota at ${who} is used up.${words}`,
      'Check the account at the provider, or choose another model.',
    );
  }
  if (status === 429) {
    return new EngineError(
      'llm-limited',
      `${who} takes no more requests now.${words}`,
      `Ask again ${retryWords(failure.retryAfter)}.`,
    );
  }
  if (status >= 300 && status < 400) {
    return new EngineError(
      'llm-failed',
      `${who} redirects to ${redirectTarget(failure.location, endpoint)}; nothing was sent there.`,
      'A login page of a network does this. Otherwise set the address that it names.',
    );
  }
  if ([400, 413, 422].includes(status) && isAboutContext(failure.body)) {
    return new ContextTooSmall(endpoint, statedContext(failure.body));
  }
  if (status === 413) return new ContextTooSmall(endpoint, null);
  if (status === 400 || status === 415 || status === 422) {
    return new EngineError(
      'llm-unusable',
      `${who} does not take the request for ${model} (${status}).${words}`,
      'Choose another model.',
    );
  }
  if (status >= 500) {
    return new EngineError(
      'llm-failed',
      `${who} failed (${status}).${words}`,
      endpoint.local ? 'Look into its own log.' : 'Ask again in a few minutes.',
    );
  }
  return new EngineError(
    'llm-failed',
    `${who} answered with status ${status}.${words}`,
    'Check the address and the model.',
  );
}

function notFound(
  endpoint: Endpoint,
  who: string,
  words: string,
  models: readonly string[] | null,
): EngineError {
  const { model, preset } = endpoint;
  if (models === null) {
    return new EngineError(
      'llm-refused',
      `${who} knows neither the address nor the model ${model} (404).${words}`,
      'Check the base URL, which mostly ends in /v1, and the name of the model.',
    );
  }
  const some = models
    .slice(0, 8)
    .map((name) => providerWords(name, endpoint.key))
    .join(', ');
  const more = models.length > 8 ? ` and ${plural(models.length - 8, 'more')}` : '';
  const offered = models.length === 0 ? 'It offers none.' : `It offers ${some}${more}.`;
  return new EngineError(
    'llm-refused',
    `${who} has no model ${model}. ${offered}`,
    preset.missingModel.replace('MODEL', model),
  );
}

/** `Retry-After` in words: seconds or a date (RFC 9110 10.2.3). */
function retryWords(value: string | null): string {
  const seconds = value === null ? Number.NaN : Number(value);
  if (Number.isFinite(seconds) && seconds >= 0) {
    if (seconds < 120) return `in ${plural(Math.max(1, Math.ceil(seconds)), 'second')}`;
    if (seconds < 7200) return `in ${plural(Math.ceil(seconds / 60), 'minute')}`;
    return `in ${plural(Math.ceil(seconds / 3600), 'hour')}`;
  }
  const at = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(at) ? 'in a minute' : `after ${new Date(at).toISOString()}`;
}

function redirectTarget(location: string | null, endpoint: Endpoint): string {
  if (location === null || !URL.canParse(location, endpoint.baseUrl)) return 'another address';
  const { origin } = new URL(location, endpoint.baseUrl);
  return origin === new URL(endpoint.baseUrl).origin ? 'another path' : origin;
}
