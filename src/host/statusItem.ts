import * as vscode from 'vscode';
import type { ActiveLog } from './activeLog.ts';
import type { AnalysisService } from './analysisService.ts';
import { commandIds, logLanguage } from './contributions.ts';
import { DisposableStore } from './disposables.ts';
import type { Consents } from './model/consents.ts';
import { unreadWords } from './logDocuments.ts';
import type { UnreadLog } from './logDocuments.ts';
import type { LanguageModels } from './model/languageModels.ts';
import type { SettingsWatcher } from './settingsWatcher.ts';
import type { StatusText } from './statusText.ts';
import { engineStatus, findingsStatus, modelStatus, rulesStatus } from './statusText.ts';
import type { UserRules } from './userRules.ts';

const severities = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
} as const;

export interface StatusSources {
  readonly analyses: AnalysisService;
  readonly settings: SettingsWatcher;
  readonly active: ActiveLog;
  readonly models: LanguageModels;
  readonly consents: Consents;
  readonly rules: UserRules;
}

/**
 * The language status of logs: what was found, by whom, where, who may receive it, how far an analysis is. The status bar
 * repeats its first line, since the editor folds language status away until somebody pins it.
 */
export class StatusItem implements vscode.Disposable {
  readonly #sources: StatusSources;
  readonly #disposables = new DisposableStore();
  readonly #findings = this.#disposables.add(createItem('faultline.findings', 'Faultline'));
  readonly #engine = this.#disposables.add(createItem('faultline.engine', 'Faultline Engine'));
  readonly #model = this.#disposables.add(
    createItem('faultline.model', 'Faultline Language Model'),
  );
  /** Only while something is wrong: the editor lists every item that exists. */
  #rules: vscode.LanguageStatusItem | null = null;
  readonly #bar = this.#disposables.add(
    vscode.window.createStatusBarItem('faultline.status', vscode.StatusBarAlignment.Right, 100),
  );

  constructor(sources: StatusSources) {
    this.#sources = sources;
    const { analyses, settings, active, models, consents, rules } = sources;
    const show = (): void => {
      this.#show();
    };
    this.#bar.name = 'Faultline';
    this.#disposables.add(analyses.onDidChange(show));
    this.#disposables.add(settings.onDidChange(show));
    this.#disposables.add(active.onDidChange(show));
    this.#disposables.add(models.onDidChange(show));
    this.#disposables.add(consents.onDidChange(show));
    this.#disposables.add(rules.onDidChangeProblems(show));
    show();
  }

  dispose(): void {
    this.#rules?.dispose();
    this.#disposables.dispose();
  }

  #show(): void {
    const { active, analyses, settings, models, consents, rules } = this.#sources;
    const log = active.shown?.log;
    const state = log === undefined ? null : analyses.stateOf(log);
    const { enable, minimumSeverity } = settings.current;
    const findings = findingsStatus(state, enable, minimumSeverity, vscode.env.language);
    const engine = engineStatus(state);
    fill(this.#findings, findings);
    const model = modelStatus(models.label, consents.list());
    fill(this.#engine, engine);
    fill(this.#model, model);
    this.#showRules(rulesStatus(rules.problems));
    this.#bar.text = findings.text;
    this.#bar.tooltip = `Faultline: ${findings.detail}. ${findings.command.title}.\n${plain(model.text)}; ${model.detail}.\n${plain(engine.text)}; ${engine.detail}`;
    this.#bar.command = findings.command.id;
    this.#bar.accessibilityInformation = { label: labelOf(findings) };
    if (log !== undefined) this.#bar.show();
    else if (active.unread !== null) this.#offerViewer(active.unread);
    else this.#bar.hide();
  }

  /** Of a log that the editor hands to nobody there is nothing to say but how it can be read. */
  #offerViewer(unread: UnreadLog): void {
    this.#bar.text = '$(list-flat) Open in Log Viewer';
    this.#bar.tooltip = unreadWords(unread);
    this.#bar.command = commandIds.openInViewer;
    this.#bar.accessibilityInformation = { label: 'Faultline: Open in Log Viewer' };
    this.#bar.show();
  }

  #showRules(status: StatusText | null): void {
    if (status === null) {
      this.#rules?.dispose();
      this.#rules = null;
      return;
    }
    this.#rules ??= createItem('faultline.rules', 'Faultline Rules');
    fill(this.#rules, status);
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
