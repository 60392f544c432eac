import * as vscode from 'vscode';
import type { ModelChoice } from '../../engine/llm/modelChoice.ts';
import { DisposableStore } from '../disposables.ts';
import type { SettingsWatcher } from '../settingsWatcher.ts';
import { editorModels } from './editorModels.ts';
import { modelFromSettings, modelLabel } from './modelChoice.ts';
import type { ModelKeys } from './modelKeys.ts';

/** The language model that the settings name, with its key. */
export class LanguageModels implements vscode.Disposable {
  readonly #settings: SettingsWatcher;
  readonly #keys: ModelKeys;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables = new DisposableStore();
  #label: string;

  /** Fires when another model was chosen. */
  readonly onDidChange = this.#changed.event;

  constructor(settings: SettingsWatcher, keys: ModelKeys) {
    this.#settings = settings;
    this.#keys = keys;
    this.#label = labelFor(settings);
    const update = (): void => {
      const label = labelFor(settings);
      if (label === this.#label) return;
      this.#label = label;
      this.#changed.fire();
    };
    this.#disposables.add(this.#changed);
    this.#disposables.add(settings.onDidChange(update));
    this.#disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(update));
  }

  /** `Ollama: llama3.2`; `offline` for none. */
  get label(): string {
    return this.#label;
  }

  /** The model to ask, or null where none was chosen or the folder is not trusted. */
  async chosen(): Promise<ModelChoice | null> {
    if (!vscode.workspace.isTrusted) return null;
    const { current } = this.#settings;
    const provider = current['model.provider'];
    const isEndpoint = provider !== 'off' && provider !== 'editor';
    const model = modelFromSettings(current, isEndpoint ? await this.#keys.get(current) : null);
    if (model?.kind !== 'editor') return model;
    const offered = (await editorModels()).find(({ id }) => id === model.id);
    return offered === undefined
      ? model
      : {
          ...model,
          name: offered.name,
          contextTokens: model.contextTokens ?? offered.contextTokens,
        };
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

/** A folder that is not trusted is explained offline, whoever chose the model. */
function labelFor({ current }: SettingsWatcher): string {
  return vscode.workspace.isTrusted ? modelLabel(current) : 'offline';
}
