import * as vscode from 'vscode';
import type { Log } from '../engine/base/log.ts';
import type { Settings } from './settings.ts';
import { readSettings } from './settings.ts';

/** The settings in force, and word of every change. */
export class SettingsWatcher implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Settings>();
  readonly #listener: vscode.Disposable;
  readonly #formatsChanged = new vscode.EventEmitter<Settings['formats']>();
  readonly onDidChange = this.#changed.event;
  /** Fires when the reader's own formats are others. */
  readonly onDidChangeFormats = this.#formatsChanged.event;
  #current = read();

  constructor(log: Log) {
    log.info(`Settings: ${JSON.stringify(this.#current)}`);
    this.#listener = vscode.workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration('faultline')) return;
      this.#current = read();
      log.info(`Settings: ${JSON.stringify(this.#current)}`);
      this.#changed.fire(this.#current);
      if (!change.affectsConfiguration('faultline.formats')) return;
      this.#formatsChanged.fire(this.#current.formats);
    });
  }

  get current(): Settings {
    return this.#current;
  }

  /** Switches everything on or off. */
  async toggle(): Promise<boolean> {
    const enable = !this.#current.enable;
    await this.set('enable', enable);
    return enable;
  }

  /** Changes a setting where the reader has set it: in the workspace, else for the user. */
  async set<K extends keyof Settings>(name: K, value: Settings[K]): Promise<void> {
    const configuration = vscode.workspace.getConfiguration('faultline');
    const inWorkspace = configuration.inspect(name)?.workspaceValue !== undefined;
    await configuration.update(
      name,
      value,
      inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
    );
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
    this.#formatsChanged.dispose();
  }
}

function read(): Settings {
  const configuration = vscode.workspace.getConfiguration('faultline');
  return readSettings((name) => configuration.get(name));
}
