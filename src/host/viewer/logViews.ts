import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ReaderEvents } from '../../protocol/readerApi.ts';
import { toFailure } from '../../protocol/rpc.ts';
import { viewerViewType } from '../contributions.ts';
import { DisposableStore } from '../disposables.ts';
import { logKey } from '../openLog.ts';
import { wholePageHtml } from '../panel/html.ts';
import { LogView } from './logView.ts';
import type { ViewServices } from './logView.ts';
import type { Spool } from './spool.ts';
import { ViewerDocument } from './viewerDocument.ts';

/** The open views of the log viewer, and what the editor calls to make one. */
export class LogViews
  implements vscode.CustomReadonlyEditorProvider<ViewerDocument>, vscode.Disposable
{
  readonly #services: ViewServices;
  readonly #spool: Spool;
  readonly #dist: string;
  readonly #views = new Map<string, LogView>();
  readonly #disposables = new DisposableStore();
  readonly #changed = this.#disposables.add(new vscode.EventEmitter<void>());
  #lastId = 0;

  /** Fires when another view is active or visible, and when the selection in one changed. */
  readonly onDidChange = this.#changed.event;

  /** `dist` is the folder with the page's bundle. */
  constructor(services: ViewServices, spool: Spool, dist: string) {
    this.#services = services;
    this.#spool = spool;
    this.#dist = dist;
    this.#disposables.add(
      vscode.window.registerCustomEditorProvider(viewerViewType, this, {
        supportsMultipleEditorsPerDocument: true,
      }),
    );
  }

  get active(): LogView | undefined {
    return [...this.#views.values()].find(({ active }) => active);
  }

  get visible(): readonly LogView[] {
    return [...this.#views.values()].filter(({ visible }) => visible);
  }

  /** Shows a line of a log, 0-based: in a joined view that is visible and holds it, else in a view of its own. */
  async show(uri: vscode.Uri, line: number, column: vscode.ViewColumn): Promise<void> {
    const address = uri.toString();
    for (const view of this.visible) if (await view.showMember(uri, line)) return;
    const open = [...this.#views.values()].filter((view) => view.log.uri.toString() === address);
    const shown = open.find(({ visible }) => visible)?.viewColumn;
    await vscode.commands.executeCommand('vscode.openWith', uri, viewerViewType, shown ?? column);
    const view = [...this.#views.values()].findLast(
      (one) => one.visible && one.log.uri.toString() === address,
    );
    view?.reveal(line);
  }

  openCustomDocument(uri: vscode.Uri): ViewerDocument {
    // While the editor makes a place for the view.
    this.#services.reader.warmUp();
    const document = new ViewerDocument({
      uri,
      spool: this.#spool,
      id: ++this.#lastId,
      onClosed: () => {
        for (const letGo of kept) letGo();
      },
    });
    const kept = document.members.map((log) => this.#services.analyses.keep(logKey(log)));
    return document;
  }

  /** @throws where the page's bundle cannot be read */
  async resolveCustomEditor(document: ViewerDocument, panel: vscode.WebviewPanel): Promise<void> {
    const read = (file: string): Promise<string> => readFile(join(this.#dist, file), 'utf8');
    const [script, style] = await Promise.all([read('viewer.js'), read('viewer.css')]);
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [] };
    // Before anything else of ours: the editor brings up the page meanwhile.
    webview.html = wholePageHtml({
      title: 'Log',
      script,
      style,
      nonce: randomBytes(16).toString('base64url'),
    });
    // A reader who opens a log asks for it once more, whatever happened to the thread before.
    this.#services.reader.revive();
    const view = new LogView({
      id: `view-${++this.#lastId}`,
      document,
      panel,
      services: this.#services,
      onChanged: () => {
        this.#changed.fire();
      },
      onClosed: ({ id }) => {
        this.#views.delete(id);
        this.#changed.fire();
      },
    });
    this.#views.set(view.id, view);
    this.#changed.fire();
  }

  /** Takes over other formats of the reader's: what is shown is read by them. */
  async useFormats(formats: readonly unknown[]): Promise<void> {
    const { reader, log } = this.#services;
    if (!reader.running) return;
    try {
      await reader.request('configure', { formats });
      for (const view of this.#views.values()) void view.open();
    } catch (error) {
      log.warn(`Formats: ${toFailure(error).message}`);
    }
  }

  /** After the reading thread has started again: it knows no view any more. */
  readerRestarted(): void {
    const note =
      'The thread that reads logs stopped. It was started again, and the log opened anew.';
    for (const view of this.#views.values()) void view.open([note]);
  }

  indexed(event: ReaderEvents['indexed']): void {
    this.#views.get(event.view)?.indexed(event);
  }

  found(event: ReaderEvents['found']): void {
    this.#views.get(event.view)?.found(event);
  }

  fileChanged(event: ReaderEvents['changed']): void {
    this.#views.get(event.view)?.changed(event);
  }

  dispose(): void {
    for (const view of [...this.#views.values()]) view.dispose();
    this.#disposables.dispose();
  }
}
