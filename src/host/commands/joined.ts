import { relative } from 'node:path';
import * as vscode from 'vscode';
import type { Joining } from '../../protocol/readerApi.ts';
import { viewerViewType } from '../contributions.ts';
import { logsBelow } from '../logFiles.ts';
import { isLogDocument, nameOf } from '../logDocuments.ts';
import { joinedUri } from '../viewer/openJoined.ts';
import { selectedFiles, withLogsOfFolders } from './explain.ts';
import type { CommandHandler } from './services.ts';

/** Opens the logs selected in the explorer, or those that the reader chooses, as one in the order of time. */
export const openMerged: CommandHandler = (_services, argument, selection) =>
  openAs('merged', argument, selection);

/** The same, one behind the other. */
export const openConcatenated: CommandHandler = (_services, argument, selection) =>
  openAs('concatenated', argument, selection);

async function openAs(joining: Joining, argument: unknown, selection: unknown): Promise<void> {
  const selected = await withLogsOfFolders(selectedFiles(argument, selection));
  const chosen = selected.length > 1 ? selected : await choose(selected);
  const logs = chosen.filter(({ scheme }) => scheme === 'file');
  if (logs.length < 2) {
    if (chosen.length > 0) {
      void vscode.window.showInformationMessage('Choose at least two logs that lie on this disk.');
    }
    return;
  }
  await vscode.commands.executeCommand('vscode.openWith', joinedUri(logs, joining), viewerViewType);
}

async function choose(picked: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const items = (await knownLogs()).map((uri) => ({
    label: nameOf(uri),
    description: folderOf(uri),
    picked: picked.some((one) => one.toString() === uri.toString()),
    uri,
  }));
  if (items.length < 2) {
    void vscode.window.showInformationMessage(
      'There are fewer than two logs here: open some, or select them in the explorer.',
    );
    return [];
  }
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Logs to Open as One',
    canPickMany: true,
    matchOnDescription: true,
  });
  return chosen?.map(({ uri }) => uri) ?? [];
}

/** Files of the open tabs, and the logs of the workspace; each once. */
export async function knownLogs(): Promise<readonly vscode.Uri[]> {
  const open = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) =>
      (input instanceof vscode.TabInputText && isOpenLog(input.uri)) ||
      (input instanceof vscode.TabInputCustom && input.viewType === viewerViewType)
        ? [input.uri]
        : [],
    );
  const all = [...open, ...(await logsBelow(null))].filter(({ scheme }) => scheme === 'file');
  return [...new Map(all.map((uri) => [uri.toString(), uri])).values()];
}

function isOpenLog(uri: vscode.Uri): boolean {
  const address = uri.toString();
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === address);
  return document !== undefined && isLogDocument(document);
}

function folderOf(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder === undefined ? uri.fsPath : relative(folder.uri.fsPath, uri.fsPath);
}
