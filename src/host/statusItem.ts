import * as vscode from 'vscode';
import type { ActiveLog } from './activeLog.ts';
import type { AnalysisService } from './analysisService.ts';
import { logLanguage } from './contributions.ts';
import { DisposableStore } from './disposables.ts';
import type { SettingsWatcher } from './settingsWatcher.ts';
import type { StatusText } from './statusText.ts';
import { engineStatus, findingsStatus } from './statusText.ts';

const severities = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
} as const;

/**
 * The language status of logs: what was found, by whom, where, how far an analysis is. The status bar
 * repeats its first line, since the editor folds language status away until somebody pins it.
 */
export class StatusItem implements vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #settings: SettingsWatcher;
  readonly #active: ActiveLog;
  readonly #disposables = new DisposableStore();
  readonly #findings = this.#disposables.add(createItem('faultline.findings', 'Faultline'));
  readonly #engine = this.#disposables.add(createItem('faultline.engine', 'Faultline Engine'));
  readonly #bar = this.#disposables.add(
    vscode.window.createStatusBarItem('faultline.status', vscode.StatusBarAlignment.Right, 100),
  );

  constructor(analyses: AnalysisService, settings: SettingsWatcher, active: ActiveLog) {
    this.#analyses = analyses;
    this.#settings = settings;
    this.#active = active;
    const show = (): void => {
      this.#show();
    };
    this.#bar.name = 'Faultline';
    this.#disposables.add(analyses.onDidChange(show));
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
    const findings = findingsStatus(state, enable, minimumSeverity, vscode.env.language);
    const engine = engineStatus(state);
    fill(this.#findings, findings);
    fill(this.#engine, engine);
    this.#bar.text = findings.text;
    this.#bar.tooltip = `Faultline: ${findings.detail}. ${findings.command.title}.\n${plain(engine.text)}; ${engine.detail}`;
    this.#bar.command = findings.command.id;
    this.#bar.accessibilityInformation = { label: labelOf(findings) };
    if (document === undefined) this.#bar.hide();
    else this.#bar.show();
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
  item.accessibilityInformation = { label: labelOf(status) };
}

function labelOf({ text, detail }: StatusText): string {
  return `Faultline: ${plain(text)}, ${detail}`;
}

/** The text without its icons. */
function plain(text: string): string {
  return text.replace(/\$\([^)]*\) ?/g, '');
}
