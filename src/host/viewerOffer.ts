import * as vscode from 'vscode';
import type { Log } from '../engine/base/log.ts';
import { toFailure } from '../protocol/rpc.ts';
import type { ActiveLog } from './activeLog.ts';
import { commandIds } from './contributions.ts';
import type { Disposable } from './disposables.ts';
import { documentLimitBytes, nameOf, unreadWords } from './logDocuments.ts';

const declinedKey = 'faultline.viewerDeclined';

/**
 * Offers the viewer when a log is opened that is too large for extensions: once for each log of a
 * window, and no more after the reader has declined. The status bar keeps the offer quietly.
 */
export class ViewerOffer implements Disposable {
  readonly #active: ActiveLog;
  readonly #memory: vscode.Memento;
  readonly #log: Log;
  readonly #offered = new Set<string>();
  readonly #listener: vscode.Disposable;

  constructor(active: ActiveLog, memory: vscode.Memento, log: Log) {
    this.#active = active;
    this.#memory = memory;
    this.#log = log;
    const look = (): void => {
      this.#look().catch((error: unknown) => {
        this.#log.debug(`The viewer was not offered: ${toFailure(error).message}`);
      });
    };
    this.#listener = active.onDidChange(look);
    look();
  }

  dispose(): void {
    this.#listener.dispose();
  }

  async #look(): Promise<void> {
    const { unread } = this.#active;
    if (unread?.why !== 'large' || this.#memory.get(declinedKey) === true) return;
    const address = unread.uri.toString();
    if (this.#offered.has(address)) return;
    this.#offered.add(address);
    const { size } = await vscode.workspace.fs.stat(unread.uri);
    // Any log has no text for a moment while its tab opens.
    if (size <= documentLimitBytes) {
      this.#offered.delete(address);
      return;
    }
    const open = 'Open in Log Viewer';
    const decline = 'Do Not Offer Again';
    const message = `${nameOf(unread.uri)}: ${unreadWords(unread)}`;
    const chosen = await vscode.window.showInformationMessage(message, open, decline);
    if (chosen === open) {
      await vscode.commands.executeCommand(commandIds.openInViewer, unread.uri);
    } else if (chosen === decline) await this.#memory.update(declinedKey, true);
  }
}
