import * as vscode from 'vscode';
import type { LineMark } from '../../protocol/workerApi.ts';
import { placeOf } from '../commandLinks.ts';
import { commandIds, logLanguage } from '../contributions.ts';
import { unreadLog, unreadWords } from '../logDocuments.ts';
import { meetsFloor } from '../settings.ts';
import type { ShownLog } from '../shownLog.ts';
import type { Services } from './services.ts';

/** The log that a command is about, and the 0-based line in it. */
export interface Target {
  readonly shown: ShownLog;
  readonly line: number;
}

/**
 * The place that a link names, else the cursor of the active log. Where there is none the reader is told
 * why and what to do, and the result is null.
 */
export async function targetOf(services: Services, argument: unknown): Promise<Target | null> {
  const place = placeOf(argument);
  if (place !== null) {
    const shown = services.active.find(place.uri);
    if (shown !== undefined) return { shown, line: place.line };
  }
  const { shown } = services.active;
  if (shown === undefined) {
    await explainNoLog();
    return null;
  }
  if (!services.settings.current.enable) {
    await offer('Faultline is off.', 'Switch On', () => services.settings.toggle());
    return null;
  }
  return { shown, line: shown.line };
}

/** Shown findings of a log, in the order of its lines. Waits for the first ones. */
export async function findingsOf(
  services: Services,
  { shown: { log } }: Target,
): Promise<readonly LineMark[]> {
  const { analyses, settings } = services;
  if (analyses.stateOf(log)?.shown === null) {
    await analyses.settled(log, new AbortController().signal);
  }
  const marks = analyses.stateOf(log)?.shown?.marks.marks ?? [];
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
export function sayQuiet(services: Services, { shown }: Target): void {
  const state = services.analyses.stateOf(shown.log);
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
  const unread = unreadLog();
  if (unread !== null) {
    await offer(unreadWords(unread), 'Open in Log Viewer', () =>
      vscode.commands.executeCommand(commandIds.openInViewer, unread.uri),
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
