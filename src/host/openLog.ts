import * as vscode from 'vscode';

/**
 * A log that is read by its path, of any size: the editor holds no document of it. Its lines are those of
 * the file, which end at `\n` only.
 */
export interface FileLog {
  /** What the reader opened; the path may be that of a copy. */
  readonly uri: vscode.Uri;
  readonly path: string;
  /** With the older files of its rotated set, oldest first. */
  readonly rotated?: boolean;
}

/** A log, whatever shows it. Two objects are the same log where their keys are equal. */
export type OpenLog = vscode.TextDocument | FileLog;

/** Tells a log that is read by its path from the document of the same file: their lines may differ. */
const fileLogPrefix = 'faultline-file:';

export function isFileLog(log: OpenLog): log is FileLog {
  return 'path' in log;
}

/** Names a log towards the worker, and in the address of a report's evidence. */
export function logKey(log: OpenLog): string {
  const uri = log.uri.toString();
  return isFileLog(log) ? fileLogPrefix + uri : uri;
}

/** Where a log with this key is, and whether it is read by its path. @throws Error for what is no address */
export function parseLogKey(key: string): { readonly uri: vscode.Uri; readonly byPath: boolean } {
  const byPath = key.startsWith(fileLogPrefix);
  return { uri: vscode.Uri.parse(byPath ? key.slice(fileLogPrefix.length) : key, true), byPath };
}
