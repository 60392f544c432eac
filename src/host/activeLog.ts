import * as vscode from 'vscode';
import type { AnalysisService } from './analysisService.ts';
import { contextKeys } from './contributions.ts';
import { DisposableStore } from './disposables.ts';
import { isLogDocument, unreadLog } from './logDocuments.ts';
import type { UnreadLog } from './logDocuments.ts';
import { logKey } from './openLog.ts';
import { meetsFloor } from './settings.ts';
import type { SettingsWatcher } from './settingsWatcher.ts';
import { shownIn } from './shownLog.ts';
import type { ShownLog } from './shownLog.ts';
import { LogView } from './viewer/logView.ts';
import type { LogViews } from './viewer/logViews.ts';

/**
 * The log that commands speak of: the active editor's or viewer's, or the one last used while it is still visible,
 * since the panel takes the focus away from it. Keeps the context keys for `when` clauses.
 */
export class ActiveLog implements vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #settings: SettingsWatcher;
  readonly #disposables = new DisposableStore();
  readonly #changed = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #keys = new Map<string, boolean>();
  readonly #views: LogViews;
  #last: vscode.TextEditor | LogView | undefined;
  #unread: UnreadLog | null = null;

  constructor(analyses: AnalysisService, settings: SettingsWatcher, views: LogViews) {
    this.#analyses = analyses;
    this.#settings = settings;
    this.#views = views;
    const { window } = vscode;
    const update = (): void => {
      this.#update();
    };
    this.#disposables.add(window.onDidChangeActiveTextEditor(update));
    this.#disposables.add(window.onDidChangeVisibleTextEditors(update));
    this.#disposables.add(window.tabGroups.onDidChangeTabs(update));
    this.#disposables.add(views.onDidChange(update));
    this.#disposables.add(vscode.workspace.onDidOpenTextDocument(update));
    this.#disposables.add(
      settings.onDidChange(() => {
        this.#setKeys();
      }),
    );
    this.#disposables.add(
      analyses.onDidChange((log) => {
        if (this.shown !== undefined && logKey(log) === logKey(this.shown.log)) this.#setKeys();
      }),
    );
    update();
  }

  get shown(): ShownLog | undefined {
    return this.#last === undefined || isView(this.#last) ? this.#last : shownIn(this.#last);
  }

  /** The log of the active tab, where only the viewer can read it. */
  get unread(): UnreadLog | null {
    return this.#unread;
  }

  /** A visible log by its key. */
  find(key: string): ShownLog | undefined {
    const view = this.#views.visible.find(({ log }) => logKey(log) === key);
    if (view !== undefined) return view;
    const editor = vscode.window.visibleTextEditors.find(
      ({ document }) => logKey(document) === key && isLogDocument(document),
    );
    return editor && shownIn(editor);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #update(): void {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const last = this.#last;
    const stillVisible =
      last !== undefined &&
      (isView(last) ? this.#views.visible.includes(last) : visibleTextEditors.includes(last));
    const next =
      this.#views.active ??
      (activeTextEditor !== undefined && isLogDocument(activeTextEditor.document)
        ? activeTextEditor
        : stillVisible
          ? last
          : undefined);
    this.#last = next;
    this.#setKeys();
    this.#changed.fire();
  }

  #setKeys(): void {
    const active = vscode.window.activeTextEditor;
    const isLog = active !== undefined && isLogDocument(active.document);
    const marks = isLog ? this.#analyses.stateOf(active.document)?.shown?.marks.marks : undefined;
    const { minimumSeverity } = this.#settings.current;
    const hasFindings =
      marks?.some(({ severity }) => meetsFloor(severity, minimumSeverity)) ?? false;
    this.#setKey(contextKeys.isLog, isLog);
    this.#setKey(contextKeys.hasFindings, hasFindings);
    this.#unread = unreadLog();
    this.#setKey(contextKeys.isOversized, this.#unread !== null);
  }

  /** Told to the editor only when it changed: analyses report often. */
  #setKey(key: string, value: boolean): void {
    if (this.#keys.get(key) === value) return;
    this.#keys.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}

function isView(shown: vscode.TextEditor | LogView): shown is LogView {
  return shown instanceof LogView;
}
