import * as vscode from 'vscode';
import type { Log } from '../engine/base/log.ts';
import { type HoverParts, hoverMarkdown } from '../engine/present/hoverParts.ts';
import { toFailure } from '../protocol/rpc.ts';
import { signalOf } from './abortSignals.ts';
import type { AnalysisService } from './analysisService.ts';
import { type LogPlace, commandUri } from './commandLinks.ts';
import { commandIds, logLanguage } from './contributions.ts';
import { isLogDocument } from './logDocuments.ts';
import { meetsFloor } from './settings.ts';
import type { SettingsWatcher } from './settingsWatcher.ts';

/** The commands that a hover may run; nothing in a log can add to them. */
const trusted = [
  commandIds.explainFinding,
  commandIds.nextOfKind,
  commandIds.markNormal,
  commandIds.saveIncident,
] as const;

/** Says why a line was marked. Its text is made when it is asked for, never kept in decorations. */
export class Hovers implements vscode.HoverProvider, vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #settings: SettingsWatcher;
  readonly #log: Log;
  readonly #registration: vscode.Disposable;

  constructor(analyses: AnalysisService, settings: SettingsWatcher, log: Log) {
    this.#analyses = analyses;
    this.#settings = settings;
    this.#log = log;
    this.#registration = vscode.languages.registerHoverProvider({ language: logLanguage }, this);
  }

  async provideHover(
    document: vscode.TextDocument,
    { line }: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | null> {
    if (!isLogDocument(document) || !this.#isMarked(document, line)) return null;
    try {
      const content = await this.#analyses.ask(document, 'hover', { line }, signalOf(token));
      if (content === null) return null;
      return new vscode.Hover(
        this.#markdown(content.parts, { uri: document.uri.toString(), line }),
        document.lineAt(line).range,
      );
    } catch (error) {
      const failure = toFailure(error);
      if (failure.reason === 'aborted') return null;
      this.#log.warn(`Hover: ${failure.message}`);
      return new vscode.Hover(
        new vscode.MarkdownString().appendText(`${failure.message} ${failure.advice}`),
      );
    }
  }

  dispose(): void {
    this.#registration.dispose();
  }

  /** Answered here, so that hovering over plain lines never asks the engine. */
  #isMarked(document: vscode.TextDocument, line: number): boolean {
    const shown = this.#analyses.stateOf(document)?.shown;
    if (!shown || shown.stale) return false;
    const { minimumSeverity } = this.#settings.current;
    return shown.marks.marks.some(
      (mark) =>
        meetsFloor(mark.severity, minimumSeverity) &&
        ((line >= mark.line && line <= mark.endLine) || mark.repeats.includes(line)),
    );
  }

  #markdown(parts: HoverParts, place: LogPlace): vscode.MarkdownString {
    const markdown = new vscode.MarkdownString(
      hoverMarkdown(parts, [
        { title: 'Explain', target: commandUri(commandIds.explainFinding, place) },
        { title: 'Next of this kind', target: commandUri(commandIds.nextOfKind, place) },
        { title: 'This is normal', target: commandUri(commandIds.markNormal, place) },
        { title: 'Save as incident', target: commandUri(commandIds.saveIncident, place) },
      ]),
    );
    markdown.isTrusted = { enabledCommands: trusted };
    return markdown;
  }
}
