import * as vscode from 'vscode';
import type { Log } from '../engine/base/log.ts';
import { toFailure } from '../protocol/rpc.ts';
import type { CommandId } from './contributions.ts';
import type { Disposable } from './disposables.ts';
import type { Settings } from './settings.ts';
import type { SettingsWatcher } from './settingsWatcher.ts';

/** Something worth telling about a log that is open now. */
export interface Occasion {
  readonly uri: vscode.Uri;
  /** What the reader is told; null where a closer look showed that there is nothing to offer. */
  readonly message: () => Promise<string | null>;
}

export interface OfferOptions {
  /** Where it is switched off, and on again. */
  readonly setting: Extract<keyof Settings, `offer.${string}`>;
  readonly button: string;
  /** What the button does, with the address of the log. */
  readonly command: CommandId;
  /** Fires when another log may be at hand. */
  readonly onDidChange: vscode.Event<unknown>;
  readonly occasion: () => Occasion | undefined;
}

const decline = 'Do Not Offer Again';

/**
 * Offers another way to open a log: once for each log of a window, and no more after the reader has
 * declined. That is a setting, so that it can be found and taken back.
 */
export class Offer implements Disposable {
  readonly #options: OfferOptions;
  readonly #settings: SettingsWatcher;
  readonly #log: Log;
  readonly #seen = new Set<string>();
  readonly #listener: vscode.Disposable;

  constructor(options: OfferOptions, settings: SettingsWatcher, log: Log) {
    this.#options = options;
    this.#settings = settings;
    this.#log = log;
    this.#listener = options.onDidChange(() => {
      this.#look();
    });
    this.#look();
  }

  dispose(): void {
    this.#listener.dispose();
  }

  #look(): void {
    if (!this.#settings.current[this.#options.setting]) return;
    const occasion = this.#options.occasion();
    const address = occasion?.uri.toString();
    if (occasion === undefined || address === undefined || this.#seen.has(address)) return;
    this.#seen.add(address);
    this.#offer(occasion).catch((error: unknown) => {
      this.#log.debug(`${this.#options.button} was not offered: ${toFailure(error).message}`);
    });
  }

  async #offer({ uri, message }: Occasion): Promise<void> {
    const { setting, button, command } = this.#options;
    const text = await message();
    if (text === null) return;
    const chosen = await vscode.window.showInformationMessage(text, button, decline);
    if (chosen === button) await vscode.commands.executeCommand(command, uri);
    else if (chosen === decline) await this.#settings.set(setting, false);
  }
}
