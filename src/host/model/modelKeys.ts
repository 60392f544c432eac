import { presets } from '../../engine/llm/presets.ts';
import type { Settings } from '../settings.ts';

/** The editor's secret storage. */
export interface KeyStorage {
  get: (name: string) => Thenable<string | undefined>;
  store: (name: string, value: string) => Thenable<void>;
  delete: (name: string) => Thenable<void>;
}

/** Whose key it is. A key is never given to another host, whatever a workspace sets as the address. */
export type KeyOwner = Pick<Settings, 'model.provider' | 'model.url'>;

/** Keys of language models, in the editor's secret storage: one for each provider and origin. */
export class ModelKeys {
  readonly #storage: KeyStorage;

  constructor(storage: KeyStorage) {
    this.#storage = storage;
  }

  async get(owner: KeyOwner): Promise<string | null> {
    return (await this.#storage.get(nameOf(owner))) ?? null;
  }

  async set(owner: KeyOwner, key: string): Promise<void> {
    await this.#storage.store(nameOf(owner), key);
  }

  async remove(owner: KeyOwner): Promise<void> {
    await this.#storage.delete(nameOf(owner));
  }
}

function nameOf(owner: KeyOwner): string {
  const provider = owner['model.provider'];
  const isPreset = provider !== 'off' && provider !== 'editor';
  const usual = isPreset ? presets[provider].baseUrl : null;
  const url = owner['model.url'] === '' ? (usual ?? '') : owner['model.url'];
  return `languageModelKey:${provider}:${originOf(url)}`;
}

/** `https://api.example.com`, as plain http is another receiver; what is no address stands for itself. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
