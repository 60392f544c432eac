import * as vscode from 'vscode';
import type { LineMark } from '../../protocol/workerApi.ts';
import { placeOf } from '../commandLinks.ts';
import { logLanguage } from '../contributions.ts';
import { activeTabIsOversizedLog, documentLimit, isLogDocument } from '../logDocuments.ts';
import { meetsFloor } from '../settings.ts';
import type { Services } from './services.ts';

/** The log that a command is about, and the 0-based line in it. */
export interface Target {
  readonly editor: vscode.TextEditor;
  readonly line: number;
}

/**
 * The place that a link names, else the cursor of the active log. Where there is none the reader is told
 * why and what to do, and the result is null.
 */
export async function targetOf(services: Services, argument: unknown): Promise<Target | null> {
  const place = placeOf(argument);
  if (place !== null) {
    const editor = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === place.uri && isLogDocument(document),
    );
    if (editor !== undefined) return { editor, line: place.line };
  }
  const { editor } = services.active;
  if (editor === undefined) {
    await explainNoLog();
    return null;
  }
  if (!services.settings.current.enable) {
    await offer('Faultline is off.', 'Switch On', () => services.settings.toggle());
    return null;
  }
  return { editor, line: editor.selection.active.line };
}

/** Shown findings of a log, in the order of its lines. Waits for the first ones. */
export async function findingsOf(
  services: Services,
  { editor }: Target,
): Promise<readonly LineMark[]> {
  const { document } = editor;
  const { analyses, settings } = services;
  if (analyses.stateOf(document)?.shown === null) {
    await analyses.settled(document, new AbortController().signal);
  }
  const marks = analyses.stateOf(document)?.shown?.marks.marks ?? [];
  const { minimumSeverity } = settings.current;
  return marks
    .filter(({ severity }) => meetsFloor(severity, minimumSeverity))
    .sort((a, b) => a.line - b.line || a.rank - b.rank);
}

/** The strongest shown finding that covers a line; null where there is none. */
export function findingAt(findings: readonly LineMark[], line: number): LineMark | null {
  const here = findings.filter(
    (mark) => (line >= mark.line && line <= mark.endLine) || mark.repeats.includes(line),
  );
  return here.reduce<LineMark | null>(
    (best, mark) => (best === null || mark.rank < best.rank ? mark : best),
    null,
  );
}

/** Says why nothing was found, in place of silence. */
export function sayQuiet(services: Services, { editor }: Target): void {
  const state = services.analyses.stateOf(editor.document);
  if (state?.kind === 'failed') {
    void vscode.window.showWarningMessage(`${state.failure.message} ${state.failure.advice}`);
    return;
  }
  const lines = (state?.shown?.marks.lines ?? 0).toLocaleString(vscode.env.language);
  const floor = services.settings.current.minimumSeverity;
  const hint = floor === 'low' ? '' : ` Findings below "${floor}" are not shown.`;
  void vscode.window.showInformationMessage(`Quiet: ${lines} lines read, no findings.${hint}`);
}

async function explainNoLog(): Promise<void> {
  if (activeTabIsOversizedLog()) {
    void vscode.window.showInformationMessage(
      `VS Code gives extensions no text of files over ${documentLimit}. Read it in a terminal: faultline scan FILE.`,
    );
    return;
  }
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    void vscode.window.showInformationMessage(
      'Open a log first: Faultline reads the active editor.',
    );
    return;
  }
  await offer('This document is not a log.', 'Treat as Log', () =>
    vscode.languages.setTextDocumentLanguage(document, logLanguage),
  );
}

async function offer(message: string, action: string, run: () => Thenable<unknown>): Promise<void> {
  const chosen = await vscode.window.showInformationMessage(message, action);
  if (chosen === action) await run();
}
