import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Log } from '../../engine/base/log.ts';
import type { PanelSubject } from '../../protocol/panelApi.ts';
import { panelViewType } from '../contributions.ts';
import { DisposableStore } from '../disposables.ts';
import { pageHtml } from './html.ts';
import { RootCausePanel } from './panel.ts';
import type { PanelServices } from './panelServices.ts';

/** The open panels: one for each set of logs, so that asking again answers in the same place. */
export class Panels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #services: PanelServices;
  readonly #log: Log;
  readonly #dist: vscode.Uri;
  readonly #panels = new Set<RootCausePanel>();
  readonly #disposables = new DisposableStore();

  /** `dist` holds the panel's bundle. */
  constructor(services: PanelServices, log: Log, dist: vscode.Uri) {
    this.#services = services;
    this.#log = log;
    this.#dist = dist;
    this.#disposables.add(vscode.window.registerWebviewPanelSerializer(panelViewType, this));
  }

  /** Explains logs in their panel; a `question` about them is asked as soon as the report is there. */
  show(subject: PanelSubject, question: string | null = null): void {
    const open = [...this.#panels].find((panel) => sameLogs(panel.subject, subject));
    if (open !== undefined) {
      void open.ask(subject, question);
      return;
    }
    const webviewPanel = vscode.window.createWebviewPanel(
      panelViewType,
      'Root cause',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      this.#options(),
    );
    void this.#adopt(webviewPanel, subject).ask(subject, question);
  }

  /** The page keeps its own state and hands it over when it is ready. */
  deserializeWebviewPanel(webviewPanel: vscode.WebviewPanel): Promise<void> {
    webviewPanel.webview.options = this.#options();
    this.#adopt(webviewPanel, null);
    return Promise.resolve();
  }

  dispose(): void {
    for (const panel of [...this.#panels]) panel.dispose();
    this.#disposables.dispose();
  }

  #adopt(webviewPanel: vscode.WebviewPanel, subject: PanelSubject | null): RootCausePanel {
    const panel = new RootCausePanel({
      panel: webviewPanel,
      services: this.#services,
      log: this.#log,
      subject,
      onClosed: (closed) => this.#panels.delete(closed),
    });
    this.#panels.add(panel);
    const { webview } = webviewPanel;
    const address = (file: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.#dist, file)).toString();
    webview.html = pageHtml({
      title: 'Root cause',
      cspSource: webview.cspSource,
      script: address('panel.js'),
      style: address('panel.css'),
      nonce: randomBytes(16).toString('base64url'),
    });
    return panel;
  }

  #options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [this.#dist] };
  }
}

function sameLogs(a: PanelSubject, b: PanelSubject): boolean {
  const uris = (subject: PanelSubject): string =>
    subject.logs
      .map(({ uri }) => uri)
      .sort()
      .join('\n');
  return uris(a) === uris(b);
}
