import * as vscode from 'vscode';
import type { Joining } from '../../protocol/readerApi.ts';
import { nameOf } from '../logDocuments.ts';

/** Several logs that one viewer shows as one. */
export interface JoinedLogs {
  readonly joining: Joining;
  readonly paths: readonly string[];
}

/** No file has this address: it names the logs themselves, so that a tab outlives its window. */
const joinedScheme = 'faultline-joined';

/** The address of several logs as one; its name is what the tab shows. */
export function joinedUri(logs: readonly vscode.Uri[], joining: Joining): vscode.Uri {
  const [first] = logs;
  const name = first === undefined ? 'logs' : nameOf(first);
  const others = logs.length > 1 ? ` + ${logs.length - 1}` : '';
  const joined: JoinedLogs = { joining, paths: logs.map(({ fsPath }) => fsPath) };
  return vscode.Uri.from({
    scheme: joinedScheme,
    path: `/${name}${others} (${joining})`,
    query: JSON.stringify(joined),
  });
}

/** The logs that an address names; null for that of one log. */
export function joinedLogs(uri: vscode.Uri): JoinedLogs | null {
  if (uri.scheme !== joinedScheme) return null;
  // Written by `joinedUri`, kept by the editor.
  const { joining, paths } = JSON.parse(uri.query) as Partial<JoinedLogs>;
  return { joining: joining === 'merged' ? 'merged' : 'concatenated', paths: paths ?? [] };
}
