import * as vscode from 'vscode';
import type { ModelChoice } from '../../engine/llm/modelChoice.ts';
import type { SettingsWatcher } from '../settingsWatcher.ts';
import { modelFromSettings, modelLabel } from './modelChoice.ts';
import type { ModelKeys } from './modelKeys.ts';

/** The language model that the settings name, with its key. */
export class LanguageModels implements vscode.Disposable {
  readonly #settings: SettingsWatcher;
  readonly #keys: ModelKeys;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listener: vscode.Disposable;
  #label: string;

  /** Fires when another model was chosen. */
  readonly onDidChange = this.#changed.event;

  constructor(settings: SettingsWatcher, keys: ModelKeys) {
    this.#settings = settings;
    this.#keys = keys;
    this.#label = modelLabel(settings.current);
    this.#listener = settings.onDidChange((changed) => {
      const label = modelLabel(changed);
      if (label === this.#label) return;
      this.#label = label;
      this.#changed.fire();
    });
  }

  /** `Ollama: llama3.2`; `offline` for none. */
  get label(): string {
    return this.#label;
  }

  /** The model to ask, or null where none was chosen. */
  async chosen(): Promise<ModelChoice | null> {
    const { current } = this.#settings;
    const isEndpoint = !['off', 'editor'].includes(current['model.provider']);
    return modelFromSettings(current, isEndpoint ? await this.#keys.get(current) : null);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}
