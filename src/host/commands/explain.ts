import * as vscode from 'vscode';
import { isFolder, logsBelow, mostLogs } from '../logFiles.ts';
import { isLogDocument, nameOf } from '../logDocuments.ts';
import type { OpenLog } from '../openLog.ts';
import { panelLog, subjectAt } from '../panelLog.ts';
import type { ShownLog } from '../shownLog.ts';
import type { CommandHandler, Services } from './services.ts';
import { findingAt, findingsOf, targetOf } from './target.ts';

/**
 * Explains the logs and folders selected in the explorer; otherwise the logs that the active view shows
 * as one, or the active log together with the other logs of its folder that are open.
 */
export const explainRootCause: CommandHandler = async (services, argument, selection) => {
  const selected = selectedFiles(argument, selection);
  if (selected.length > 0) {
    await explainFiles(services, await withLogsOfFolders(selected));
    return;
  }
  const target = await targetOf(services, argument);
  if (target === null) return;
  services.panels.show({ logs: logsBeside(target.shown).map(panelLog), line: null });
};

/** Explains every log of every folder of the workspace together. */
export const explainWorkspace: CommandHandler = async (services) => {
  await explainFiles(services, await logsBelow(null));
};

/**
 * Asks the reader what they want to know of the active log; needs no finding. The answer is the first
 * one below the report.
 */
export const askAboutLog: CommandHandler = async (services, argument) => {
  const target = await targetOf(services, argument);
  if (target === null) return;
  const { log } = target.shown;
  const question = await vscode.window.showInputBox({
    title: `Ask about ${nameOf(log.uri)}`,
    placeHolder: 'Why did the instance fail to start?',
    ignoreFocusOut: true,
  });
  if (question === undefined || question.trim() === '') return;
  services.panels.show(
    { logs: logsBeside(target.shown).map(panelLog), line: null },
    question.trim(),
  );
};

/** Explains the finding at the cursor, or says that there is none and explains the whole log. */
export const explainFinding: CommandHandler = async (services, argument) => {
  const target = await targetOf(services, argument);
  if (target === null) return;
  const logs = logsBeside(target.shown);
  const finding = findingAt(await findingsOf(services, target), target.line);
  if (finding !== null) {
    services.panels.show(subjectAt(await target.shown.origin(finding.line), logs));
    return;
  }
  const whole = 'Explain the Log';
  const chosen = await vscode.window.showInformationMessage(
    'There is no finding at this line.',
    whole,
  );
  if (chosen === whole) services.panels.show({ logs: logs.map(panelLog), line: null });
};

/**
 * The log first, then logs of the same folder that have a tab: services of one system log side by side.
 * Of several logs that are shown as one, these: the reader chose them.
 */
function logsBeside({ log, members }: ShownLog): readonly OpenLog[] {
  if (members.length > 1) return members;
  const folder = folderOf(log.uri);
  const tabs = new Set(
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .map(({ input }) => (input instanceof vscode.TabInputText ? input.uri.toString() : '')),
  );
  const others = vscode.workspace.textDocuments
    .filter(
      (other) =>
        other.uri.toString() !== log.uri.toString() &&
        log.uri.scheme !== 'untitled' &&
        isLogDocument(other) &&
        tabs.has(other.uri.toString()) &&
        folderOf(other.uri) === folder,
    )
    .sort((a, b) => (a.uri.path < b.uri.path ? -1 : 1));
  return [log, ...others];
}

/** Files that the explorer passes; a title or context menu of an editor passes the active one alone. */
export function selectedFiles(argument: unknown, selection: unknown): readonly vscode.Uri[] {
  if (!(argument instanceof vscode.Uri)) return [];
  const files = Array.isArray(selection)
    ? selection.filter((item: unknown): item is vscode.Uri => item instanceof vscode.Uri)
    : [];
  const isActive = vscode.window.activeTextEditor?.document.uri.toString() === argument.toString();
  if (files.length > 1) return files;
  return isActive ? [] : [argument];
}

function folderOf(uri: vscode.Uri): string {
  return vscode.Uri.joinPath(uri, '..').toString();
}

async function explainFiles(services: Services, files: readonly vscode.Uri[]): Promise<void> {
  if (files.length === 0) {
    await vscode.window.showInformationMessage(
      'There are no logs here: files named *.log, or *.log.1 and the like.',
    );
    return;
  }
  const opened = await openLogs(services, files.slice(0, mostLogs));
  const readable = opened.flatMap(({ log }) => log ?? []);
  const leftOut = opened.filter(({ log }) => log === null).map(({ uri }) => nameOf(uri));
  if (readable.length === 0) {
    void vscode.window.showWarningMessage(`These could not be read: ${leftOut.join(', ')}.`);
    return;
  }
  const notes = [
    ...(files.length > mostLogs
      ? [`The report is about the first ${mostLogs} logs by name. Select others in the explorer.`]
      : []),
    ...(leftOut.length > 0 ? [`Left out, as they could not be read: ${leftOut.join(', ')}.`] : []),
  ];
  if (notes.length > 0) void vscode.window.showInformationMessage(notes.join(' '));
  services.panels.show({ logs: readable.map(panelLog), line: null });
}

/** One log that cannot be read keeps no other from being explained. */
async function openLogs(
  { explain }: Services,
  files: readonly vscode.Uri[],
): Promise<readonly { readonly uri: vscode.Uri; readonly log: OpenLog | null }[]> {
  const opened = await Promise.allSettled(files.map((uri) => explain.open(uri.toString())));
  return files.map((uri, index) => {
    const outcome = opened[index];
    return { uri, log: outcome?.status === 'fulfilled' ? outcome.value : null };
  });
}

/** Files as they are, folders as the logs below them; each once. */
export async function withLogsOfFolders(
  selected: readonly vscode.Uri[],
): Promise<readonly vscode.Uri[]> {
  const found = await Promise.all(
    selected.map(async (uri) => ((await isFolder(uri)) ? logsBelow(uri) : [uri])),
  );
  return [...new Map(found.flat().map((uri) => [uri.toString(), uri])).values()];
}
