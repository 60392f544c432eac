import * as vscode from 'vscode';
import type { Log } from '../engine/base/log.ts';
import { toFailure } from '../protocol/rpc.ts';
import { commandIds } from './contributions.ts';
import type { Disposable } from './disposables.ts';
import { nameOf } from './logDocuments.ts';
import type { LogViews } from './viewer/logViews.ts';
import { rotatedNames } from './viewer/rotatedLog.ts';

const offeredKey = 'faultline.rotatedOffered';

/** Logs for which it is remembered that they were offered; the oldest are forgotten. */
const mostRemembered = 200;

/** Offers the older files of a log that is shown in the viewer: once for each log, whatever the answer. */
export class RotatedOffer implements Disposable {
  readonly #views: LogViews;
  readonly #memory: vscode.Memento;
  readonly #log: Log;
  readonly #looked = new Set<string>();
  readonly #listener: vscode.Disposable;

  constructor(views: LogViews, memory: vscode.Memento, log: Log) {
    this.#views = views;
    this.#memory = memory;
    this.#log = log;
    this.#listener = views.onDidChange(() => {
      this.#look().catch((error: unknown) => {
        this.#log.debug(`Older files were not offered: ${toFailure(error).message}`);
      });
    });
  }

  dispose(): void {
    this.#listener.dispose();
  }

  async #look(): Promise<void> {
    const uri = this.#views.active?.log.uri;
    if (uri?.scheme !== 'file' || this.#looked.has(uri.fsPath)) return;
    this.#looked.add(uri.fsPath);
    const offered = this.#memory.get<readonly string[]>(offeredKey, []);
    if (offered.includes(uri.fsPath)) return;
    const names = await rotatedNames(uri);
    // Who opens an old file wants that one.
    if (names.length < 2 || names.at(-1) !== nameOf(uri)) return;
    await this.#memory.update(offeredKey, [...offered, uri.fsPath].slice(-mostRemembered));
    const older = names.length - 1;
    const open = 'Open All as One';
    const chosen = await vscode.window.showInformationMessage(
      `${nameOf(uri)} has ${older === 1 ? 'an older part' : `${older} older parts`} beside it: ${names[older - 1] ?? ''}${older > 1 ? ' …' : ''}`,
      open,
    );
    if (chosen === open) await vscode.commands.executeCommand(commandIds.openRotated, uri);
  }
}
