import type { ModelChoice } from '../../engine/llm/modelChoice.ts';
import { presets } from '../../engine/llm/presets.ts';
import type { Settings } from '../settings.ts';

type ModelSettings = Pick<
  Settings,
  'model.provider' | 'model.name' | 'model.url' | 'model.contextTokens' | 'privacy.level'
>;

/** The choice that the settings describe, or null where no model is to be used. */
export function modelFromSettings(settings: ModelSettings, key: string | null): ModelChoice | null {
  const provider = settings['model.provider'];
  if (provider === 'off') return null;
  const level = settings['privacy.level'];
  const shared = {
    contextTokens: settings['model.contextTokens'] || null,
    privacy: level === 'automatic' ? null : level,
  };
  const name = settings['model.name'];
  if (provider === 'editor') return { kind: 'editor', id: name, name, ...shared };
  return {
    kind: 'endpoint',
    preset: provider,
    baseUrl: settings['model.url'] || null,
    model: name,
    key,
    ...shared,
  };
}

/** Name of the choice in the panel's head: `Ollama: llama3.2`; `offline` for none. */
export function modelLabel(settings: ModelSettings): string {
  const provider = settings['model.provider'];
  if (provider === 'off') return 'offline';
  const title = providerTitle(provider);
  const name = settings['model.name'];
  return name === '' ? title : `${title}: ${name}`;
}

/** What the reader calls a provider. */
export function providerTitle(provider: Exclude<Settings['model.provider'], 'off'>): string {
  if (provider === 'editor') return 'Editor';
  return provider === 'custom' ? 'Custom' : presets[provider].title;
}
