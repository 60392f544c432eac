import type { Endpoint } from '../engine/llm/endpoint.ts';
import { resolveEndpoint } from '../engine/llm/endpoint.ts';
import type { PresetName } from '../engine/llm/modelChoice.ts';
import { presetNames } from '../engine/llm/modelChoice.ts';
import { presets } from '../engine/llm/presets.ts';
import { UsageError } from './usageError.ts';

/** The language model that a command line names. */
export interface NamedModel {
  readonly preset: PresetName;
  readonly model: string;
}

/**
 * `ollama:llama3.2`: the endpoint, then everything after the first colon is the model; null for `off`.
 * @throws UsageError
 */
export function parseModel(text: string): NamedModel | null {
  if (text === 'off') return null;
  const colon = text.indexOf(':');
  const name = colon < 0 ? text : text.slice(0, colon);
  const preset = presetNames.find((each) => each === name.toLowerCase());
  const model = colon < 0 ? '' : text.slice(colon + 1).trim();
  if (preset === undefined || model === '') {
    throw new UsageError(
      `--llm ${text}: name an endpoint and its model, such as ollama:llama3.2, or say off. Endpoints: ${presetNames.join(', ')}.`,
    );
  }
  return { preset, model };
}

/**
 * The endpoint with its key from the environment: `FAULTLINE_LLM_KEY`, else the variable that
 * programs of that provider read. A key on a command line would stand in the list of processes.
 * @throws EngineError as `resolveEndpoint`, UsageError for a key that is missing
 */
export function openEndpoint(
  { preset, model }: NamedModel,
  options: {
    readonly url: string | undefined;
    readonly contextTokens: number | undefined;
    /** Nothing will be sent, so that no key is needed. */
    readonly shown: boolean;
  },
): Endpoint {
  const { keyVariable, needsKey, title } = presets[preset];
  const names = ['FAULTLINE_LLM_KEY', ...(keyVariable === null ? [] : [keyVariable])];
  const key = names.map((name) => process.env[name] ?? '').find((value) => value.trim() !== '');
  if (needsKey && key === undefined && options.url === undefined && !options.shown) {
    throw new UsageError(`${title} needs a key. Set ${names.toReversed().join(' or ')}.`);
  }
  return resolveEndpoint({
    kind: 'endpoint',
    preset,
    model,
    baseUrl: options.url ?? null,
    key: key ?? null,
    contextTokens: options.contextTokens ?? null,
    privacy: null,
  });
}
