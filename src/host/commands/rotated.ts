import * as vscode from 'vscode';
import { viewerViewType } from '../contributions.ts';
import { nameOf } from '../logDocuments.ts';
import { rotatedNames, rotatedUri } from '../viewer/rotatedLog.ts';
import type { CommandHandler } from './services.ts';

/** Opens a log and its older files as one: the file that a menu passes, or that of the active tab. */
export const openRotated: CommandHandler = async (_services, argument) => {
  const uri = argument instanceof vscode.Uri ? argument : uriOfActiveTab();
  if (uri?.scheme !== 'file') {
    void vscode.window.showInformationMessage('Open a log that lies on this disk first.');
    return;
  }
  const names = await rotatedNames(uri);
  const newest = names.at(-1);
  if (names.length < 2 || newest === undefined) {
    void vscode.window.showInformationMessage(
      `${nameOf(uri)} has no other parts beside it, such as ${nameOf(uri)}.1 or ${nameOf(uri)}.2.gz.`,
    );
    return;
  }
  const whole = rotatedUri(vscode.Uri.joinPath(uri, '..', newest));
  await vscode.commands.executeCommand('vscode.openWith', whole, viewerViewType);
};

function uriOfActiveTab(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom
    ? input.uri
    : undefined;
}
