import * as vscode from 'vscode';
import { isFileLog } from '../openLog.ts';
import type { OpenLog } from '../openLog.ts';

/**
 * Shows lines of a log beside the panel: in the group that shows the log already, else in a group
 * without the panel. Lines are 0-based and inclusive; the cursor is put at the first.
 */
export async function openLine(
  document: vscode.TextDocument,
  line: number,
  endLine: number,
  panelColumn: vscode.ViewColumn | undefined,
): Promise<void> {
  const last = document.lineCount - 1;
  const start = new vscode.Position(Math.min(Math.max(line, 0), last), 0);
  const end = document.lineAt(Math.min(Math.max(endLine, start.line), last)).range.end;
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: columnFor(document, panelColumn),
    selection: new vscode.Range(start, start),
  });
  editor.revealRange(
    new vscode.Range(start, end),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}

export function columnFor(
  log: OpenLog,
  panelColumn: vscode.ViewColumn | undefined,
): vscode.ViewColumn {
  const uri = log.uri.toString();
  const { all } = vscode.window.tabGroups;
  const kind = isFileLog(log) ? vscode.TabInputCustom : vscode.TabInputText;
  const showing = all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof kind && input.uri.toString() === uri),
  );
  const other = all.find(({ viewColumn }) => viewColumn !== panelColumn);
  return (showing ?? other)?.viewColumn ?? vscode.ViewColumn.Beside;
}
