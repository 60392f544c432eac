import * as vscode from 'vscode';
import type { Log } from '../engine/base/log.ts';

/** The output channel "Faultline". The reader sets its level in the editor. */
export class HostLog implements Log, vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Faultline', { log: true });

  debug(message: string): void {
    this.#channel.debug(message);
  }

  info(message: string): void {
    this.#channel.info(message);
  }

  warn(message: string): void {
    this.#channel.warn(message);
  }

  error(message: string, cause?: unknown): void {
    if (cause === undefined) this.#channel.error(message);
    else this.#channel.error(message, cause);
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
