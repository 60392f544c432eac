import * as vscode from 'vscode';
import { commandIds, logLanguage } from './contributions.ts';
import type { Disposable } from './disposables.ts';

const seenKey = 'faultline.welcomed';

/**
 * The way to the walkthrough, among the status items of a log, in the first session only: nothing
 * opens by itself, and later the command palette has it.
 */
export class Welcome implements Disposable {
  readonly #item: vscode.LanguageStatusItem | null = null;

  constructor(memory: vscode.Memento) {
    if (memory.get(seenKey) === true) return;
    void memory.update(seenKey, true);
    this.#item = vscode.languages.createLanguageStatusItem('faultline.welcome', {
      language: logLanguage,
    });
    this.#item.name = 'Faultline Walkthrough';
    this.#item.text = '$(book) New here?';
    this.#item.detail = 'five short steps';
    this.#item.command = { command: commandIds.getStarted, title: 'Get started' };
  }

  dispose(): void {
    this.#item?.dispose();
  }
}
