import * as vscode from 'vscode';
import type { AnalysisService } from './analysisService.ts';
import { contextKeys } from './contributions.ts';
import { DisposableStore } from './disposables.ts';
import { isLogDocument } from './logDocuments.ts';
import { meetsFloor } from './settings.ts';
import type { SettingsWatcher } from './settingsWatcher.ts';

/**
 * The log that commands speak of: the active editor's, or the one last used while it is still visible,
 * since the panel takes the focus away from it. Keeps the context keys for `when` clauses.
 */
export class ActiveLog implements vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #settings: SettingsWatcher;
  readonly #disposables = new DisposableStore();
  readonly #changed = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #keys = new Map<string, boolean>();
  #last: vscode.TextEditor | undefined;

  constructor(analyses: AnalysisService, settings: SettingsWatcher) {
    this.#analyses = analyses;
    this.#settings = settings;
    const { window } = vscode;
    const update = (): void => {
      this.#update();
    };
    this.#disposables.add(window.onDidChangeActiveTextEditor(update));
    this.#disposables.add(window.onDidChangeVisibleTextEditors(update));
    this.#disposables.add(vscode.workspace.onDidOpenTextDocument(update));
    this.#disposables.add(
      settings.onDidChange(() => {
        this.#setKeys();
      }),
    );
    this.#disposables.add(
      analyses.onDidChange((document) => {
        if (document === this.#last?.document) this.#setKeys();
      }),
    );
    update();
  }

  get editor(): vscode.TextEditor | undefined {
    return this.#last;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #update(): void {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const stillVisible =
      this.#last !== undefined && visibleTextEditors.includes(this.#last) ? this.#last : undefined;
    const next =
      activeTextEditor !== undefined && isLogDocument(activeTextEditor.document)
        ? activeTextEditor
        : stillVisible;
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
  }

  /** Told to the editor only when it changed: analyses report often. */
  #setKey(key: string, value: boolean): void {
    if (this.#keys.get(key) === value) return;
    this.#keys.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
