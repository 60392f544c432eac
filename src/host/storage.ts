import * as vscode from 'vscode';
import type { WorkerOptions, WorkerSetup } from '../protocol/workerApi.ts';

/**
 * Where the engine keeps things. Incidents belong to the workspace; without a folder they belong to the
 * user. A storage that is not a local folder (a web workspace) falls back to the user's as well.
 */
export function workerSetup(
  context: vscode.ExtensionContext,
  spoolDir: string,
  options: WorkerOptions,
): WorkerSetup {
  const { storageUri, globalStorageUri, extensionUri } = context;
  const incidents =
    storageUri?.scheme === 'file' && vscode.workspace.workspaceFolders !== undefined
      ? vscode.Uri.joinPath(storageUri, 'incidents')
      : vscode.Uri.joinPath(globalStorageUri, 'incidents', 'no-folder');
  return {
    modelDir: vscode.Uri.joinPath(extensionUri, 'models').fsPath,
    cacheDir: vscode.Uri.joinPath(globalStorageUri, 'vectors').fsPath,
    incidentDir: incidents.fsPath,
    spoolDir,
    options,
  };
}
