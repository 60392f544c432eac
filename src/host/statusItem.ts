import * as vscode from 'vscode';
import type { ActiveLog } from './activeLog.ts';
import type { AnalysisService } from './analysisService.ts';
import { logLanguage } from './contributions.ts';
import { DisposableStore } from './disposables.ts';
import { logPath } from './logDocuments.ts';
import { isSettled } from './logState.ts';
import type { SettingsWatcher } from './settingsWatcher.ts';
import type { StatusText } from './statusText.ts';
import { activityText, engineStatus, findingsStatus } from './statusText.ts';

/** What takes longer than this is shown as progress, in milliseconds. */
const patience = 1_000;

const severities = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
} as const;

/** The language status of logs: what was found, by whom, where; and progress of long analyses. */
export class StatusItem implements vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #settings: SettingsWatcher;
  readonly #active: ActiveLog;
  readonly #disposables = new DisposableStore();
  readonly #findings = this.#disposables.add(createItem('faultline.findings', 'Faultline'));
  readonly #engine = this.#disposables.add(createItem('faultline.engine', 'Faultline Engine'));
  readonly #watched = new Set<vscode.TextDocument>();

  constructor(analyses: AnalysisService, settings: SettingsWatcher, active: ActiveLog) {
    this.#analyses = analyses;
    this.#settings = settings;
    this.#active = active;
    const show = (): void => {
      this.#show();
    };
    this.#disposables.add(
      analyses.onDidChange((document) => {
        show();
        this.#watch(document);
      }),
    );
    this.#disposables.add(settings.onDidChange(show));
    this.#disposables.add(active.onDidChange(show));
    show();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #show(): void {
    const document = this.#active.editor?.document;
    const state = document === undefined ? null : this.#analyses.stateOf(document);
    const { enable, minimumSeverity } = this.#settings.current;
    fill(this.#findings, findingsStatus(state, enable, minimumSeverity, vscode.env.language));
    fill(this.#engine, engineStatus(state));
  }

  /** Shows progress in the status bar once an analysis has taken a second, until it has ended. */
  #watch(document: vscode.TextDocument): void {
    if (this.#watched.has(document) || !this.#isWorking(document)) return;
    this.#watched.add(document);
    setTimeout(() => {
      if (!this.#isWorking(document)) {
        this.#watched.delete(document);
        return;
      }
      void vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: 'Faultline' },
        (progress) => this.#report(document, progress),
      );
    }, patience);
  }

  #report(
    document: vscode.TextDocument,
    progress: vscode.Progress<{ message?: string }>,
  ): Promise<void> {
    const name = logPath(document).split(/[\\/]/).at(-1) ?? '';
    return new Promise((resolve) => {
      const listener = this.#analyses.onDidChange((changed) => {
        if (changed !== document) return;
        const state = this.#analyses.stateOf(document);
        if (state === null || isSettled(state)) {
          listener.dispose();
          this.#watched.delete(document);
          resolve();
        } else if (state.kind === 'working' && state.progress !== null) {
          progress.report({ message: `${name}: ${activityText(state.progress)}` });
        }
      });
    });
  }

  #isWorking(document: vscode.TextDocument): boolean {
    return this.#analyses.stateOf(document)?.kind === 'working';
  }
}

function createItem(id: string, name: string): vscode.LanguageStatusItem {
  const item = vscode.languages.createLanguageStatusItem(id, { language: logLanguage });
  item.name = name;
  return item;
}

function fill(item: vscode.LanguageStatusItem, status: StatusText): void {
  item.text = status.text;
  item.detail = status.detail;
  item.severity = severities[status.severity];
  item.busy = status.busy;
  item.command = { command: status.command.id, title: status.command.title };
  item.accessibilityInformation = {
    label: `Faultline: ${status.text.replace(/\$\([^)]*\) ?/g, '')}, ${status.detail}`,
  };
}
