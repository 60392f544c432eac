import * as vscode from 'vscode';
import type { Log } from '../engine/base/log.ts';

const openSettings = 'Open Settings';

/** Tells the reader what is wrong with formats in the settings: each thing once a session. */
export class FormatProblems {
  readonly #log: Log;
  readonly #told = new Set<string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** From the engine, which checks them. */
  judged(problems: readonly string[]): void {
    for (const problem of problems) {
      this.#log.warn(`Formats: ${problem}`);
      if (this.#told.has(problem)) continue;
      this.#told.add(problem);
      void this.#show(problem);
    }
  }

  async #show(problem: string): Promise<void> {
    const chosen = await vscode.window.showWarningMessage(`Faultline: ${problem}`, openSettings);
    if (chosen !== openSettings) return;
    await vscode.commands.executeCommand('workbench.action.openSettings', 'faultline.formats');
  }
}
