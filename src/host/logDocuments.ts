import * as vscode from 'vscode';
import type { SlicedText } from './textSlices.ts';
import { logLanguage } from './contributions.ts';

/**
 * True for what the reader opens as a log: language `log`, in a file, an untitled document or a file
 * system of some extension. Output channels are of that language too, but among them is our own: reading
 * it would write into it. `git:` holds old versions that are shown beside the file itself.
 */
export function isLogDocument(document: vscode.TextDocument): boolean {
  const { scheme } = document.uri;
  if (document.languageId !== logLanguage || scheme === 'git') return false;
  return (
    scheme === 'file' ||
    scheme === 'untitled' ||
    vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined
  );
}

/** Where a log is; also how evidence names it. */
export function pathOf(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.path;
}

/** What the reader calls a log: `orders.log`. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}

/** The text in pieces, so that the host never holds a copy of all of it. */
export function slicedText(document: vscode.TextDocument): SlicedText {
  return {
    length: textLength(document),
    read: (from, to) =>
      document.getText(new vscode.Range(document.positionAt(from), document.positionAt(to))),
  };
}

/** Length in UTF-16 units, without building the text. */
export function textLength(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}

/** Above this the editor gives extensions no document: 50 MB in VS Code's text model. */
export const documentLimit = '50 MB';
export const documentLimitBytes = 50 * 1024 * 1024;

/** True where the active tab shows a log that the editor does not hand to extensions. */
export function activeTabIsOversizedLog(): boolean {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return (
    input instanceof vscode.TabInputText &&
    /\.(log|txt|out|jsonl)([.-]\d+)?$/i.test(input.uri.path) &&
    !vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === input.uri.toString())
  );
}
