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

/** True for what is named like an archive: the editor takes it for binary. */
export function isPacked({ path }: vscode.Uri): boolean {
  return /\.(gz|zst|bz2|xz)$/i.test(path);
}

/** A log that has a tab of its own, but no text that extensions could read. */
export interface UnreadLog {
  readonly uri: vscode.Uri;
  readonly why: 'large' | 'packed';
}

/** The log of the active tab, where the editor hands it to no extension; only the viewer can read it. */
export function unreadLog(): UnreadLog | null {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputText)) return null;
  const { uri } = input;
  const address = uri.toString();
  if (vscode.workspace.textDocuments.some((document) => document.uri.toString() === address)) {
    return null;
  }
  if (isPacked(uri)) return { uri, why: 'packed' };
  return /\.(log|txt|out|jsonl)([.-]\d+)?$/i.test(uri.path) ? { uri, why: 'large' } : null;
}

/** Why there is nothing to mark in such a log, and what reads it. */
export function unreadWords({ why }: UnreadLog): string {
  return why === 'packed'
    ? 'An archive is no text to VS Code. The log viewer unpacks and marks it.'
    : `VS Code gives extensions no text of files over ${documentLimit}. The log viewer reads and marks any size.`;
}
