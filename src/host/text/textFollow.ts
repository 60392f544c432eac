import * as vscode from 'vscode';
import type { Log } from '../../engine/base/log.ts';
import type { ReaderEvents } from '../../protocol/readerApi.ts';
import { toFailure } from '../../protocol/rpc.ts';
import type { AnalysisService } from '../analysisService.ts';
import { commandIds } from '../contributions.ts';
import { DisposableStore } from '../disposables.ts';
import { nameOf } from '../logDocuments.ts';
import type { ReaderClient } from '../readerClient.ts';
import { FollowedLog } from './followedLog.ts';
import { followWords } from './followWords.ts';

export interface TextFollowServices {
  readonly analyses: AnalysisService;
  readonly reader: ReaderClient;
  readonly log: Log;
}

/** The logs that are followed in text editors: by name of their view in the reading thread. */
export class TextFollow implements vscode.Disposable {
  readonly #services: TextFollowServices;
  readonly #followed = new Map<string, FollowedLog>();
  readonly #disposables = new DisposableStore();
  readonly #news = this.#disposables.add(
    vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      borderColor: new vscode.ThemeColor('charts.blue'),
      borderStyle: 'solid',
      borderWidth: '1px 0 0 0',
      overviewRulerColor: new vscode.ThemeColor('charts.blue'),
      overviewRulerLane: vscode.OverviewRulerLane.Left,
      after: {
        contentText: 'new since you looked',
        color: new vscode.ThemeColor('charts.blue'),
        margin: '0 0 0 2em',
      },
    }),
  );
  readonly #bar = this.#disposables.add(
    vscode.window.createStatusBarItem('faultline.follow', vscode.StatusBarAlignment.Right, 102),
  );
  /** The line that is marked as the first new one in an editor. */
  readonly #marked = new WeakMap<vscode.TextEditor, number>();
  #lastId = 0;

  constructor(services: TextFollowServices) {
    this.#services = services;
    const { window, workspace } = vscode;
    this.#bar.name = 'Faultline: Follow';
    this.#bar.command = commandIds.followLog;
    const show = (): void => {
      this.#show();
    };
    this.#disposables.add(window.onDidChangeActiveTextEditor(show));
    this.#disposables.add(
      window.onDidChangeVisibleTextEditors(() => {
        for (const followed of this.#followed.values()) {
          followed.shown(isVisible(followed.document));
        }
        this.#show();
      }),
    );
    this.#disposables.add(
      window.onDidChangeWindowState(({ focused }) => {
        if (focused) return;
        for (const followed of this.#followed.values()) followed.left();
      }),
    );
    this.#disposables.add(
      window.onDidChangeTextEditorVisibleRanges(({ textEditor, visibleRanges }) => {
        this.#of(textEditor.document)?.scrolled(visibleRanges);
      }),
    );
    this.#disposables.add(
      window.onDidChangeTextEditorSelection((event) => {
        this.#of(event.textEditor.document)?.moved(event);
      }),
    );
    this.#disposables.add(
      workspace.onDidChangeTextDocument((event) => {
        this.#of(event.document)?.documentChanged(event);
      }),
    );
    this.#disposables.add(
      workspace.onDidCloseTextDocument((document) => {
        this.#stop(document);
      }),
    );
  }

  /** Follows the log of an editor, goes on where that is paused, or stops. @throws RpcError */
  async toggle({ document }: vscode.TextEditor): Promise<void> {
    const followed = this.#of(document);
    if (followed?.state.on === true) this.#stop(document);
    else if (followed !== undefined) followed.resume();
    else await this.#start(document);
  }

  /** From the reading thread. */
  fileChanged({ view, change }: ReaderEvents['changed']): void {
    const followed = this.#followed.get(view);
    if (followed === undefined) return;
    followed.fileChanged(change);
    // Scored while the editor still loads the new lines.
    if (change.kind === 'grew') this.#services.analyses.fileGrew(followed.document);
  }

  /** After the reading thread has started again: it knows no view any more. */
  readerRestarted(): void {
    for (const [view, { document }] of this.#followed) {
      this.#watch(view, document).catch((error: unknown) => {
        this.#services.log.warn(`Follow: ${toFailure(error).message}`);
        this.#stop(document);
      });
    }
  }

  dispose(): void {
    for (const { document } of [...this.#followed.values()]) this.#stop(document);
    this.#disposables.dispose();
  }

  async #start(document: vscode.TextDocument): Promise<void> {
    const name = nameOf(document.uri);
    if (document.uri.scheme !== 'file') {
      void vscode.window.showInformationMessage(
        `${name} is not a file on this machine: there is nothing to follow.`,
      );
      return;
    }
    if (document.isDirty) {
      void vscode.window.showWarningMessage(
        `${name} has unsaved changes, so the editor does not load what is written to the file. Save or undo them first.`,
      );
      return;
    }
    const view = `follow-${++this.#lastId}`;
    this.#services.reader.revive();
    await this.#watch(view, document);
    // It may have been closed, or followed by another call, while the file was opened.
    if (document.isClosed || this.#of(document) !== undefined) {
      this.#unwatch(view);
      return;
    }
    const followed = new FollowedLog({
      document,
      onChanged: () => {
        this.#show();
      },
      onLag: () => void this.#offerViewer(document),
      onEdited: () => {
        this.#stop(document);
        // What was scored ahead of the document is no longer in it.
        this.#services.analyses.again(document);
        vscode.window.setStatusBarMessage(`${name} is edited: it is no longer followed.`, 10_000);
      },
    });
    this.#followed.set(view, followed);
    this.#show();
  }

  #stop(document: vscode.TextDocument): void {
    for (const [view, followed] of this.#followed) {
      if (followed.document !== document) continue;
      this.#followed.delete(view);
      followed.dispose();
      this.#unwatch(view);
    }
    this.#show();
  }

  async #watch(view: string, { uri }: vscode.TextDocument): Promise<void> {
    const { reader } = this.#services;
    const paths = [uri.fsPath];
    await reader.request('open', { view, paths, joining: null, rotated: false });
    await reader.request('follow', { view, on: true });
  }

  #unwatch(view: string): void {
    const { reader, log } = this.#services;
    if (!reader.running) return;
    reader.request('close', { view }).catch((error: unknown) => {
      log.debug(`Follow: ${toFailure(error).message}`);
    });
  }

  async #offerViewer(document: vscode.TextDocument): Promise<void> {
    const action = 'Open in Log Viewer';
    const chosen = await vscode.window.showWarningMessage(
      `${nameOf(document.uri)} grows, and the editor does not load what is written to it. The log viewer reads the file itself.`,
      action,
    );
    if (chosen === action) {
      await vscode.commands.executeCommand(commandIds.openInViewer, document.uri);
    }
  }

  #of(document: vscode.TextDocument): FollowedLog | undefined {
    return [...this.#followed.values()].find((followed) => followed.document === document);
  }

  #show(): void {
    for (const editor of vscode.window.visibleTextEditors) this.#mark(editor);
    const document = vscode.window.activeTextEditor?.document;
    const followed = document === undefined ? undefined : this.#of(document);
    if (followed === undefined) {
      this.#bar.hide();
      return;
    }
    const { state, lines, notice } = followed;
    const { text, tooltip, label } = followWords(state, lines, notice, vscode.env.language);
    this.#bar.text = text;
    this.#bar.tooltip = tooltip;
    this.#bar.accessibilityInformation = { label, role: 'button' };
    this.#bar.show();
  }

  #mark(editor: vscode.TextEditor): void {
    const news = this.#of(editor.document)?.state.news ?? null;
    const line = news === null || news >= editor.document.lineCount ? -1 : news;
    if ((this.#marked.get(editor) ?? -1) === line) return;
    this.#marked.set(editor, line);
    editor.setDecorations(this.#news, line < 0 ? [] : [editor.document.lineAt(line).range]);
  }
}

function isVisible(document: vscode.TextDocument): boolean {
  return vscode.window.visibleTextEditors.some((editor) => editor.document === document);
}
