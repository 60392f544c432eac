import * as vscode from 'vscode';
import { rotatedSet } from '../../engine/source/rotation.ts';
import { nameOf } from '../logDocuments.ts';
import type { FileLog } from '../openLog.ts';

/** No file has this address: it names a log together with its older files. */
const rotatedScheme = 'faultline-rotated';

/** The address of a log (the file that is written now) with its older files; its name is what the tab shows. */
export function rotatedUri(newest: vscode.Uri): vscode.Uri {
  const { path, fsPath } = newest;
  return vscode.Uri.from({ scheme: rotatedScheme, path: `${path} (all parts)`, query: fsPath });
}

/** The log at an address that the viewer shows. */
export function fileLogAt(uri: vscode.Uri): FileLog {
  return uri.scheme === rotatedScheme
    ? { uri, path: uri.query, rotated: true }
    : { uri, path: uri.fsPath };
}

/** Names of the files that are one log with a file, oldest first. @throws what the editor's file system does */
export async function rotatedNames(file: vscode.Uri): Promise<readonly string[]> {
  const folder = vscode.Uri.joinPath(file, '..');
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const files = entries.filter(([, type]) => (type & vscode.FileType.File) !== 0);
  return rotatedSet(
    nameOf(file),
    files.map(([name]) => name),
  ).names;
}
