import { EngineError } from '../base/engineError.ts';
import type { ModelChoice } from './modelChoice.ts';
import type { Preset } from './presets.ts';
import { presets } from './presets.ts';

/** An address that can be asked, checked. */
export interface Endpoint {
  readonly preset: Preset;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** `api.openai.com`, `localhost:11434`. */
  readonly host: string;
  /** True where nothing leaves this machine. */
  readonly local: boolean;
  readonly model: string;
  readonly key: string | null;
  /** Tokens of prompt and answer together. */
  readonly contextTokens: number;
  /** Who receives what is sent: `Ollama at localhost:11434`. */
  readonly provider: string;
  /** For the report: `ollama/llama3.2`. */
  readonly name: string;
}

type EndpointChoice = Extract<ModelChoice, { kind: 'endpoint' }>;

/**
 * Checks a choice and fills in what the preset knows. Nothing is asked yet.
 * @throws EngineError `invalid-argument` for an address or model name that is none, `llm-refused`
 * for a key that would cross a network in the clear, and for a log that would
 * cross the internet so. A log may go to a machine of the same private network by http: that is how
 * model servers of a household or team are reached, and the receipt names the machine.
 */
export function resolveEndpoint(choice: EndpointChoice): Endpoint {
  const preset = presets[choice.preset];
  const url = parseAddress(choice.baseUrl ?? preset.baseUrl ?? '', preset);
  const local = isLocalHost(url.hostname);
  const model = choice.model.trim();
  if (model === '') {
    throw new EngineError(
      'invalid-argument',
      `No model is named for ${preset.title}.`,
      'Name one that it offers.',
    );
  }
  const key = choice.key === null || choice.key.trim() === '' ? null : choice.key.trim();
  if (key !== null && /[^\x21-\x7e]/u.test(key)) {
    throw new EngineError(
      'llm-refused',
      `The key for ${preset.title} holds characters that no key has.`,
      'Copy it again, without blanks and line breaks.',
    );
  }
  if (url.protocol === 'http:' && !local && (key !== null || !isPrivateHost(url.hostname))) {
    throw new EngineError(
      'llm-refused',
      `${url.host} is another machine, and http would send ${key === null ? 'the log' : 'the key'} in the clear.`,
      'Use an https address, or reach the machine through a tunnel to localhost.',
    );
  }
  const context = choice.contextTokens ?? preset.contextTokens;
  const title = preset.name === 'custom' ? 'Model' : preset.title;
  return {
    preset,
    baseUrl: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    host: url.host,
    local,
    model,
    key,
    contextTokens: context,
    provider: `${title} at ${url.host}`,
    name: `${preset.name}/${model}`,
  };
}

/**
 * What is sent can be shown without a key; it cannot be sent.
 * @throws EngineError `llm-refused`
 */
export function requireKey({ key, preset, local }: Endpoint): void {
  if (key !== null || !preset.needsKey || local) return;
  throw new EngineError('llm-refused', `${preset.title} needs a key.`, 'Set the key.');
}

function parseAddress(text: string, preset: Preset): URL {
  const trimmed = text.trim();
  if (trimmed === '') {
    throw new EngineError(
      'invalid-argument',
      'The endpoint has no address.',
      'Give its base URL, such as http://localhost:8080/v1.',
    );
  }
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new EngineError(
      'invalid-argument',
      `The address for ${preset.title} is not an http or https address.`,
      'Give its base URL, such as http://localhost:8080/v1.',
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new EngineError(
      'invalid-argument',
      `The address for ${preset.title} holds more than scheme, host, port and path.`,
      'Leave away names, passwords and what follows "?" or "#"; a key has a place of its own.',
    );
  }
  return url;
}

/** Whether a host as `URL.hostname` writes it is this machine: loopback, unspecified or `localhost`. */
export function isLocalHost(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (name === '[::1]' || name === '[::]' || name === '0.0.0.0') return true;
  // `URL` has brought every way to write an IPv4 address into four decimal parts.
  return /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name) || /^\[::ffff:7f[0-9a-f]{2}:/.test(name);
}

/** Whether a host is of a private network (RFC 1918, link-local, RFC 6762), seen by its name alone. */
function isPrivateHost(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  if (/^10\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(name)) {
    return /^[\d.]+$/.test(name);
  }
  if (/^\[f[cd][0-9a-f]{2}:|^\[fe[89ab][0-9a-f]:/.test(name)) return true;
  return /\.(?:local|lan|internal|home\.arpa)$/.test(name) || !/[.:]/.test(name);
}
