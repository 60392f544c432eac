import * as vscode from 'vscode';

/** Most logs that one report is about; each is read whole. */
export const mostLogs = 60;

/** Names that logs have, compressed ones too. */
const logNames = '**/*.{log,log.[0-9]*,log-[0-9]*,log_[0-9]*,log.gz,log.zst,log.bz2,log.xz}';

const elsewhere = '**/{node_modules,.git}/**';

/** The logs below a folder, or of all folders of the workspace, by name; at most `mostLogs` and one more. */
export async function logsBelow(folder: vscode.Uri | null): Promise<readonly vscode.Uri[]> {
  const pattern = folder === null ? logNames : new vscode.RelativePattern(folder, logNames);
  const found = await vscode.workspace.findFiles(pattern, elsewhere, mostLogs + 1);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.Directory) !== 0;
  } catch {
    return false;
  }
}
